import { EigenvalueDecomposition, Matrix } from 'ml-matrix';
import type { VisualStatistics } from '../../src/vision/fitFile.ts';
import { D, JOINED_DIMS } from '../../src/vision/fitFile.ts';
import { joinTaps, signedRoot } from '../../src/vision/visualVector.ts';

/** Smallest deviation that is believed: a value that never moves must not be blown up. */
const LEAST_DEVIATION = 1e-3;

/** Mean and 1 / deviation of each rooted value over all photos. */
function standardise(taps: readonly Float32Array[]) {
  const mean = new Float32Array(JOINED_DIMS);
  const inverseDeviation = new Float32Array(JOINED_DIMS);
  for (let i = 0; i < JOINED_DIMS; i++) {
    let sum = 0;
    let squares = 0;
    for (const tap of taps) {
      const root = signedRoot(tap[i]!);
      sum += root;
      squares += root * root;
    }
    const average = sum / taps.length;
    const variance = Math.max(0, squares / taps.length - average * average);
    mean[i] = average;
    inverseDeviation[i] = 1 / Math.max(Math.sqrt(variance), LEAST_DEVIATION);
  }
  return { mean, inverseDeviation };
}

/** The two nets' parts of one array of taps. */
export const split = (taps: Float32Array): Float32Array[] => [
  taps.subarray(0, 1792),
  taps.subarray(1792),
];

/**
 * Fits the statistics of `visual-v1` to raw taps.
 *
 * With fewer photos than values the eigenproblem is that of the Gram matrix `X Xᵀ` (n × n): its
 * eigenvector u to λ gives the component `Xᵀ u / √λ`, of variance `λ / n` (Turk, Pentland 1991).
 *
 * @param taps one array of `JOINED_DIMS` values a photo; more photos than `D`
 */
export function fitStatistics(taps: readonly Float32Array[]): VisualStatistics {
  const { mean, inverseDeviation } = standardise(taps);
  const joined = taps.map((tap) => joinTaps(split(tap), { mean, inverseDeviation }));
  const centre = new Float64Array(JOINED_DIMS);
  for (const row of joined) for (let i = 0; i < JOINED_DIMS; i++) centre[i]! += row[i]!;
  for (let i = 0; i < JOINED_DIMS; i++) centre[i]! /= joined.length;
  const x = new Matrix(joined.map((row) => Array.from(row, (value, i) => value - centre[i]!)));
  const gram = x.mmul(x.transpose());
  const solved = new EigenvalueDecomposition(gram, { assumeSymmetric: true });

  const bias = new Float32Array(D);
  const rowScale = new Float32Array(D);
  const components = new Int8Array(D * JOINED_DIMS);
  const values = solved.realEigenvalues;
  const order = values.map((_, i) => i).sort((a, b) => values[b]! - values[a]!);
  for (let row = 0; row < D; row++) {
    const lambda = values[order[row]!]!;
    const u = solved.eigenvectorMatrix.getColumn(order[row]!);
    const component = Matrix.rowVector(u).mmul(x).div(Math.sqrt(lambda)).getRow(0);
    // The sign is the solver's whim; fixed, so that every machine makes the same file.
    const largest = component.reduce((a, b) => (Math.abs(b) > Math.abs(a) ? b : a), 0);
    const step = largest / 127;
    const halfWhitening = (lambda / joined.length) ** -0.25;
    let shift = 0;
    for (let i = 0; i < JOINED_DIMS; i++) {
      const level = Math.round(component[i]! / step);
      components[row * JOINED_DIMS + i] = level;
      shift += level * Math.abs(step) * halfWhitening * centre[i]!;
    }
    rowScale[row] = Math.abs(step) * halfWhitening;
    bias[row] = shift;
  }
  return { mean, inverseDeviation, bias, rowScale, components };
}

/** The bytes of `fit.bin`, in the order in which `readFit` views them; little-endian like every machine that runs this. */
export function fitBytes(statistics: VisualStatistics): Uint8Array<ArrayBuffer> {
  const { mean, inverseDeviation, bias, rowScale, components } = statistics;
  const parts = [mean, inverseDeviation, bias, rowScale, components];
  const bytes = new Uint8Array(parts.reduce((sum, part) => sum + part.byteLength, 0));
  let at = 0;
  for (const part of parts) {
    bytes.set(new Uint8Array(part.buffer, part.byteOffset, part.byteLength), at);
    at += part.byteLength;
  }
  return bytes;
}
