import type { AkinEvent } from '../../protocol/index.ts';
import { factsOf, type PhotoFacts } from '../../query/index.ts';
import type { Photos } from '../../store/index.ts';

/** Events that change the facts of photos, or which photos there are. */
const CHANGES: ReadonlySet<AkinEvent['type']> = new Set([
  'imported',
  'removed',
  'restored',
  'purged',
  'cleared',
  'resync',
  'dated',
]);

/** What filters know of the photos: read at the first use after each change. */
export class FactsCache {
  readonly #photos: () => Promise<Pick<Photos, 'list'>>;
  #facts: Promise<PhotoFacts> | null = null;

  constructor(photos: () => Promise<Pick<Photos, 'list'>>) {
    this.#photos = photos;
  }

  hear(event: AkinEvent): void {
    if (CHANGES.has(event.type)) this.#facts = null;
  }

  /** Doesn't cache a failure, so the next call retries. */
  get(): Promise<PhotoFacts> {
    if (this.#facts) return this.#facts;
    const reading = this.#read();
    this.#facts = reading;
    reading.catch(() => {
      if (this.#facts === reading) this.#facts = null;
    });
    return reading;
  }

  async #read(): Promise<PhotoFacts> {
    return factsOf(await (await this.#photos()).list());
  }
}
