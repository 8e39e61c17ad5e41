/** One example of what to find, or of what not to find. */
export interface VectorTerm {
  /** `d` values, unit length. */
  readonly vector: Float32Array;
  /** Above 0: more like this; below 0: less like this. 0 is ignored. */
  readonly weight: number;
}

/** Weight of the negative examples together, where the positive ones together have 1: Rocchio's γ. */
export const LESS = 0.5;

/** Below this length a combined vector is rounding error: its terms cancel out. */
const SHORTEST = 1e-4;

/**
 * Combines examples into one query vector: the weighted mean of the positive ones minus `less` times
 * the weighted mean of the negative ones, at unit length (Rocchio 1971, without an original query:
 * it is one of the positive examples). With only negative examples, points away from them.
 *
 * @param d length of all vectors
 * @returns `null` if there are no examples, or if they cancel out
 */
export function combine(
  terms: readonly VectorTerm[],
  d: number,
  less = LESS,
): Float32Array<ArrayBuffer> | null {
  const query = new Float32Array(d);
  const positive = sumOf(terms, 1);
  const negative = sumOf(terms, -1);
  for (const { vector, weight } of terms) {
    if (weight === 0) continue;
    const share = weight > 0 ? weight / positive : (weight / negative) * (positive > 0 ? less : 1);
    for (let i = 0; i < d; i++) query[i]! += share * vector[i]!;
  }
  let sum = 0;
  for (let i = 0; i < d; i++) sum += query[i]! * query[i]!;
  const length = Math.sqrt(sum);
  // Also for NaN.
  if (!(length > SHORTEST)) return null;
  for (let i = 0; i < d; i++) query[i]! /= length;
  return query;
}

/** Sum of the magnitudes of the weights of one sign. */
function sumOf(terms: readonly VectorTerm[], sign: 1 | -1): number {
  return terms.reduce((sum, { weight }) => sum + Math.max(0, sign * weight), 0);
}
