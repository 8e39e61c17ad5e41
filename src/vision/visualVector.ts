import type { VisualStatistics } from './fitFile.ts';
import { D, JOINED_DIMS, NET_DIMS } from './fitFile.ts';

/** Divides by the Euclidean length in place; a zero vector stays zero. */
function normalise(values: Float32Array): void {
  let sum = 0;
  for (let i = 0; i < values.length; i++) sum += values[i]! * values[i]!;
  const scale = sum > 0 ? 1 / Math.sqrt(sum) : 0;
  for (let i = 0; i < values.length; i++) values[i]! *= scale;
}

/**
 * Signed square root, which tames the few strong activations that would else rule the distance
 * (Perronnin, Sánchez, Mensink: Improving the Fisher Kernel, ECCV 2010).
 */
export const signedRoot = (x: number): number => Math.sign(x) * Math.sqrt(Math.abs(x));

/**
 * Joins the taps of the nets: each rooted, standardised, made a unit vector, then put side by side.
 *
 * @param taps one array a net, of `NET_DIMS` values
 * @returns `JOINED_DIMS` values
 */
export function joinTaps(
  taps: readonly Float32Array[],
  { mean, inverseDeviation }: Pick<VisualStatistics, 'mean' | 'inverseDeviation'>,
): Float32Array {
  const joined = new Float32Array(JOINED_DIMS);
  let start = 0;
  for (const [net, dims] of NET_DIMS.entries()) {
    const tap = taps[net]!;
    for (let i = 0; i < dims; i++) {
      const at = start + i;
      joined[at] = (signedRoot(tap[i]!) - mean[at]!) * inverseDeviation[at]!;
    }
    normalise(joined.subarray(start, start + dims));
    start += dims;
  }
  return joined;
}

/**
 * The visual vector: principal components with half whitening (each divided by the fourth root
 * of its eigenvalue; cf. Jégou, Chum: Negative evidences and co-occurrences, ECCV 2012), L2.
 *
 * @param taps one array a net, of `NET_DIMS` values
 * @returns a unit vector of `D` values
 */
export function visualVector(
  taps: readonly Float32Array[],
  fit: VisualStatistics,
): Float32Array<ArrayBuffer> {
  const joined = joinTaps(taps, fit);
  const { components, rowScale, bias } = fit;
  const vector = new Float32Array(D);
  for (let row = 0; row < D; row++) {
    const start = row * JOINED_DIMS;
    let sum = 0;
    for (let i = 0; i < JOINED_DIMS; i++) sum += components[start + i]! * joined[i]!;
    vector[row] = sum * rowScale[row]! - bias[row]!;
  }
  normalise(vector);
  return vector;
}
