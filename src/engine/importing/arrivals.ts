import type { ImportItem } from '../../protocol/index.ts';

/**
 * What is brought in by one import: known at once, or found little by little, as in a large folder.
 * It is looked for ahead of whoever takes it, so that soon it is known how much there is.
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

  /** Whether more may be found. */
  get open(): boolean {
    return !this.#over;
  }

  /** How much was found so far. */
  get found(): number {
    return this.#found;
  }

  /** How much has come since `takeNews` was last called. */
  get news(): number {
    return this.#unannounced;
  }

  takeNews(): number {
    const unannounced = this.#unannounced;
    this.#unannounced = 0;
    return unannounced;
  }

  /** All that is not handed over is news again: whoever was told of it has forgotten. */
  tellAgain(): void {
    this.#unannounced = this.#waiting.length + this.#taken.length;
  }

  /** Resolves when there is something to take, or with `false` when nothing more will come. */
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

  /** @throws what the source threw, after which it gave nothing more */
  check(): void {
    if (this.#failure) throw this.#failure.thrown;
  }

  /** The next batch, which is to be handed over, or else put back. */
  take(most: number): readonly ImportItem[] {
    this.#taken = this.#waiting.splice(0, most);
    return this.#taken;
  }

  /** The first so many of what was taken are handed over. */
  handedOver(count = this.#taken.length): void {
    for (const item of this.#taken.slice(0, count)) this.#handedOver.push(item);
    this.#taken = this.#taken.slice(count);
    this.#triedBefore = false;
  }

  /** What was taken and could not be handed over comes first again. */
  putBack(): void {
    this.#waiting.unshift(...this.#taken);
    this.#taken = [];
    this.#triedBefore = true;
  }

  /** Whether what is taken next may have been handed over in part already. */
  get triedBefore(): boolean {
    return this.#triedBefore;
  }

  /** All that was handed over is lost, and to be handed over again. */
  startOver(): void {
    const all = [...this.#handedOver.splice(0), ...this.#taken, ...this.#waiting.splice(0)];
    for (const item of all) this.#waiting.push(item);
    this.#taken = [];
    this.#triedBefore = false;
    this.tellAgain();
  }

  /** Nothing more is looked for. */
  close(): void {
    this.#over = true;
    this.#wake();
    this.#source?.return?.().catch(() => {}); /* nobody waits for what it would have found */
  }

  #add(items: readonly ImportItem[]): void {
    // One at a time: a hundred thousand arguments are too many for a call.
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
