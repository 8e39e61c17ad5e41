import type { Metric } from '../index/vectorIndex.ts';

/** What to compare a query with. */
export interface LabelledVectors {
  /** `n × d`, row-major. */
  readonly vectors: Float32Array;
  /** The id of each of the `n` rows. */
  readonly ids: ArrayLike<number>;
  readonly d: number;
}

/** One true neighbour. */
export interface Neighbour {
  readonly id: number;
  /** In double precision: the inner product, or the squared L2 distance. */
  readonly score: number;
}

/**
 * The true nearest `k`, best first, ties by lower id: every distance in double precision, and a
 * plain sort. It shares no code with the kernels, so that it can judge them.
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
