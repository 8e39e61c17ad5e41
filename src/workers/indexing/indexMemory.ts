import type { Kernels, SegmentedIndex } from '../../ann/index.ts';
import type { PhotoId, TrainSpace } from '../../protocol/index.ts';
import type { LoadedIndex, VectorBlock } from '../../store/index.ts';
import { emptyIndex, type LoadedSegments } from './loadSegments.ts';

/**
 * What a tab has of an index in memory: the engine's segments, and how they relate to what is
 * stored. It changes as a whole when it is loaded; whoever waits meanwhile compares `index`.
 */
export class IndexMemory {
  readonly #space: TrainSpace;
  kernels: Kernels;
  index: SegmentedIndex;
  /** Of the saved form that was loaded or written last. */
  generation = 0;
  /** The store's number of each sealed segment, by its key in memory. */
  stored = new Map<number, number>();
  /** Ids added since the last seal: what a seal takes out of the stored delta. */
  delta = new Set<PhotoId>();
  /** Ids hidden since the last seal, which it leaves out. */
  readonly hidden = new Set<PhotoId>();
  /** Ids of them that were deleted for good, until no segment holds them and no tombstone is left. */
  readonly purged = new Set<PhotoId>();
  /** Ids without a vector that can be read, not yet told to the store. */
  unreadable: readonly PhotoId[] = [];
  /** How many vectors of the stored delta can't be read. */
  skipped = 0;

  constructor(kernels: Kernels, space: TrainSpace) {
    this.#space = space;
    this.kernels = kernels;
    this.index = emptyIndex(kernels, space);
  }

  /** Adds stored vectors. What was hidden before its vector came stays out of sight. */
  addBlock({ ids, vectors }: VectorBlock): void {
    this.index.addAll(ids, vectors);
    for (const id of ids) this.delta.add(id);
    this.index.remove(Array.from(ids).filter((id) => this.hidden.has(id)));
  }

  /** Holds nothing any more. What is hidden stays so. */
  empty(): void {
    const { index } = this;
    this.index = emptyIndex(this.kernels, this.#space);
    index.dispose();
    this.stored.clear();
    this.delta.clear();
    this.unreadable = [];
  }

  /** Takes the place of what it was; what was added since that was read stays. */
  replace(loaded: LoadedIndex, { index: next, stored }: LoadedSegments, kernels: Kernels): void {
    const before = this.index;
    this.generation = loaded.generation;
    this.skipped = loaded.delta.skipped.length;
    this.stored = stored;
    this.hidden.clear();
    for (const id of loaded.tombstones) this.hidden.add(id);
    this.purged.clear();
    for (const id of loaded.purged) this.purged.add(id);
    const since = [...this.delta].filter(
      (id) => before.has(id) && !next.has(id) && !this.hidden.has(id),
    );
    this.delta = new Set([...loaded.delta.ids, ...since]);
    for (const id of since) next.add(id, before.vectorOf(id)!);
    this.index = next;
    this.kernels = kernels;
    before.dispose();
  }
}
