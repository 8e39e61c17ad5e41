import { type ImportCounts, type ImportProgress, NO_COUNTS } from '../protocol/index.ts';

/** Progress is told this often, in milliseconds. */
const TELL_MS = 250;
/** The rate is that of the last so many milliseconds: it follows a change, and does not flicker. */
const RATE_WINDOW_MS = 10_000;
/** No rate is told before so long: photos come in batches, and the first pay for warming up. */
const RATE_MIN_MS = 2_000;

/** Counts an import and tells of it, at most a few times a second. */
export class ProgressMeter {
  readonly #tell: (progress: ImportProgress) => void;
  readonly #now: () => number;
  #kept = 0;
  #duplicates = 0;
  #failed = 0;
  #skipped = 0;
  /** Files announced but not staged yet, and files staged and waiting. */
  #unstaged = 0;
  /** Whether files are to be announced that nobody has counted yet. */
  #more = false;
  #queued = 0;
  /** (time, photos done) pairs of the rate's window, oldest first. */
  #marks: { at: number; done: number }[] = [];
  #worked = 0;
  #state: (counts: ImportCounts) => ImportProgress = () => ({ state: 'idle' });
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(tell: (progress: ImportProgress) => void, now = () => performance.now()) {
    this.#tell = tell;
    this.#now = now;
  }

  /** Files that are still to be staged: at least one while more are to be announced. */
  get unstaged(): number {
    return this.#unstaged + Number(this.#more);
  }

  /** `more`: others follow that are not counted yet; without it that stays as it is. */
  announce(files: number, more = this.#more): void {
    this.#unstaged += files;
    this.#more = more;
    this.#soon();
  }

  /** Files were staged; what of them waits, `setQueued` says. */
  staged(part: { files: number; duplicates: number; failed: number; skipped: number }): void {
    this.#unstaged = Math.max(0, this.#unstaged - part.files);
    this.#duplicates += part.duplicates;
    this.#failed += part.failed;
    this.#skipped += part.skipped;
    this.#soon();
  }

  /** Files that will not be staged after all. */
  giveUpUnstaged(): void {
    this.#unstaged = 0;
    this.#more = false;
  }

  /** The number of files that wait, as the store says: other tabs stage too. */
  setQueued(queued: number): void {
    this.#queued = queued;
    this.#soon();
  }

  done(what: 'kept' | 'failed' | 'duplicate' | 'gone'): void {
    if (what === 'kept') this.#kept++;
    else if (what === 'failed') this.#failed++;
    else if (what === 'duplicate') this.#duplicates++;
    this.#queued = Math.max(0, this.#queued - 1);
    this.#worked++;
    const at = this.#now();
    this.#marks.push({ at, done: this.#worked });
    while (this.#marks.length > 2 && at - this.#marks[0]!.at > RATE_WINDOW_MS) this.#marks.shift();
    this.#soon();
  }

  /** Changes the state; told at once if it is another. */
  enter(state: (counts: ImportCounts) => ImportProgress): void {
    const before = nameOf(this.#state);
    const now = nameOf(state);
    this.#state = state;
    if (!now.startsWith('running')) this.#marks = [];
    if (now === before) this.#soon();
    else this.#publish();
  }

  /** Begins a new import's count. */
  reset(): void {
    this.#queued = 0;
    this.#kept = 0;
    this.#duplicates = 0;
    this.#failed = 0;
    this.#skipped = 0;
    this.#worked = 0;
    this.#marks = [];
  }

  tellNow(): void {
    this.#publish();
  }

  counts(): ImportCounts {
    const done = this.#kept + this.#duplicates + this.#failed + this.#skipped;
    const left = this.#queued + this.#unstaged;
    const first = this.#marks[0];
    const last = this.#marks.at(-1);
    let rate: number | null = null;
    if (first && last && last.at - first.at >= RATE_MIN_MS) {
      rate = ((last.done - first.done) / (last.at - first.at)) * 1000;
    }
    return {
      total: done + left,
      done,
      kept: this.#kept,
      duplicates: this.#duplicates,
      failed: this.#failed,
      skipped: this.#skipped,
      rate,
      secondsLeft: rate === null ? null : left / rate,
    };
  }

  #soon(): void {
    this.#timer ??= setTimeout(() => this.#publish(), TELL_MS);
  }

  #publish(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#tell(this.#state(this.counts()));
  }
}

/** The state of an import that a person has paused. */
export function paused(counts: ImportCounts): ImportProgress {
  return { state: 'paused', ...counts };
}

function nameOf(state: (counts: ImportCounts) => ImportProgress): string {
  const progress = state(NO_COUNTS);
  return 'step' in progress ? `${progress.state}/${progress.step}` : progress.state;
}
