import type { ImportFailure } from '../../protocol/index.ts';
import { type Observable, Subject } from '../observable.ts';

/** Minimum interval between reads of the list, in milliseconds. */
const PAUSE_MS = 500;
/** Pause per read time: reading a long list takes at most a fifth of the time. */
const PAUSES = 4;

/** The files that failed to import, as listed by the library. */
export class FailureList {
  readonly #subject = new Subject<readonly ImportFailure[]>([]);
  readonly #read: () => Promise<readonly ImportFailure[]>;
  #refreshing: Promise<void> | null = null;
  #again = false;

  constructor(read: () => Promise<readonly ImportFailure[]>) {
    this.#read = read;
  }

  get list(): Observable<readonly ImportFailure[]> {
    return this.#subject;
  }

  /**
   * Reads the list. Since 10,000 bad files cause as many events, at most one read runs and one
   * follows. Resolves when the list includes everything that had failed at the time of the call.
   */
  refresh(): Promise<void> {
    this.#again = this.#refreshing !== null;
    this.#refreshing ??= this.#refresh();
    return this.#refreshing;
  }

  clear(): void {
    this.#subject.set([]);
  }

  async #refresh(): Promise<void> {
    try {
      do {
        this.#again = false;
        const from = performance.now();
        this.#subject.set(await this.#read());
        const pause = Math.max(PAUSE_MS, PAUSES * (performance.now() - from));
        if (this.#again) await new Promise((resolve) => setTimeout(resolve, pause));
      } while (this.#again);
    } finally {
      // Synchronously: a caller in between would otherwise wait for a read that is over.
      this.#refreshing = null;
    }
  }
}
