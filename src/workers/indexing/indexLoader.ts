import type { Kernels } from '../../ann/index.ts';
import type { PhotoId, TrainSpace } from '../../protocol/index.ts';
import type { Indexes, LoadedIndex } from '../../store/index.ts';
import type { ExactFiles } from './exactFiles.ts';
import type { IndexMemory } from './indexMemory.ts';
import { holdsAll, loadSegments } from './loadSegments.ts';

export interface IndexLoaderOptions {
  readonly kernels: () => Promise<Kernels>;
  readonly store: Indexes;
  readonly space: TrainSpace;
  readonly exact: ExactFiles;
  /** Called when what was loaded had to be made anew: something has to be sealed. */
  readonly onRebuilt: () => void;
}

/**
 * Brings the saved index into memory, one load after another; a damaged one is made anew from the
 * stored vectors. Additions and searches go on meanwhile in what was there before.
 */
export class IndexLoader {
  readonly #options: IndexLoaderOptions;
  readonly #memory: IndexMemory;
  #rebuilt: string | null = null;
  #loading: Promise<void> = Promise.resolve();
  /** What was hidden and shown while the saved index is read; `null` when none is. */
  #meanwhile: (() => unknown)[] | null = null;

  constructor(memory: IndexMemory, options: IndexLoaderOptions) {
    this.#memory = memory;
    this.#options = options;
  }

  /** Why the saved index was not used, in words; `null` where it was. */
  get rebuilt(): string | null {
    return this.#rebuilt;
  }

  /** Resolves when no load is under way. Never rejects. */
  get settled(): Promise<void> {
    return this.#loading;
  }

  /** Has a change made once more after the load that is under way, if one is: it may not know of it. */
  repeat(change: () => unknown): void {
    this.#meanwhile?.push(change);
  }

  /**
   * One after another: of two that read at once, the older could come last.
   *
   * @param count whether to see too that it holds as many vectors as are stored
   */
  load({ count = false } = {}): Promise<void> {
    const turn = this.#loading.then(() => this.#load(count));
    this.#loading = turn.catch(() => {});
    return turn;
  }

  /** Whether all vectors that are stored are there; if not, all is made anew of them. */
  async verify(): Promise<boolean> {
    await this.#loading;
    const { store, space } = this.#options;
    const stored = await store.count(space.id);
    if (holdsAll(this.#memory.index, this.#memory.skipped, stored)) return true;
    // Something may have come or gone while it was counted; this counts in the same moment.
    const before = this.#rebuilt;
    await this.load({ count: true });
    return this.#rebuilt === before;
  }

  async #load(count: boolean): Promise<void> {
    const { kernels: fresh, store, space } = this.#options;
    const memory = this.#memory;
    const before = memory.index;
    this.#meanwhile = [];
    try {
      const [kernels, loaded] = await Promise.all([fresh(), store.load(space, { count })]);
      // Cleared while it was read: another load is on its way.
      if (before !== memory.index) return;
      const segments = loadSegments(loaded, kernels, space);
      memory.replace(loaded, segments, kernels);
      if (segments.damage !== null) await this.#rebuild(segments.damage);
      else await this.#attach(loaded);
    } finally {
      const missed = this.#meanwhile ?? [];
      this.#meanwhile = null;
      for (const change of missed) await change();
    }
  }

  /** Not before the old index has let go of its files: some browsers open a file once only. */
  #attach({ segments }: LoadedIndex): Promise<void> {
    const memory = this.#memory;
    const { exact, space } = this.#options;
    const { index } = memory;
    return exact.attach(index, space, segments, memory.stored, () => index === memory.index);
  }

  /** The vectors are the truth and the index only their order: it can always be made anew. */
  async #rebuild(damage: string): Promise<void> {
    const memory = this.#memory;
    const { store, space, onRebuilt } = this.#options;
    memory.empty();
    const { index } = memory;
    const unreadable: PhotoId[] = [];
    for await (const block of store.allVectors(space)) {
      if (index !== memory.index) return; /* cleared meanwhile */
      memory.addBlock(block);
      unreadable.push(...block.skipped);
    }
    index.remove(memory.hidden);
    memory.unreadable = unreadable;
    memory.skipped = unreadable.length;
    this.#rebuilt = `The search index was damaged and has been rebuilt; no photo is lost. (${damage})`;
    onRebuilt();
  }
}
