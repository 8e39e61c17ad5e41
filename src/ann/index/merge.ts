import type { Metric, SearchResult } from './vectorIndex.ts';

/**
 * The best `k` of several segments' results, best first, ties by lower id.
 *
 * @param results of segments that share no live id
 */
export function mergeResults(
  metric: Metric,
  results: readonly SearchResult[],
  k: number,
): SearchResult {
  const sign = metric === 'ip' ? -1 : 1;
  const hits = results.flatMap(({ ids, scores }) =>
    Array.from(ids, (id, i) => ({ id, score: scores[i]! })),
  );
  hits.sort((a, b) => sign * (a.score - b.score) || a.id - b.id);
  const best = hits.slice(0, k);
  return {
    ids: Uint32Array.from(best, (hit) => hit.id),
    scores: Float32Array.from(best, (hit) => hit.score),
    stats: { codesScanned: results.reduce((sum, { stats }) => sum + stats.codesScanned, 0) },
  };
}
