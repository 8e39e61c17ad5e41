import { FORMAT_VERSION, type ResolvedSpec } from '../../ann/index.ts';
import type { BuiltIndex, IndexKind, TrainSpace } from '../../protocol/index.ts';
import type { Indexes, ManifestRow, NewSegment, SaveRequest } from '../../store/index.ts';
import type { IndexLoader } from './indexLoader.ts';
import type { CompactStart, TrainingStart } from './indexMaintainer.ts';
import type { IndexMemory } from './indexMemory.ts';

/**
 * Writes the index in memory to the store as sealed segments. The first tab saves for all; the
 * others load what it wrote.
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

  /**
   * Writes the delta and the sealed segments at these positions as one segment, or none if they are
   * empty.
   */
  async seal(merge: readonly number[]): Promise<void> {
    const memory = this.#memory;
    const { index } = memory;
    const keys = index.segments().map(({ key }) => key);
    const merged = merge.map((place) => keys[place]!);
    const kept = keys.filter((key) => key !== 0 && !merged.includes(key));
    const compaction = index.beginCompaction(merged);
    const included = memory.delta;
    memory.delta = new Set();
    // Ids in a remaining segment must stay hidden.
    const dropped = [...memory.hidden].filter((id) => !index.isSealed(id, kept));
    try {
      const blob = index.write(compaction);
      const isEmpty = compaction.ids.length === 0;
      const manifest = await this.#save({
        keptSegments: kept.map((key) => memory.stored.get(key)!),
        segments: isEmpty ? [] : [{ kind: 'flat', formatVersion: FORMAT_VERSION, blob }],
        includedDeltaIds: [...included],
        droppedTombstones: dropped,
        unreadable: memory.unreadable,
      });
      // Cleared meanwhile, or another tab sealed first and its result was loaded.
      if (index !== memory.index || manifest === undefined) return;
      memory.unreadable = [];
      for (const id of dropped) memory.purged.delete(id);
      const key = index.commit(blob, compaction);
      for (const old of merged) memory.stored.delete(old);
      if (!isEmpty) memory.stored.set(key, manifest.segments.at(-1)!.id);
    } catch (thrown) {
      if (index === memory.index) {
        index.abandon(compaction);
        for (const id of included) memory.delta.add(id);
      }
      throw thrown;
    }
  }

  /** Saves a trained index and loads it, unless everything was cleared meanwhile. */
  async replaceAll(start: TrainingStart, built: BuiltIndex, { kind }: ResolvedSpec): Promise<void> {
    const saved = await this.#save({
      keptSegments: [],
      segments: [segmentOf(kind, built)],
      includedDeltaIds: start.delta,
      droppedTombstones: start.hidden,
      unreadable: built.unreadable.filter((id) => this.#memory.index.has(id)),
    });
    // Into new kernels, so the memory of the replaced index is released.
    if (saved !== undefined) await this.#loader.load();
  }

  /** Saves a rewritten segment in its place and loads it, like `replaceAll`. */
  async replaceOne({ segment, kind, purged }: CompactStart, built: BuiltIndex): Promise<void> {
    const { index, stored } = this.#memory;
    const others = [...stored].filter(([, id]) => id !== segment);
    const otherKeys = others.map(([key]) => key);
    const saved = await this.#save({
      keptSegments: others.map(([, id]) => id),
      segments: [segmentOf(kind, built)],
      includedDeltaIds: [],
      droppedTombstones: purged.filter((id) => !index.isSealed(id, otherKeys)),
    });
    if (saved !== undefined) await this.#loader.load();
  }

  /**
   * Saves, or reloads if another tab saved first.
   *
   * @returns what was saved; `undefined` if nothing was
   */
  async #save(
    request: Omit<SaveRequest, 'spaceId' | 'expectedGeneration'>,
  ): Promise<ManifestRow | undefined> {
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
    return answer.manifest;
  }
}

function segmentOf(kind: IndexKind, { container: blob, vectorFile }: BuiltIndex): NewSegment {
  const file = vectorFile === null ? {} : { vectorFile };
  return { kind, formatVersion: FORMAT_VERSION, blob, ...file };
}
