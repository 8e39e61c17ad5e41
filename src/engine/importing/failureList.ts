import type { ImportFailure } from '../../protocol/index.ts';
import { type Observable, Subject } from '../observable.ts';

/** The list is read again at most this often, in milliseconds. */
const PAUSE_MS = 500;
/** Where it is long, reading it takes at most a fifth of the time. */
const PAUSES = 4;

/** The files that could not be read, as the library lists them. */
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
   * Reads the list. Ten thousand bad files are as many events: one read is under way, and at most one
   * follows. Resolves when the list holds all that had failed when it was called.
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
      // At once, not in a later turn: who asks in between would wait for a read that is over.
      this.#refreshing = null;
    }
  }
}
