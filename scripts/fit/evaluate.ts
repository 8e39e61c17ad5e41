import { dot } from '../../src/vision/cosines.ts';

export interface Retrieval {
  readonly precision1: number;
  readonly precision5: number;
  /** Mean average precision over all queries and the whole ranking. */
  readonly map: number;
}

/** Leave-one-out: each vector queries all others; a hit has the same class. */
export function leaveOneOut(
  vectors: readonly Float32Array[],
  classes: readonly string[],
): Retrieval {
  let first = 0;
  let five = 0;
  let averages = 0;
  for (const [query, vector] of vectors.entries()) {
    const ranked = vectors
      .map((other, i) => ({ i, cosine: dot(vector, other) }))
      .filter(({ i }) => i !== query)
      .sort((a, b) => b.cosine - a.cosine || a.i - b.i);
    let hits = 0;
    let precisions = 0;
    for (const [rank, { i }] of ranked.entries()) {
      if (classes[i] !== classes[query]) continue;
      hits += 1;
      precisions += hits / (rank + 1);
      if (rank === 0) first += 1;
      if (rank < 5) five += 1;
    }
    averages += hits > 0 ? precisions / hits : 0;
  }
  const n = vectors.length;
  return { precision1: first / n, precision5: five / (5 * n), map: averages / n };
}
