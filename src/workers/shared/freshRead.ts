/**
 * A view of something stored, read at the first use and again once it is stale. Doesn't cache a
 * failure, so the next use retries.
 */
export class FreshRead {
  readonly #read: () => Promise<void>;
  #reading: Promise<void> | null = null;

  constructor(read: () => Promise<void>) {
    this.#read = read;
  }

  /** What was read is out of date. */
  stale(): void {
    this.#reading = null;
  }

  /** Reads it unless it is fresh, and again if it went stale meanwhile. */
  async current(): Promise<void> {
    for (;;) {
      const reading = this.#reading ?? this.#begin();
      await reading;
      if (this.#reading === reading) return;
    }
  }

  #begin(): Promise<void> {
    const reading = this.#read();
    this.#reading = reading;
    reading.catch(() => {
      if (this.#reading === reading) this.#reading = null;
    });
    return reading;
  }
}
