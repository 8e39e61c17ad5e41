import type { Kernels, SegmentedIndex } from '../../ann/index.ts';
import type { PhotoId, TrainSpace } from '../../protocol/index.ts';
import type { LoadedIndex, VectorBlock } from '../../store/index.ts';
import { emptyIndex, type LoadedSegments } from './loadSegments.ts';

/**
 * A tab's index in memory: the engine's segments and their relation to the store. Replaced as a
 * whole by a load; after waiting, compare `index` to detect that.
 */
export class IndexMemory {
  readonly #space: TrainSpace;
  kernels: Kernels;
  index: SegmentedIndex;
  /** Generation of the saved form last loaded or written. */
  generation = 0;
  /** Each sealed segment's number in the store, by its key in memory. */
  stored = new Map<number, number>();
  /** Ids added since the last seal, which a seal removes from the stored delta. */
  delta = new Set<PhotoId>();
  /** Ids hidden since the last seal, which a seal leaves out. */
  readonly hidden = new Set<PhotoId>();
  /** Permanently deleted ids, until no segment contains them and no tombstone is left. */
  readonly purged = new Set<PhotoId>();
  /** Ids without a readable vector, not yet recorded in the store. */
  unreadable: readonly PhotoId[] = [];
  /** Number of unreadable vectors in the stored delta. */
  skipped = 0;

  constructor(kernels: Kernels, space: TrainSpace) {
    this.#space = space;
    this.kernels = kernels;
    this.index = emptyIndex(kernels, space);
  }

  /** Adds stored vectors. Ids hidden before their vector arrived stay hidden. */
  addBlock({ ids, vectors }: VectorBlock): void {
    this.index.addAll(ids, vectors);
    for (const id of ids) this.delta.add(id);
    this.index.remove(Array.from(ids).filter((id) => this.hidden.has(id)));
  }

  /** Empties the index. Hidden ids stay hidden. */
  empty(): void {
    const { index } = this;
    this.index = emptyIndex(this.kernels, this.#space);
    index.dispose();
    this.stored.clear();
    this.delta.clear();
    this.unreadable = [];
  }

  /** Replaces the contents; vectors added since they were read stay. */
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
