import type { ImportItem } from '../../protocol/index.ts';

/**
 * The files of one import, known up front or discovered incrementally, as in a large folder. Reads
 * ahead of its consumer, so the total is known early.
 */
export class Arrivals {
  readonly #waiting: ImportItem[] = [];
  #taken: readonly ImportItem[] = [];
  readonly #handedOver: ImportItem[] = [];
  readonly #source: AsyncIterator<readonly ImportItem[]> | null;
  #looking: Promise<void> | null = null;
  #failure: { readonly thrown: unknown } | null = null;
  #over = false;
  #found = 0;
  #unannounced = 0;
  #triedBefore = false;
  #wake = () => {};

  constructor(source: readonly ImportItem[] | AsyncIterable<readonly ImportItem[]>) {
    if (Symbol.asyncIterator in source) {
      this.#source = source[Symbol.asyncIterator]();
    } else {
      this.#source = null;
      this.#over = true;
      this.#add(source);
    }
  }

  /** Whether more files may be found. */
  get open(): boolean {
    return !this.#over;
  }

  /** Number of files found so far. */
  get found(): number {
    return this.#found;
  }

  /** Number of files found since the last `takeNews`. */
  get news(): number {
    return this.#unannounced;
  }

  takeNews(): number {
    const unannounced = this.#unannounced;
    this.#unannounced = 0;
    return unannounced;
  }

  /** Counts everything not yet handed over as news again, for a worker that lost its state. */
  tellAgain(): void {
    this.#unannounced = this.#waiting.length + this.#taken.length;
  }

  /** Resolves when there is something to take, or with `false` when the source is exhausted. */
  async ready(signal: AbortSignal): Promise<boolean> {
    this.#looking ??= this.#look();
    const onAbort = () => this.#wake();
    signal.addEventListener('abort', onAbort);
    while (this.#waiting.length === 0 && !this.#over && !signal.aborted) {
      await new Promise<void>((resolve) => {
        this.#wake = resolve;
      });
    }
    signal.removeEventListener('abort', onAbort);
    return this.#waiting.length > 0 && !signal.aborted;
  }

  /** @throws the source's error, which also ended it */
  check(): void {
    if (this.#failure) throw this.#failure.thrown;
  }

  /** Takes the next batch; the caller must then call `handedOver` or `putBack`. */
  take(most: number): readonly ImportItem[] {
    this.#taken = this.#waiting.splice(0, most);
    return this.#taken;
  }

  /** Marks the first `count` files taken as handed over. */
  handedOver(count = this.#taken.length): void {
    for (const item of this.#taken.slice(0, count)) this.#handedOver.push(item);
    this.#taken = this.#taken.slice(count);
    this.#triedBefore = false;
  }

  /** Puts back files that were taken but couldn't be handed over; they come first again. */
  putBack(): void {
    this.#waiting.unshift(...this.#taken);
    this.#taken = [];
    this.#triedBefore = true;
  }

  /** Whether the next files to be taken may already have been handed over in part. */
  get triedBefore(): boolean {
    return this.#triedBefore;
  }

  /** Everything handed over was lost and has to be handed over again. */
  startOver(): void {
    const all = [...this.#handedOver.splice(0), ...this.#taken, ...this.#waiting.splice(0)];
    for (const item of all) this.#waiting.push(item);
    this.#taken = [];
    this.#triedBefore = false;
    this.tellAgain();
  }

  /** Stops looking for files. */
  close(): void {
    this.#over = true;
    this.#wake();
    this.#source?.return?.().catch(() => {}); /* its remaining files are not needed */
  }

  #add(items: readonly ImportItem[]): void {
    // Push one at a time: spreading 100,000 arguments would overflow the stack.
    for (const item of items) this.#waiting.push(item);
    this.#found += items.length;
    this.#unannounced += items.length;
  }

  async #look(): Promise<void> {
    try {
      while (!this.#over) {
        const next = await this.#source?.next();
        if (this.#over) return;
        if (!next || next.done) break;
        this.#add(next.value);
        this.#wake();
      }
    } catch (thrown) {
      this.#failure = { thrown };
    }
    this.#over = true;
    this.#wake();
  }
}
