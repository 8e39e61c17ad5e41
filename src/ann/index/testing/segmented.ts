import { createPrng } from '../../../base/prng.ts';
import { clusteredUnitVectors } from '../../eval/synthetic.ts';
import type { Kernels } from '../../kernels/kernels.ts';
import { SegmentedIndex } from '../segmented/segmentedIndex.ts';

export const D = 12;
export const SPACE = { spaceId: 'test/12', metric: 'ip', d: D } as const;

/** Draws vectors of the tests' space. */
export function source(seed: number): (n: number) => Float32Array<ArrayBuffer> {
  return clusteredUnitVectors({ d: D, centres: 6 }, createPrng(seed));
}

/** An index with vectors of ids 1 to `n` in its delta. */
export function filled(kernels: Kernels, n: number, seed = 1) {
  const vectors = source(seed)(n);
  const index = new SegmentedIndex(kernels, SPACE);
  const ids = Array.from({ length: n }, (_, row) => row + 1);
  index.addAll(ids, vectors);
  return { index, vectors, vector: (id: number) => vectors.slice((id - 1) * D, id * D) };
}

/** Seals the delta and the given segments (default: all), with no changes in between. */
export function reseal(index: SegmentedIndex, keys?: readonly number[]): ArrayBuffer {
  const compaction = index.beginCompaction(keys);
  const container = index.write(compaction);
  index.commit(container, compaction);
  return container;
}
