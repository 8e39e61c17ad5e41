import { AkinError } from '../../../base/errors.ts';
import { createPrng } from '../../../base/prng.ts';
import type { Kernels } from '../../kernels/kernels.ts';
import { ProductQuantizer } from '../../quantizer/codes/productQuantizer.ts';
import type { TrainControl } from '../../quantizer/control.ts';
import { partOf } from '../../quantizer/control.ts';
import { cellsOf } from '../../quantizer/kmeans/assigner.ts';
import { trainOpq } from '../../quantizer/rotation/opq.ts';
import { rotateRows } from '../../quantizer/rotation/rotation.ts';
import { sampleRows } from '../../quantizer/rows.ts';
import { coarseSampleSize, trainCoarse } from '../cells/coarseTrain.ts';
import { codeShape } from '../codes/codeShape.ts';
import type { PqBits } from '../spec.ts';
import type { CodedModel } from './codedParts.ts';

/** Training rows per sub-centroid: more barely lower the quantization error. */
const POINTS_PER_SUB_CENTROID = 256;
/**
 * Limits on OPQ alternations before residual codes: their number and their total cost in units of
 * `d³`. For large `d` the first few gain most, since they start from principal components, and each
 * costs `d³`.
 */
const MOST_ALTERNATIONS = 20;
const ROTATION_WORK = 2 ** 26;
/** Shares of the progress if all parts are trained. */
const ROTATION_SHARE = 0.4;
const COARSE_SHARE = 0.8;

/** What to train. */
export interface CodedTraining {
  readonly d: number;
  readonly M: number;
  readonly nbits: PqBits;
  readonly opq: boolean;
  readonly seed: number;
}

/**
 * Trains codes of whole vectors, after a rotation if requested.
 *
 * @param sample `n × d`
 * @throws `invalid-argument` if the codes cannot be scanned, `out-of-memory`, `aborted`
 */
export async function trainCodes(
  kernels: Kernels,
  sample: Float32Array,
  { opq, ...training }: CodedTraining,
  control?: TrainControl,
): Promise<CodedModel> {
  const { d, M, nbits, seed } = training;
  const shape = scannableShape(training);
  const rows = sampleRows(sample, d, POINTS_PER_SUB_CENTROID * shape.ksub, createPrng(seed));
  const options = { d, M, nbits, seed, maxPointsPerCentroid: POINTS_PER_SUB_CENTROID };
  if (!opq) {
    const { pqCentroids } = await ProductQuantizer.train(kernels, rows, options, control);
    return { shape, rotation: null, coarse: null, pqCentroids };
  }
  const { R, pq } = await trainOpq(kernels, rows, options, control);
  return { shape, rotation: R, coarse: null, pqCentroids: pq.pqCentroids };
}

/**
 * Trains codes of residuals: the rotation if requested, then in rotated space the `nlist` cell
 * centroids, then the sub-centroids of the residuals.
 *
 * @param sample `n × d`
 * @throws `invalid-argument` if the codes cannot be scanned, `out-of-memory`, `aborted`
 */
export async function trainResidualCodes(
  kernels: Kernels,
  sample: Float32Array,
  nlist: number,
  training: CodedTraining,
  control?: TrainControl,
): Promise<CodedModel> {
  const { d, M, nbits, opq, seed } = training;
  const shape = scannableShape(training);
  const codePoints = POINTS_PER_SUB_CENTROID * shape.ksub;
  const points = Math.max(codePoints, coarseSampleSize(nlist, d));
  const rows = sampleRows(sample, d, points, createPrng(seed));
  const forRotation = partOf(control, 0, ROTATION_SHARE);
  const R = opq ? await trainRotation(kernels, rows, training, shape.ksub, forRotation) : null;
  const rest = R ? partOf(control, ROTATION_SHARE, 1 - ROTATION_SHARE) : control;
  const rotated = R ? await rotateRows(kernels, R, rows, d, partOf(rest, 0, 0)) : rows;
  const forCoarse = partOf(rest, 0, COARSE_SHARE);
  const coarse = await trainCoarse(kernels, rotated, { d, nlist, seed }, forCoarse);
  const some = sampleRows(rotated, d, codePoints, createPrng(seed));
  const { pqCentroids } = await ProductQuantizer.train(
    kernels,
    await residualsOf(kernels, coarse, some, d, partOf(rest, COARSE_SHARE, 0)),
    { d, M, nbits, seed, maxPointsPerCentroid: POINTS_PER_SUB_CENTROID },
    partOf(rest, COARSE_SHARE, 1 - COARSE_SHARE),
  );
  return { shape, rotation: R, coarse, pqCentroids };
}

/** Trains the rotation alone, at a cost bounded independently of `d`. */
async function trainRotation(
  kernels: Kernels,
  rows: Float32Array,
  { d, M, nbits, seed }: CodedTraining,
  ksub: number,
  control: TrainControl | undefined,
): Promise<Float32Array> {
  const some = sampleRows(rows, d, POINTS_PER_SUB_CENTROID * ksub, createPrng(seed));
  const alternations = Math.min(MOST_ALTERNATIONS, Math.ceil(ROTATION_WORK / d ** 3));
  const { R } = await trainOpq(kernels, some, { d, M, nbits, seed, alternations }, control);
  return R;
}

function scannableShape({ d, M, nbits }: Omit<CodedTraining, 'opq'>) {
  const shape = codeShape(d, M, nbits);
  if (shape) return shape;
  throw new AkinError('invalid-argument', `${M} codes of ${nbits} bits cannot be scanned`);
}

/** Residuals of rows relative to their cell centroids. */
async function residualsOf(
  kernels: Kernels,
  centroids: Float32Array,
  rows: Float32Array,
  d: number,
  control: TrainControl | undefined,
): Promise<Float32Array<ArrayBuffer>> {
  const residuals = Float32Array.from(rows);
  const cells = await cellsOf(kernels, rows, centroids, d, control);
  cells.forEach((cell, row) => {
    const at = row * d;
    for (let i = 0; i < d; i++) residuals[at + i]! -= centroids[cell * d + i]!;
  });
  return residuals;
}
