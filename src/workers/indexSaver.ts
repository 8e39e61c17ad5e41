import { FORMAT_VERSION, type ResolvedSpec } from '../ann/index.ts';
import type { BuiltIndex, TrainSpace } from '../protocol/index.ts';
import type { Indexes, SaveRequest } from '../store/index.ts';
import type { TrainingStart } from './indexKeeper.ts';
import type { IndexLoader } from './indexLoader.ts';
import type { IndexMemory } from './indexMemory.ts';

/**
 * Writes the index in memory to the store as sealed segments. Of several tabs the first saves for
 * all; the others load what it wrote.
 */
export class IndexSaver {
  readonly #memory: IndexMemory;
  readonly #loader: IndexLoader;
  readonly #store: Indexes;
  readonly #space: TrainSpace;

  constructor(memory: IndexMemory, loader: IndexLoader, store: Indexes, space: TrainSpace) {
    this.#memory = memory;
    this.#loader = loader;
    this.#store = store;
    this.#space = space;
  }

  /** Writes the delta and the sealed segments at these places as one. */
  async seal(merge: readonly number[]): Promise<void> {
    const memory = this.#memory;
    const { index } = memory;
    const keys = index.segments().map(({ key }) => key);
    const merged = merge.map((place) => keys[place]!);
    const kept = keys.filter((key) => key !== 0 && !merged.includes(key));
    const draft = index.draft(merged);
    const included = memory.delta;
    memory.delta = new Set();
    try {
      const blob = index.write(draft);
      const saved = await this.#save({
        keptSegments: kept.map((key) => memory.stored.get(key)!),
        segments: [{ kind: 'flat', formatVersion: FORMAT_VERSION, blob }],
        includedDeltaIds: [...included],
        // What a kept segment holds must stay hidden.
        droppedTombstones: [...memory.hidden].filter((id) => !index.isSealed(id, kept)),
        unreadable: memory.unreadable,
      });
      // Cleared meanwhile, or another tab has sealed first and what it wrote was loaded.
      if (index !== memory.index || saved === undefined) return;
      memory.unreadable = [];
      const key = index.adopt(blob, draft);
      for (const old of merged) memory.stored.delete(old);
      memory.stored.set(key, saved);
    } catch (thrown) {
      if (index === memory.index) {
        index.abandon(draft);
        for (const id of included) memory.delta.add(id);
      }
      throw thrown;
    }
  }

  /** Saves what was trained, and loads it, unless all was cleared meanwhile. */
  async replaceAll(start: TrainingStart, built: BuiltIndex, { kind }: ResolvedSpec): Promise<void> {
    const { container: blob, vectorFile } = built;
    const file = vectorFile === null ? {} : { vectorFile };
    const saved = await this.#save({
      keptSegments: [],
      segments: [{ kind, formatVersion: FORMAT_VERSION, blob, ...file }],
      includedDeltaIds: start.delta,
      droppedTombstones: start.hidden,
      unreadable: built.unreadable.filter((id) => this.#memory.index.has(id)),
    });
    // Into kernels of its own: the memory of what it replaces goes back.
    if (saved !== undefined) await this.#loader.load();
  }

  /**
   * Saves, and loads again where another tab was first.
   *
   * @returns the store's number of the last new segment; `undefined` where nothing was saved
   */
  async #save(
    request: Omit<SaveRequest, 'spaceId' | 'expectedGeneration'>,
  ): Promise<number | undefined> {
    const memory = this.#memory;
    const { index } = memory;
    const answer = await this.#store.save({
      ...request,
      spaceId: this.#space.id,
      expectedGeneration: memory.generation,
    });
    if (answer.outcome === 'conflict') {
      await this.#loader.load();
      return undefined;
    }
    if (index === memory.index) memory.generation = answer.manifest.generation;
    return answer.manifest.segments.at(-1)?.id;
  }
}
