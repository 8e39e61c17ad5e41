import type { ImportFailure } from '../protocol/index.ts';
import { type Observable, Subject } from './observable.ts';

/** The list of failures is read again at most this often, in milliseconds. */
const FAILURES_MS = 500;

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

  /** Ten thousand bad files are as many events: one read is under way, and at most one follows. */
  refresh(): Promise<void> {
    this.#again = this.#refreshing !== null;
    this.#refreshing ??= this.#refresh().finally(() => {
      this.#refreshing = null;
    });
    return this.#refreshing;
  }

  clear(): void {
    this.#subject.set([]);
  }

  async #refresh(): Promise<void> {
    do {
      this.#again = false;
      this.#subject.set(await this.#read());
      if (this.#again) await new Promise((resolve) => setTimeout(resolve, FAILURES_MS));
    } while (this.#again);
  }
}
