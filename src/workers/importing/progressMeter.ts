import { type ImportCounts, type ImportProgress, NO_COUNTS } from '../../protocol/index.ts';
import { filesOf, type ImportLedger } from './importLedger.ts';

/** Interval between progress events, in milliseconds. */
const TELL_MS = 250;
/**
 * Window of the rate in milliseconds: short enough to follow a change, long enough not to flicker.
 */
const RATE_WINDOW_MS = 10_000;
/**
 * Minimum time before a rate is shown: photos finish in batches, and the first include the warm-up.
 */
const RATE_MIN_MS = 2_000;

/** Derives an import's progress from the ledger and broadcasts it a few times a second at most. */
export class ProgressMeter {
  readonly #report: (progress: ImportProgress) => void;
  readonly #ledger: ImportLedger;
  readonly #now: () => number;
  /** Files stored and waiting. */
  #queued = 0;
  /** (time, photos done) pairs in the rate's window, oldest first. */
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

  /** `more`: further files, not yet counted, will follow; unchanged if omitted. */
  announce(files: number, more?: boolean): void {
    this.#ledger.announce(files, more);
    this.soon();
  }

  /** Counts staged files; `setQueued` gives the number of them that are waiting. */
  staged(part: { files: number; duplicates: number; failed: number; skipped: number }): void {
    this.#ledger.announce(-part.files);
    this.#ledger.add('duplicates', part.duplicates);
    this.#ledger.add('failed', part.failed);
    this.#ledger.add('skipped', part.skipped);
    this.soon();
  }

  /** Sets the number of waiting files, read from the store because other tabs stage too. */
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

  /** Changes the state; broadcasts immediately if it differs. */
  enter(state: (counts: ImportCounts) => ImportProgress): void {
    const before = nameOf(this.#state);
    const now = nameOf(state);
    this.#state = state;
    if (!now.startsWith('running')) this.#marks = [];
    if (now === before) this.soon();
    else this.#publish();
  }

  /** Resets the rate. */
  reset(): void {
    this.#queued = 0;
    this.#worked = 0;
    this.#marks = [];
  }

  tellNow(): void {
    this.#publish();
  }

  /** Broadcasts nothing more until something changes. */
  quiet(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
  }

  counts(): ImportCounts {
    const tally = this.#ledger.sum();
    const done = filesOf(tally);
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

  /** The counts have changed. */
  soon(): void {
    this.#timer ??= setTimeout(() => this.#publish(), TELL_MS);
  }

  #publish(): void {
    this.quiet();
    this.#report(this.#state(this.counts()));
  }
}

/** Progress of an import the user has paused. */
export function paused(counts: ImportCounts): ImportProgress {
  return { state: 'paused', ...counts };
}

function nameOf(state: (counts: ImportCounts) => ImportProgress): string {
  const progress = state(NO_COUNTS);
  return 'step' in progress ? `${progress.state}/${progress.step}` : progress.state;
}
