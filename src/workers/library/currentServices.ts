import type { AkinEvent, VectorMessage } from '../../protocol/index.ts';
import type { Model } from '../models/model.ts';
import type { LibraryServices } from './libraryServices.ts';

export interface CurrentServicesOptions {
  /** The model that photos are seen with. */
  readonly chosen: () => Promise<Model>;
  readonly open: (model: Model) => Promise<LibraryServices>;
}

/** What answers for the library, as the chosen model sees it: opened at the first call, and anew for another model. */
export class CurrentServices {
  readonly #options: CurrentServicesOptions;
  #opening: Promise<LibraryServices> | null = null;
  #switching: Promise<void> = Promise.resolve();

  constructor(options: CurrentServicesOptions) {
    this.#options = options;
  }

  /** A failure is forgotten, so that the next call tries again. */
  get(): Promise<LibraryServices> {
    return this.#opening ?? this.#open();
  }

  /** A vector kept by this tab's import. */
  async take(message: VectorMessage): Promise<void> {
    const { library } = await this.get();
    library.take(message);
  }

  /** Answers by another model from now on, where another was chosen. One after another. */
  follow(): Promise<void> {
    const followed = this.#switching.then(() => this.#follow());
    this.#switching = followed.catch(() => {}); /* its caller hears of it */
    return followed;
  }

  /** What another worker or tab has done. */
  async hear(event: AkinEvent): Promise<void> {
    if (event.type === 'model-chosen' || event.type === 'cleared') await this.follow();
    // Nothing is open: whoever opens it reads the store.
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
    // Not before: calls that are under way end with what they began with.
    before.close();
  }
}
