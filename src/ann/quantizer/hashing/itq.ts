import { checkInteger } from '../../../base/checks.ts';
import { AkinError } from '../../../base/errors.ts';
import type { Prng } from '../../../base/prng.ts';
import { createPrng } from '../../../base/prng.ts';
import type { Kernels } from '../../kernels/kernels.ts';
import { pacer, partOf, type TrainControl } from '../control.ts';
import type { Pca } from '../rotation/pca.ts';
import { pca } from '../rotation/pca.ts';
import { orthogonalProcrustes } from '../rotation/procrustes.ts';
import { identityRotation } from '../rotation/rotation.ts';
import { checkRows, sampleRows } from '../rows.ts';
import { SignCorrelator } from './signCorrelator.ts';

/** Training options of iterative quantization. */
export interface ItqOptions {
  /** Components of a vector. */
  readonly d: number;
  /** Bits of a code, at most `d`. */
  readonly nbits: number;
  readonly seed: number;
  /** Maximum number of times the rotation is refitted. Default 50, the authors' number. */
  readonly iterations?: number;
  /** Stops when an iteration raises the fit by a smaller share. Default 0.0001. */
  readonly tolerance?: number;
  /** Vectors to train on; sampled from more. Default 64 per bit, at least 8 per component. */
  readonly maxPoints?: number;
}

/** A trained binary code: bit `b` of a vector `x` is set if `direction_b · (x − mean) ≥ 0`. */
export interface Itq {
  /** (d) */
  readonly mean: Float32Array<ArrayBuffer>;
  /**
   * `nbits × d`, row-major and orthogonal. The length of a direction is the mean distance of a
   * vector to its hyperplane, so `mean + Σ_b ± direction_b` approximates the vectors with that code.
   */
  readonly directions: Float32Array<ArrayBuffer>;
  /** `mean Σ_b |direction_b · (x − mean)|` for unit directions, before each refit: never falls. */
  readonly fit: Float64Array<ArrayBuffer>;
}

const POINTS_PER_BIT = 64;
const POINTS_PER_COMPONENT = 8;
/** Share of the progress taken by the principal components. */
const PCA_SHARE = 0.3;

/**
 * Iterative quantization (Gong and Lazebnik, Iterative quantization: a Procrustean approach to
 * learning binary codes, 2011): projects vectors on their first `nbits` principal components, then
 * rotates these so that the signs lose as little as possible. Signs and rotation are fitted in
 * turn, as in OPQ with one centroid pair per component.
 *
 * @param vectors `n × d` float32, `n` at least 1
 * @throws `invalid-argument` for more bits than components, no vectors, or an option out of range;
 *   `bad-vector`, `aborted`, `out-of-memory`
 */
export async function trainItq(
  kernels: Kernels,
  vectors: Float32Array,
  options: ItqOptions,
  control?: TrainControl,
): Promise<Itq> {
  const { d, nbits, seed, iterations = 50, tolerance = 1e-4 } = options;
  if (checkRows(vectors, d) === 0) throw new AkinError('invalid-argument', 'a code of no vectors');
  checkInteger('nbits', nbits, 1, d);
  checkInteger('iterations', iterations, 0, 10_000);
  const { maxPoints = Math.max(POINTS_PER_BIT * nbits, POINTS_PER_COMPONENT * d) } = options;
  checkInteger('maxPoints', maxPoints, 1, 0xffffffff);
  const prng = createPrng(seed);
  const sample = sampleRows(vectors, d, maxPoints, prng);
  const components = await pca(sample, d, partOf(control, 0, PCA_SHARE));
  const rest = partOf(control, PCA_SHARE, 1 - PCA_SHARE);
  const projected = await project(sample, components, nbits, partOf(rest, 0, 0));
  const correlator = new SignCorrelator(kernels, projected, nbits);
  try {
    let rotation = await randomRotation(nbits, prng, partOf(rest, 0, 0));
    const fit: number[] = [];
    for (let t = 0; t < iterations; t++) {
      const part = partOf(rest, t / iterations, 1 / iterations);
      const { correlation, magnitudes } = await correlator.correlate(rotation, part);
      fit.push(sum(magnitudes));
      rotation = await orthogonalProcrustes(correlation, rotation, nbits, partOf(part, 1, 0));
      if (fit[t]! - fit[t - 1]! < tolerance * fit[t - 1]!) break;
    }
    const { magnitudes } = await correlator.correlate(rotation, partOf(rest, 1, 0));
    const mean = Float32Array.from(components.mean);
    const directions = await directionsOf(rotation, components, magnitudes, partOf(rest, 1, 0));
    return { mean, directions, fit: Float64Array.from([...fit, sum(magnitudes)]) };
  } finally {
    correlator.free();
  }
}

/** The rows' first `nbits` principal components, `n × nbits`. */
async function project(
  rows: Float32Array,
  { mean, components }: Pca,
  nbits: number,
  control: TrainControl | undefined,
): Promise<Float32Array> {
  const pace = pacer(control, 'rotation');
  const d = mean.length;
  const n = rows.length / d;
  const projected = new Float32Array(n * nbits);
  const centred = new Float64Array(d);
  for (let row = 0; row < n; row++) {
    for (let i = 0; i < d; i++) centred[i] = rows[row * d + i]! - mean[i]!;
    for (let b = 0; b < nbits; b++) {
      let inner = 0;
      for (let i = 0, at = b * d; i < d; i++) inner += components[at + i]! * centred[i]!;
      projected[row * nbits + b] = inner;
    }
    const wait = pace(nbits * d, 0);
    if (wait) await wait;
  }
  return projected;
}

/** The orthogonal matrix nearest to one of normal numbers: uniform over all rotations. */
function randomRotation(
  d: number,
  prng: Prng,
  control: TrainControl | undefined,
): Promise<Float64Array> {
  const normals = Float64Array.from({ length: d * d }, () => prng.normal());
  return orthogonalProcrustes(normals, Float64Array.from(identityRotation(d)), d, control);
}

/** `rotation · components`, each row scaled by its bit's mean magnitude. */
async function directionsOf(
  rotation: Float64Array,
  { components, mean }: Pca,
  magnitudes: Float64Array,
  control: TrainControl | undefined,
): Promise<Float32Array<ArrayBuffer>> {
  const d = mean.length;
  const nbits = magnitudes.length;
  const pace = pacer(control, 'rotation');
  const directions = new Float32Array(nbits * d);
  const row = new Float64Array(d);
  for (let b = 0; b < nbits; b++) {
    row.fill(0);
    for (let c = 0; c < nbits; c++) {
      const factor = rotation[b * nbits + c]! * magnitudes[b]!;
      for (let i = 0, at = c * d; i < d; i++) row[i] = row[i]! + factor * components[at + i]!;
    }
    directions.set(row, b * d);
    const wait = pace(nbits * d, 0);
    if (wait) await wait;
  }
  return directions;
}

function sum(values: Float64Array): number {
  return values.reduce((total, x) => total + x, 0);
}
