import { dot } from './dot.ts';
import { Neighborhood } from './neighborhood.ts';

/** A result to rerank. */
export interface Candidate {
  /** `d` values, unit length; may be reconstructed from codes. */
  readonly vector: Float32Array;
  /** The chance, in (0, 1], that an unrelated photo is at least this similar to the query. */
  readonly pValue: number;
}

/** Neighbors that a candidate is averaged with. */
const NEIGHBORS = 5;
/** Candidates reranked at most: 240 of 384 dimensions take about 11 million multiplications. */
export const RERANKED = 240;
/** At or below this chance, a photo is nearly identical to the query, and keeps its rank. */
const SAME = 1e-6;

/**
 * Reranks the results of one example by what their neighbors look like: each candidate is averaged
 * with its nearest fellow candidates, weighted by the cube of their cosine, and compared with the
 * query again. Photos of one thing then agree on what it looks like, so odd views of it rank higher.
 * The weights are those of alpha query expansion (Radenović, Tolias and Chum 2018, α = 3), applied to
 * candidates as in database-side augmentation (Turcot and Lowe 2009).
 *
 * Neighbors are sought among the candidates only, which bounds the cost and needs no stored graph: a
 * good candidate's nearest photos are candidates, too. No candidate passes one whose odds are of a
 * better power of ten, so what is said about similarity remains in order.
 *
 * Time O(n² d), memory O(n² + n d), for at most `RERANKED` candidates.
 *
 * @param query `d` values, unit length
 * @param candidates best first; those beyond `RERANKED` keep their places
 * @param neighborhood of the candidates, at most the first `RERANKED`
 * @returns the new order as indexes of `candidates`
 */
export function rerank(
  query: Float32Array,
  candidates: readonly Candidate[],
  { cosines }: Neighborhood = neighborhoodOf(candidates),
): Uint32Array {
  const n = Math.min(candidates.length, RERANKED);
  const order = Uint32Array.from(candidates, (_, i) => i);
  if (n < 3) return order;
  const scores = new Float64Array(n);
  const decades = new Int32Array(n);
  for (let i = 0; i < n; i++) scores[i] = dot(query, candidates[i]!.vector);
  const smoothed = smoothedScores(cosines, scores, n);
  for (let i = 0; i < n; i++) {
    const { pValue } = candidates[i]!;
    // The rounding error of a chance such as one in a million must not change the decade.
    decades[i] = Math.floor(-Math.log10(Math.max(pValue, SAME)) + 1e-9);
    if (pValue <= SAME * (1 + 1e-9)) smoothed[i] = Infinity;
  }
  order
    .subarray(0, n)
    .sort((a, b) => decades[b]! - decades[a]! || descending(smoothed[a]!, smoothed[b]!) || a - b);
  return order;
}

/** Of the candidates that are reranked. */
export function neighborhoodOf(candidates: readonly Candidate[]): Neighborhood {
  return new Neighborhood(candidates.slice(0, RERANKED).map(({ vector }) => vector));
}

/** Infinities compare as equal. */
function descending(a: number, b: number): number {
  return a === b ? 0 : b - a;
}

/**
 * The cosine of the query and each candidate averaged with its neighbors, from the cosines alone:
 * both the dot product with the mean and the mean's length are sums of them.
 */
function smoothedScores(cosines: Float32Array, scores: Float64Array, n: number): Float64Array {
  const members = new Uint32Array(NEIGHBORS + 1);
  const weights = new Float64Array(NEIGHBORS + 1);
  const smoothed = new Float64Array(n);
  for (let i = 0; i < n; i++) {
    const count = nearest(cosines, i, n, members, weights);
    let sum = 0;
    let squares = 0;
    for (let a = 0; a < count; a++) {
      sum += weights[a]! * scores[members[a]!]!;
      for (let b = 0; b < count; b++) {
        squares += weights[a]! * weights[b]! * cosines[members[a]! * n + members[b]!]!;
      }
    }
    smoothed[i] = squares > 0 ? sum / Math.sqrt(squares) : scores[i]!;
  }
  return smoothed;
}

/** Fills in a candidate and its nearest fellow candidates, with their weights; returns how many. */
function nearest(
  cosines: Float32Array,
  i: number,
  n: number,
  members: Uint32Array,
  weights: Float64Array,
): number {
  members[0] = i;
  weights[0] = 1;
  let count = 1;
  for (let j = 0; j < n; j++) {
    if (j === i) continue;
    const cosine = cosines[i * n + j]!;
    if (count > NEIGHBORS && cosine <= cosines[i * n + members[NEIGHBORS]!]!) continue;
    let at = Math.min(count, NEIGHBORS);
    while (at > 1 && cosines[i * n + members[at - 1]!]! < cosine) {
      members[at] = members[at - 1]!;
      at--;
    }
    members[at] = j;
    if (count <= NEIGHBORS) count++;
  }
  for (let a = 1; a < count; a++) {
    weights[a] = Math.max(0, cosines[i * n + members[a]!]!) ** 3;
  }
  return count;
}
