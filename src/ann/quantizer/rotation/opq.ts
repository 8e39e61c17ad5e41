import { checkInteger } from '../../../base/checks.ts';
import { createPrng } from '../../../base/prng.ts';
import type { Kernels } from '../../kernels/kernels.ts';
import { type PqOptions, ProductQuantizer } from '../codes/productQuantizer.ts';
import { pacer, partOf, type TrainControl } from '../control.ts';
import { DEFAULT_TOLERANCE, kmeans } from '../kmeans/kmeans.ts';
import { checkRows, columns, sampleRows, sumsByCell } from '../rows.ts';
import { checkDivides } from './allocation.ts';
import { pca } from './pca.ts';
import { orthogonalProcrustes } from './procrustes.ts';
import { parametricRotation, rotateRows } from './rotation.ts';

/** Training options of optimized product quantization. */
export interface OpqOptions extends Omit<PqOptions, 'initial'> {
  /**
   * Maximum number of times the rotation is refitted. Default 20. 0: the parametric rotation alone.
   * Stops when an alternation lowers the error by a smaller share than `tolerance`.
   */
  readonly alternations?: number;
  /** Vectors used to fit the rotation; sampled from more. Default 20,000. */
  readonly maxRotationPoints?: number;
}

/** A rotation and the product quantizer of rotated vectors. */
export interface Opq {
  /** `d × d` float32, row-major, orthogonal: `pq` quantizes `R x`. */
  readonly R: Float32Array<ArrayBuffer>;
  readonly pq: ProductQuantizer;
  /** The mean squared error on the sample in each alternation, before its steps. */
  readonly l2sq: Float64Array;
}

/** Rounds of k-means from scratch under the first rotation, before it is changed. */
const FIRST_ROUNDS = 8;
/** Where the stages begin in the overall progress: after the principal components. */
const FIRST_FROM = 0.1;
const ALTERNATIONS_FROM = 0.2;
const LAST_FROM = 0.7;

/**
 * Optimized product quantization, the non-parametric solution (Ge, He, Ke & Sun, Optimized Product
 * Quantization, 2013, section 3.1), started from the parametric one (section 3.2). Alternately
 * moves each centroid to the mean of its sub-vectors (one round of k-means) and the rotation to the
 * one that brings vectors closest to their decoded codes (orthogonal Procrustes). Finally trains
 * the product quantizer on all vectors, starting from the current centroids.
 *
 * @param vectors `n × d` float32, `n` at least `2^nbits`
 * @throws `invalid-argument` if `M` does not divide `d`, there are fewer vectors than centroids or
 *   an option is out of range; `bad-vector`, `aborted`, `out-of-memory`
 */
export async function trainOpq(
  kernels: Kernels,
  vectors: Float32Array,
  options: OpqOptions,
  control?: TrainControl,
): Promise<Opq> {
  const { alternations = 20, maxRotationPoints = 20_000, ...pqOptions } = options;
  const { d, M, nbits, seed, tolerance = DEFAULT_TOLERANCE } = pqOptions;
  checkDivides(M, d);
  checkRows(vectors, d);
  checkInteger('alternations', alternations, 0, 10_000);
  checkInteger('maxRotationPoints', maxRotationPoints, 2 ** nbits, 0xffffffff);
  const sample = sampleRows(vectors, d, maxRotationPoints, createPrng(seed));
  const components = await pca(sample, d, partOf(control, 0, FIRST_FROM));
  let rotation = parametricRotation(components, M);
  let initial: Float32Array | undefined;
  const history: number[] = [];
  if (alternations > 0) {
    const part = partOf(control, FIRST_FROM, ALTERNATIONS_FROM - FIRST_FROM);
    const rotated = await rotateRows(kernels, Float32Array.from(rotation), sample, d, quiet(part));
    const rounds = { ...pqOptions, iterations: FIRST_ROUNDS };
    initial = (await ProductQuantizer.train(kernels, rotated, rounds, part)).pqCentroids;
  }
  for (let t = 0; initial && t < alternations; t++) {
    const share = (LAST_FROM - ALTERNATIONS_FROM) / alternations;
    const part = partOf(control, ALTERNATIONS_FROM + t * share, share);
    const turn = await alternate(kernels, sample, rotation, initial, pqOptions, part);
    rotation = turn.rotation;
    initial = turn.pqCentroids;
    history.push(turn.l2sq);
    if (history[t - 1]! - turn.l2sq < tolerance * history[t - 1]!) break;
  }
  const R = Float32Array.from(rotation);
  const last = partOf(control, LAST_FROM, 1 - LAST_FROM);
  const rotated = await rotateRows(kernels, R, vectors, d, quiet(last));
  const warm = { ...pqOptions, ...(initial && { initial }) };
  const pq = await ProductQuantizer.train(kernels, rotated, warm, last);
  return { R, pq, l2sq: Float64Array.from(history) };
}

/** A control for a part whose progress is reported by its caller. */
function quiet(control: TrainControl | undefined): TrainControl | undefined {
  return partOf(control, 0, 0);
}

interface Turn {
  readonly rotation: Float64Array<ArrayBuffer>;
  readonly pqCentroids: Float32Array;
  /** The mean squared error before the alternation. */
  readonly l2sq: number;
}

/** One round of k-means in each subspace, then the best rotation for the result. */
async function alternate(
  kernels: Kernels,
  sample: Float32Array,
  rotation: Float64Array,
  pqCentroids: Float32Array,
  { d, M, nbits, seed }: PqOptions,
  control: TrainControl | undefined,
): Promise<Turn> {
  const k = 2 ** nbits;
  const dsub = d / M;
  const pace = pacer(control, 'rotation');
  const rotated = await rotateRows(kernels, Float32Array.from(rotation), sample, d, quiet(control));
  const moved = new Float32Array(pqCentroids.length);
  const correlation = new Float64Array(d * d);
  let l2sq = 0;
  for (let m = 0; m < M; m++) {
    const at = m * k * dsub;
    const found = await kmeans(
      kernels,
      columns(rotated, d, m * dsub, dsub),
      {
        d: dsub,
        k,
        iterations: 1,
        seed: seed + m,
        initial: pqCentroids.subarray(at, at + k * dsub),
        // Every row's cell is needed, not only a sample's.
        maxPointsPerCentroid: Math.ceil(sample.length / d / k),
      },
      quiet(control),
    );
    l2sq += found.l2sq[0]!;
    moved.set(found.centroids, at);
    addCorrelation(correlation, sample, d, found, m * dsub, dsub);
    const wait = pace(sample.length + k * dsub * d, m / M);
    if (wait) await wait;
  }
  const better = await orthogonalProcrustes(correlation, rotation, d, quiet(control));
  return { rotation: Float64Array.from(better), pqCentroids: moved, l2sq };
}

/**
 * Adds, in rows `first … first + dsub − 1`, the sum over all vectors x of (centroid of x) xᵀ.
 * Summed by cell first, in `n d` additions instead of `n d dsub`.
 */
function addCorrelation(
  correlation: Float64Array,
  sample: Float32Array,
  d: number,
  { centroids, cells }: { readonly centroids: Float32Array; readonly cells: Uint32Array },
  first: number,
  dsub: number,
): void {
  const k = centroids.length / dsub;
  const sums = sumsByCell(sample, d, cells, k);
  for (let cell = 0; cell < k; cell++) {
    for (let j = 0; j < dsub; j++) {
      const value = centroids[cell * dsub + j]!;
      const to = (first + j) * d;
      const from = cell * d;
      for (let i = 0; i < d; i++)
        correlation[to + i] = correlation[to + i]! + value * sums[from + i]!;
    }
  }
}
