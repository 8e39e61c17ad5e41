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

/** How optimized product quantization is trained. */
export interface OpqOptions extends Omit<PqOptions, 'initial'> {
  /**
   * Times the rotation is found anew at most. Default 20. 0: the parametric rotation alone. It ends
   * where a turn lowers the error by a smaller share than `tolerance`.
   */
  readonly alternations?: number;
  /** Vectors that the rotation is found on; more are drawn from. Default 20,000. */
  readonly maxRotationPoints?: number;
}

/** A rotation and the product quantizer of what it makes of vectors. */
export interface Opq {
  /** `d × d` float32, row-major, orthogonal: `pq` quantizes `R x`. */
  readonly R: Float32Array<ArrayBuffer>;
  readonly pq: ProductQuantizer;
  /** The mean squared error on the sample in each alternation, before that one's steps. */
  readonly l2sq: Float64Array;
}

/** Rounds of k-means from scratch in the first rotation, before the rotation is moved at all. */
const FIRST_ROUNDS = 8;
/** Where in the progress the parts begin: after the principal components. */
const FIRST_FROM = 0.1;
const ALTERNATIONS_FROM = 0.2;
const LAST_FROM = 0.7;

/**
 * Optimized product quantization, the non-parametric solution (Ge, He, Ke & Sun, Optimized Product
 * Quantization, 2013, section 3.1), started from the parametric one (section 3.2): in turn each
 * centroid is moved to the mean of its sub-vectors (one round of k-means), and the rotation to the
 * one for which the vectors come nearest to what their codes stand for (orthogonal Procrustes). Last,
 * the product quantizer is trained on all of the vectors, on from where it is.
 *
 * @param vectors `n × d` float32, `n` at least `2^nbits`
 * @throws `invalid-argument` where `M` does not divide `d`, there are fewer vectors than centroids
 *   or an option is out of its range; `bad-vector`, `aborted`, `out-of-memory`
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

/** Of a part whose progress is told by what comes after it: it stays where it begins. */
function quiet(control: TrainControl | undefined): TrainControl | undefined {
  return partOf(control, 0, 0);
}

interface Turn {
  readonly rotation: Float64Array<ArrayBuffer>;
  readonly pqCentroids: Float32Array;
  /** The mean squared error before the turn. */
  readonly l2sq: number;
}

/** One round of k-means in each sub-space, then the best rotation for what it found. */
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
        // Every row's cell is needed, not only those of a part.
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
 * Adds, in rows `first … first + dsub − 1`, the sum over all vectors x of (centroid of x) xᵀ. Summed
 * by cell first: that is `n d` additions in place of `n d dsub`.
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
