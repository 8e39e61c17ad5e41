import { NEIGHBORS, smooth } from '../../src/query/index.ts';
import type { Exported } from './classFolders.ts';

/** How a ranking uses the neighbors of photos. */
export const RERANKS = ['none', 'candidates', 'both'] as const;
export type Rerank = (typeof RERANKS)[number];

/** Precision and mean average precision of rankings by smoothed vectors, leave-one-out. */
export interface RerankRow {
  readonly rerank: Rerank;
  readonly precision1: number;
  readonly precision5: number;
  readonly map: number;
}

const dot = (a: Float32Array, b: Float32Array) => {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += a[i]! * b[i]!;
  return sum;
};

export function rerankRows(
  { ids, d, vectors }: Exported,
  classOf: ReadonlyMap<number, string>,
): RerankRow[] {
  const photos = ids.flatMap((id, i) => {
    const of = classOf.get(id);
    return of === undefined ? [] : [{ of, vector: vectors.subarray(i * d, (i + 1) * d) }];
  });
  const cosines = photos.map(({ vector }) => photos.map((other) => dot(vector, other.vector)));
  // One more than needed, of which the query may be one.
  const nearest = photos.map((_, i) =>
    photos
      .map(({ vector }, j) => ({ vector, cosine: cosines[i]![j]!, j }))
      .filter(({ j }) => j !== i)
      .sort((a, b) => b.cosine - a.cosine)
      .slice(0, NEIGHBORS + 1),
  );
  return RERANKS.map((rerank) => {
    const sums = { precision1: 0, precision5: 0, map: 0 };
    photos.forEach(({ of, vector }, q) => {
      const query = rerank === 'both' ? smooth(vector, nearest[q]!) : vector;
      const ranked = photos
        .map((photo, i) => {
          const near = nearest[i]!.filter(({ j }) => j !== q);
          const candidate = rerank === 'none' ? photo.vector : smooth(photo.vector, near);
          return { i, isRelevant: photo.of === of, score: dot(query, candidate) };
        })
        .filter(({ i }) => i !== q)
        .sort((a, b) => b.score - a.score || a.i - b.i);
      let found = 0;
      let precision = 0;
      ranked.forEach(({ isRelevant }, rank) => {
        if (!isRelevant) return;
        found++;
        precision += found / (rank + 1);
      });
      sums.precision1 += ranked[0]?.isRelevant ? 1 : 0;
      sums.precision5 += ranked.slice(0, 5).filter(({ isRelevant }) => isRelevant).length / 5;
      sums.map += found > 0 ? precision / found : 0;
    });
    const n = photos.length;
    return {
      rerank,
      precision1: sums.precision1 / n,
      precision5: sums.precision5 / n,
      map: sums.map / n,
    };
  });
}
