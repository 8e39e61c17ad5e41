import type { Kernels } from '../../kernels/kernels.ts';
import type { TrainControl } from '../../quantizer/control.ts';
import { kmeans } from '../../quantizer/kmeans/kmeans.ts';

/*
 * Effort spent on the centroids, chosen by its effect. Measured with 512 cells, 125,000 vectors of
 * 128 dimensions (`clusteredUnitVectors`) and exact distances in the cells opened: the share of the
 * true nearest ten in the cells that hold 2 % of the vectors, mean of two seeds.
 *
 *   points per cell   at most 10 rounds   stopped at 0.5 % (7)   stopped at 1 % (5)
 *                32                             0.691
 *                64         0.706               0.705
 *               128         0.728               0.722               0.710
 *               256                             0.732
 *
 * So points matter more than rounds; 256 would double the cost for little gain. With 4,096 cells of
 * 128 dimensions the limit per round leaves 64 points: about 12 s per round on one core, under two
 * minutes in total.
 */
const ITERATIONS = 10;
const TOLERANCE = 5e-3;
const MAX_POINTS_PER_CENTROID = 128;
const MIN_POINTS_PER_CENTROID = 16;
/** Multiply-adds per round at most, unless that leaves fewer than `MIN_POINTS_PER_CENTROID`. */
const WORK_PER_ROUND = 2 ** 37;

/** Number of vectors to train a coarse quantizer on; more are not used. */
export function coarseSampleSize(nlist: number, d: number): number {
  const affordable = Math.floor(WORK_PER_ROUND / (nlist * nlist * d));
  const points = Math.max(MIN_POINTS_PER_CENTROID, Math.min(MAX_POINTS_PER_CENTROID, affordable));
  return nlist * points;
}

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
    {
      d,
      k: nlist,
      iterations: ITERATIONS,
      tolerance: TOLERANCE,
      seed,
      maxPointsPerCentroid: coarseSampleSize(nlist, d) / nlist,
    },
    control,
  );
  return centroids;
}
