import {
  type ImportCounts,
  type ImportProgress,
  NO_COUNTS,
  OUTCOMES,
} from '../../protocol/index.ts';
import type { ImportLedger } from './importLedger.ts';

/** Progress is told this often, in milliseconds. */
const TELL_MS = 250;
/** The rate is that of the last so many milliseconds: it follows a change, and does not flicker. */
const RATE_WINDOW_MS = 10_000;
/** No rate is told before so long: photos come in batches, and the first pay for warming up. */
const RATE_MIN_MS = 2_000;

/** Measures an import by the ledger's counts and tells of it, at most a few times a second. */
export class ProgressMeter {
  readonly #report: (progress: ImportProgress) => void;
  readonly #ledger: ImportLedger;
  readonly #now: () => number;
  /** Files stored and waiting. */
  #queued = 0;
  /** (time, photos done) pairs of the rate's window, oldest first. */
  #marks: { at: number; done: number }[] = [];
  #worked = 0;
  #state: (counts: ImportCounts) => ImportProgress = () => ({ state: 'idle' });
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(
    report: (progress: ImportProgress) => void,
    ledger: ImportLedger,
    now = () => performance.now(),
  ) {
    this.#report = report;
    this.#ledger = ledger;
    this.#now = now;
  }

  /** `more`: others follow that are not counted yet; without it that stays as it is. */
  announce(files: number, more?: boolean): void {
    this.#ledger.announce(files, more);
    this.soon();
  }

  /** Files were staged; what of them waits, `setQueued` says. */
  staged(part: { files: number; duplicates: number; failed: number; skipped: number }): void {
    this.#ledger.announce(-part.files);
    this.#ledger.add('duplicates', part.duplicates);
    this.#ledger.add('failed', part.failed);
    this.#ledger.add('skipped', part.skipped);
    this.soon();
  }

  /** The number of files that wait, as the store says: other tabs stage too. */
  setQueued(queued: number): void {
    this.#queued = queued;
    this.soon();
  }

  done(what: 'imported' | 'failed' | 'duplicate' | 'gone'): void {
    if (what === 'imported' || what === 'failed') this.#ledger.add(what, 1);
    else if (what === 'duplicate') this.#ledger.add('duplicates', 1);
    this.#queued = Math.max(0, this.#queued - 1);
    this.#worked++;
    const at = this.#now();
    this.#marks.push({ at, done: this.#worked });
    while (this.#marks.length > 2 && at - this.#marks[0]!.at > RATE_WINDOW_MS) this.#marks.shift();
    this.soon();
  }

  /** Changes the state; told at once if it is another. */
  enter(state: (counts: ImportCounts) => ImportProgress): void {
    const before = nameOf(this.#state);
    const now = nameOf(state);
    this.#state = state;
    if (!now.startsWith('running')) this.#marks = [];
    if (now === before) this.soon();
    else this.#publish();
  }

  /** Forgets how fast the import before went. */
  reset(): void {
    this.#queued = 0;
    this.#worked = 0;
    this.#marks = [];
  }

  tellNow(): void {
    this.#publish();
  }

  /** Tells nothing more until something changes. */
  quiet(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
  }

  counts(): ImportCounts {
    const tally = this.#ledger.sum();
    const done = OUTCOMES.reduce((sum, name) => sum + tally[name], 0);
    const left = this.#queued + this.#ledger.unstaged;
    const first = this.#marks[0];
    const last = this.#marks.at(-1);
    let rate: number | null = null;
    if (first && last && last.at - first.at >= RATE_MIN_MS) {
      rate = ((last.done - first.done) / (last.at - first.at)) * 1000;
    }
    return {
      importId: this.#ledger.importId,
      total: done + left,
      done,
      ...tally,
      rate,
      secondsLeft: rate === null ? null : left / rate,
    };
  }

  /** What is counted has changed. */
  soon(): void {
    this.#timer ??= setTimeout(() => this.#publish(), TELL_MS);
  }

  #publish(): void {
    this.quiet();
    this.#report(this.#state(this.counts()));
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
