import type { AkinEvent, PhotoId } from '../../protocol/index.ts';
import { mergeColors, type PhotoColors } from '../../query/index.ts';
import type { Colors } from '../../store/index.ts';

/** The colors of all photos: read at the first use, then kept up to date. */
export class ColorsCache {
  readonly #store: () => Promise<Pick<Colors, 'all' | 'of'>>;
  #colors: Promise<PhotoColors> | null = null;
  /** Photos whose colors changed since. */
  readonly #changed = new Set<PhotoId>();

  constructor(store: () => Promise<Pick<Colors, 'all' | 'of'>>) {
    this.#store = store;
  }

  hear(event: AkinEvent): void {
    if (event.type === 'imported' || event.type === 'colored') {
      // Nothing was read yet, so the first use reads these, too.
      if (this.#colors) for (const id of event.ids) this.#changed.add(id);
    } else if (event.type === 'purged' || event.type === 'cleared' || event.type === 'resync') {
      this.#colors = null;
      this.#changed.clear();
    }
  }

  /** Doesn't cache a failure, so the next call retries. */
  get(): Promise<PhotoColors> {
    if (this.#colors && this.#changed.size === 0) return this.#colors;
    const changed = [...this.#changed].sort((a, b) => a - b);
    const before = this.#colors;
    this.#changed.clear();
    const reading = before ? this.#update(before, changed) : this.#readAll();
    this.#colors = reading;
    reading.catch(() => {
      if (this.#colors === reading) this.#colors = null;
    });
    return reading;
  }

  async #readAll(): Promise<PhotoColors> {
    return (await this.#store()).all();
  }

  async #update(before: Promise<PhotoColors>, ids: readonly PhotoId[]): Promise<PhotoColors> {
    const [known, store] = await Promise.all([before, this.#store()]);
    return mergeColors(known, await store.of(ids));
  }
}
