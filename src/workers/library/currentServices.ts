import type { AkinEvent, VectorMessage } from '../../protocol/index.ts';
import type { Model } from '../models/model.ts';
import type { LibraryServices } from './libraryServices.ts';

export interface CurrentServicesOptions {
  /** The model in use. */
  readonly chosen: () => Promise<Model>;
  readonly open: (model: Model) => Promise<LibraryServices>;
}

/**
 * The library's services for the chosen model: opened at the first call, and reopened for another
 * model.
 */
export class CurrentServices {
  readonly #options: CurrentServicesOptions;
  #opening: Promise<LibraryServices> | null = null;
  #switching: Promise<void> = Promise.resolve();

  constructor(options: CurrentServicesOptions) {
    this.#options = options;
  }

  /** Doesn't cache a failure, so the next call retries. */
  get(): Promise<LibraryServices> {
    return this.#opening ?? this.#open();
  }

  /** Adds a vector from this tab's import. */
  async take(message: VectorMessage): Promise<void> {
    const { library } = await this.get();
    library.take(message);
  }

  /** Switches to another model if one was chosen. Runs one switch at a time. */
  follow(): Promise<void> {
    const followed = this.#switching.then(() => this.#follow());
    this.#switching = followed.catch(() => {}); /* reported to its caller */
    return followed;
  }

  /** Handles an event of another worker or tab. */
  async hear(event: AkinEvent): Promise<void> {
    if (event.type === 'model-chosen' || event.type === 'cleared') await this.follow();
    // Nothing is open; opening will read the store.
    if (!this.#opening) return;
    const { library, index, finish } = await this.#opening;
    index.hear(event);
    await library.hear(event);
    if (event.type === 'moved-all') await finish();
  }

  #open(model?: Model): Promise<LibraryServices> {
    const { chosen, open } = this.#options;
    const opening = (async () => open(model ?? (await chosen())))();
    this.#opening = opening;
    opening.catch(() => {
      if (this.#opening === opening) this.#opening = null;
    });
    return opening;
  }

  async #follow(): Promise<void> {
    const before = await this.#opening?.catch(() => null);
    if (!before) return;
    const model = await this.#options.chosen();
    if (model.id === before.model.id && model.space.id === before.model.space.id) return;
    await this.#open(model);
    // Only now, since running calls finish with the services they started with.
    before.close();
  }
}
