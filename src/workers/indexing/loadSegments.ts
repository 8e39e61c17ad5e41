import { type Kernels, SegmentedIndex } from '../../ann/index.ts';
import { toAkinError } from '../../base/errors.ts';
import type { TrainSpace } from '../../protocol/index.ts';
import type { LoadedIndex } from '../../store/index.ts';

export interface LoadedSegments {
  readonly index: SegmentedIndex;
  /** Each sealed segment's number in the store, by its key in the index. */
  readonly stored: Map<number, number>;
  /** Why it can't be used, in words; `null` if it can. */
  readonly damage: string | null;
}

/** An empty index. */
export function emptyIndex(
  kernels: Kernels,
  { id: spaceId, metric, d }: TrainSpace,
): SegmentedIndex {
  return new SegmentedIndex(kernels, { spaceId, metric, d });
}

/** Assembles the saved index in memory and checks that it is complete. */
export function loadSegments(
  loaded: LoadedIndex,
  kernels: Kernels,
  space: TrainSpace,
): LoadedSegments {
  const index = emptyIndex(kernels, space);
  const stored = new Map<number, number>();
  let { damage } = loaded;
  try {
    for (const { blob, id } of loaded.segments) stored.set(index.load(blob), id);
  } catch (thrown) {
    damage = toAkinError(thrown).message;
  }
  index.addAll(loaded.delta.ids, loaded.delta.vectors);
  index.remove(loaded.tombstones);
  const unreadable = loaded.delta.skipped.length;
  if (loaded.stored !== null && !holdsAll(index, unreadable, loaded.stored)) {
    damage ??= 'It does not hold the photos that the library has.';
  }
  return { index, stored, damage };
}

/**
 * Whether an index holds as many vectors as are stored. Each stored vector has a row or is
 * unreadable; hidden ones may have lost their row.
 */
export function holdsAll(index: SegmentedIndex, unreadable: number, stored: number): boolean {
  const { live, ntotal } = index.stats();
  return live <= stored && stored <= ntotal + unreadable;
}
