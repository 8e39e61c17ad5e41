import type { AkinEvent, PhotoId } from '../../protocol/index.ts';
import type { PhotoFile, Photos } from '../../store/index.ts';

/** Events that change which photos the gallery has. */
const CHANGES: ReadonlySet<AkinEvent['type']> = new Set([
  'imported',
  'removed',
  'restored',
  'purged',
  'cleared',
  'resync',
]);

/** The gallery's photos by id, hash and file name. */
export interface PhotoNames {
  /** Ascending ids. */
  readonly files: readonly PhotoFile[];
  readonly idOf: ReadonlyMap<string, PhotoId>;
  readonly hashOf: ReadonlyMap<PhotoId, string>;
}

/** Reads them at the first use after each change. */
export class PhotoFiles {
  readonly #photos: () => Promise<Pick<Photos, 'files'>>;
  #names: Promise<PhotoNames> | null = null;

  constructor(photos: () => Promise<Pick<Photos, 'files'>>) {
    this.#photos = photos;
  }

  hear(event: AkinEvent): void {
    if (CHANGES.has(event.type)) this.#names = null;
  }

  /** Doesn't cache a failure, so the next call retries. */
  get(): Promise<PhotoNames> {
    if (this.#names) return this.#names;
    const reading = this.#read();
    this.#names = reading;
    reading.catch(() => {
      if (this.#names === reading) this.#names = null;
    });
    return reading;
  }

  async #read(): Promise<PhotoNames> {
    const files = await (await this.#photos()).files();
    return {
      files,
      idOf: new Map(files.map(({ id, hash }) => [hash, id])),
      hashOf: new Map(files.map(({ id, hash }) => [id, hash])),
    };
  }
}
