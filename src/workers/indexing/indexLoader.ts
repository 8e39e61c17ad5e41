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
  /** Called after a rebuild, since the result has to be sealed. */
  readonly onRebuilt: () => void;
}

/**
 * Loads the saved index into memory, one load at a time; rebuilds a damaged one from the stored
 * vectors. Additions and searches use the previous index meanwhile.
 */
export class IndexLoader {
  readonly #options: IndexLoaderOptions;
  readonly #memory: IndexMemory;
  #rebuilt: string | null = null;
  #loading: Promise<void> = Promise.resolve();
  /** Hides and shows applied while the saved index is read; `null` if none is being read. */
  #meanwhile: (() => unknown)[] | null = null;

  constructor(memory: IndexMemory, options: IndexLoaderOptions) {
    this.#memory = memory;
    this.#options = options;
  }

  /** Why the saved index was not used, in words; `null` if it was. */
  get rebuilt(): string | null {
    return this.#rebuilt;
  }

  /** Resolves when no load is running. Never rejects. */
  get settled(): Promise<void> {
    return this.#loading;
  }

  /** Repeats a change after the running load, if any, which may have missed it. */
  repeat(change: () => unknown): void {
    this.#meanwhile?.push(change);
  }

  /**
   * Loads one at a time: of two concurrent reads, the older might finish last.
   *
   * @param count also check that it holds as many vectors as are stored
   */
  load({ count = false } = {}): Promise<void> {
    const turn = this.#loading.then(() => this.#load(count));
    this.#loading = turn.catch(() => {});
    return turn;
  }

  /** Whether all stored vectors are present; if not, rebuilds the index from them. */
  async verify(): Promise<boolean> {
    await this.#loading;
    const { store, space } = this.#options;
    const stored = await store.count(space.id);
    if (holdsAll(this.#memory.index, this.#memory.skipped, stored)) return true;
    // Vectors may have changed during the first count; this one is taken at a single moment.
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
      // Cleared during the read: another load is on its way.
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

  /** Only after the old index has closed its files: some browsers open a file only once. */
  #attach({ segments }: LoadedIndex): Promise<void> {
    const memory = this.#memory;
    const { exact, space } = this.#options;
    const { index } = memory;
    return exact.attach(index, space, segments, memory.stored, () => index === memory.index);
  }

  /** The vectors are the source of truth and the index is derived: it can always be rebuilt. */
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
