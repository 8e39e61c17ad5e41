import type { Kernels, SegmentedIndex, TrainControl, VectorSpace } from '../../ann/index.ts';
import { checkpoint, trainIndex } from '../../ann/index.ts';
import { engineVectors, type FaceVectors } from './faceVectors.ts';

/** With fewer faces, scanning all for each takes no longer than the training. */
const WORTHWHILE = 5_000;
const ROWS_AT_ONCE = 2_048;

/** Vectors for `Clusters.recluster`; dispose them after use. */
export interface BatchVectors extends FaceVectors {
  dispose(): void;
}

/**
 * A temporary IVF index over the vectors of an index, for reclustering: a neighbor query costs a
 * small fraction of a scan. Clustering queries every face, so exact scans would take quadratic
 * time.
 *
 * It takes as much memory as the vectors. Faces added later are not found in it.
 *
 * @throws `aborted`, `out-of-memory`
 */
export async function batchVectors(
  kernels: Kernels,
  index: VectorSpace & Pick<SegmentedIndex, 'liveIds' | 'vectorOf' | 'search'>,
  control?: TrainControl,
): Promise<BatchVectors> {
  const faceKeys = index.liveIds();
  const exact = engineVectors(index);
  if (faceKeys.length < WORTHWHILE) return { ...exact, dispose: () => {} };
  const { d } = index;
  const vectors = new Float32Array(faceKeys.length * d);
  for (const [place, faceKey] of faceKeys.entries()) {
    if (place % ROWS_AT_ONCE === 0) await checkpoint(control, 'vectors', 0);
    // A face removed during a pause keeps a zero vector here, which is near no other.
    vectors.set(index.vectorOf(faceKey) ?? [], place * d);
  }
  const builder = await trainIndex(kernels, index, { kind: 'ivf' }, vectors, control);
  try {
    const cells = await builder.findCells?.(vectors, control);
    builder.add(faceKeys, vectors, cells);
    const sealed = builder.seal();
    const search = sealed.search.bind(sealed);
    const { neighbours } = engineVectors({ d, vectorOf: exact.vectorOf, search });
    return { ...exact, neighbours, dispose: () => sealed.dispose() };
  } finally {
    builder.dispose();
  }
}
