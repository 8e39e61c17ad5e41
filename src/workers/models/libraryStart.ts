import type { AkinEvent, NetsReport } from '../../protocol/index.ts';
import { CHOSEN_MODEL, type Store } from '../../store/index.ts';
import { detailedModel } from './builtIn.ts';
import { fetchModel } from './fetchModel.ts';
import { ModelRegistry } from './modelRegistry.ts';
import { chooseStart } from './startModel.ts';

export interface LibraryStartOptions {
  readonly store: () => Promise<Store>;
  readonly modelsUrl: string;
  /** Called when another model is in use. */
  readonly changed: () => void;
  readonly report: () => Promise<Pick<NetsReport, 'active' | 'passMs'>>;
  readonly broadcast: (event: AkinEvent) => void;
}

/** Prepares a new library in the `import` worker, before its first photo is processed. */
export class LibraryStart {
  readonly #options: LibraryStartOptions;
  #made: Promise<unknown> | null = null;

  constructor(options: LibraryStartOptions) {
    this.#options = options;
  }

  /** Decides, once, which model the library starts with. */
  async settle(): Promise<void> {
    this.#made ??= this.#choose().catch((thrown: unknown) => {
      this.#made = null;
      throw thrown;
    });
    await this.#made;
  }

  /** The library was cleared; the next photo starts a new one. */
  cleared(): void {
    this.#made = null;
  }

  #choose(): Promise<string> {
    const { store, modelsUrl, changed, report, broadcast } = this.#options;
    return chooseStart({
      async isNew() {
        const { meta, spaces } = await store();
        if ((await meta.get(CHOSEN_MODEL)) !== undefined) return false;
        return (await spaces.photoSpaces()).length === 0;
      },
      async measure() {
        const { active, passMs } = await report();
        return { backend: active, passMs };
      },
      fetch: () => fetchModel(modelsUrl, detailedModel.id),
      async choose(id) {
        await new ModelRegistry(await store()).choose(id);
        changed();
        broadcast({ type: 'model-chosen', id });
      },
    });
  }
}
