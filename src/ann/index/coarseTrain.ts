import type { Kernels } from '../kernels/kernels.ts';
import type { TrainControl } from '../quantizer/control.ts';
import { kmeans } from '../quantizer/kmeans.ts';

const ITERATIONS = 10;
/**
 * Centroids of a coarse quantizer need not be exact, only the cells even: beyond this many points
 * each, training takes longer and recall does not rise.
 */
export const MAX_POINTS_PER_CENTROID = 64;

/**
 * Trains the centroids of a coarse quantizer.
 *
 * @param sample `n × d`, with `n ≥ nlist`
 * @returns `nlist × d`
 * @throws `invalid-argument`, `out-of-memory`, `aborted`
 */
export async function trainCoarse(
  kernels: Kernels,
  sample: Float32Array,
  { d, nlist, seed }: { readonly d: number; readonly nlist: number; readonly seed: number },
  control?: TrainControl,
): Promise<Float32Array<ArrayBuffer>> {
  const { centroids } = await kmeans(
    kernels,
    sample,
    { d, k: nlist, iterations: ITERATIONS, seed, maxPointsPerCentroid: MAX_POINTS_PER_CENTROID },
    control,
  );
  return centroids;
}
