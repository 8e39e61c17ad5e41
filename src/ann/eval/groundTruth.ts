import type { Metric } from '../index/vectorIndex.ts';

/** Base vectors and their ids. */
export interface LabelledVectors {
  /** `n × d`, row-major. */
  readonly vectors: Float32Array;
  /** (n) id of each row. */
  readonly ids: ArrayLike<number>;
  readonly d: number;
}

/** One true neighbour. */
export interface Neighbour {
  readonly id: number;
  /** Inner product or squared L2 distance, in double precision. */
  readonly score: number;
}

/**
 * Finds the true nearest `k`, best first, ties by lower id: computes every distance in double
 * precision and sorts. Shares no code with the kernels, so tests can check them against it.
 */
export function groundTruth(
  metric: Metric,
  base: LabelledVectors,
  query: ArrayLike<number>,
  k: number,
): Neighbour[] {
  const { vectors, ids, d } = base;
  const all = Array.from(ids, (id, row): Neighbour => {
    let score = 0;
    for (let i = 0; i < d; i++) {
      const q = query[i]!;
      const x = vectors[row * d + i]!;
      score += metric === 'ip' ? q * x : (q - x) ** 2;
    }
    return { id, score };
  });
  const sign = metric === 'ip' ? -1 : 1;
  all.sort((a, b) => sign * (a.score - b.score) || a.id - b.id);
  return all.slice(0, k);
}
