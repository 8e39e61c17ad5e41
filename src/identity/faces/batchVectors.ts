import type { Kernels, SegmentedIndex, TrainControl, VectorSpace } from '../../ann/index.ts';
import { checkpoint, trainIndex } from '../../ann/index.ts';
import { engineVectors, type FaceVectors } from './faceVectors.ts';

/** Below so many faces, a scan of all for each of them takes no longer than the training. */
const WORTHWHILE = 5_000;
const ROWS_AT_ONCE = 2_048;

/** Vectors for `Clusters.recluster`, to be given back after it. */
export interface BatchVectors extends FaceVectors {
  dispose(): void;
}

/**
 * A second look at the faces of an index, for the time of a re-clustering: an inverted file over
 * their vectors, in which a neighbourhood costs a small part of a scan. A clustering asks for one
 * around every face, so that the scans of an exact index would take as long as the faces squared.
 *
 * It takes as much memory as the vectors do. A face that comes in later is not found in it.
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
    // One that was removed in a pause stays a zero vector here, and is near nobody.
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
