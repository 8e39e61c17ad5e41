import type { PhotoId, SearchHit, TrialQuery } from '../../protocol/index.ts';
import { oneIn } from '../../vision/calibration.ts';
import { dot } from '../../vision/cosines.ts';
import type { CalibrationTable } from '../../vision/types.ts';

/** One model's vectors of the same photos. */
export interface SampleVectors {
  /** One unit vector per photo, in the order of the ids. */
  readonly vectors: readonly Float32Array[];
  readonly calibration: CalibrationTable;
}

/** Number of query photos, and of results shown for each. */
export const QUERIES = 10;
export const NEAREST = 6;
/** Minimum number of photos for a comparison. */
const LEAST = 3;

function nearest(
  query: number,
  ids: readonly PhotoId[],
  { vectors, calibration }: SampleVectors,
): SearchHit[] {
  const hits = ids.flatMap((id, i) => {
    if (i === query) return [];
    const cosine = Math.max(-1, Math.min(1, dot(vectors[query]!, vectors[i]!)));
    return { id, cosine, pValue: 1 / oneIn(calibration, cosine) };
  });
  return hits.sort((a, b) => b.cosine - a.cosine || a.id - b.id).slice(0, NEAREST);
}

/** Positions spread evenly over a row. */
export const spread = (length: number, count: number): number[] =>
  Array.from({ length: Math.min(length, count) }, (_, i) =>
    Math.floor(((i + 0.5) * length) / Math.min(length, count)),
  );

/** Queries two models with the same photos, among the same photos. */
export function compare(
  ids: readonly PhotoId[],
  current: SampleVectors,
  tried: SampleVectors,
): { readonly queries: TrialQuery[]; readonly agreement: number | null } {
  if (ids.length < LEAST) return { queries: [], agreement: null };
  const queries = spread(ids.length, QUERIES).map((i) => ({
    photoId: ids[i]!,
    current: nearest(i, ids, current),
    tried: nearest(i, ids, tried),
  }));
  const shares = queries.map((query) => {
    const found = new Set(query.current.map(({ id }) => id));
    return query.tried.filter(({ id }) => found.has(id)).length / query.tried.length;
  });
  return { queries, agreement: shares.reduce((sum, share) => sum + share, 0) / shares.length };
}
