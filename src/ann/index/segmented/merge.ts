import type { Metric, SearchResult, SearchStats } from '../vectorIndex.ts';

/**
 * Merges the results of several segments into the best `k`, best first, ties by lower id.
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
    stats: sumStats(results.map(({ stats }) => stats)),
  };
}

function sumStats(all: readonly SearchStats[]): SearchStats {
  const sum = (of: (stats: SearchStats) => number) =>
    all.reduce((total, stats) => total + of(stats), 0);
  return {
    codesScanned: sum((stats) => stats.codesScanned),
    cellsVisited: sum((stats) => stats.cellsVisited),
    nodesVisited: sum((stats) => stats.nodesVisited),
    reranked: sum((stats) => stats.reranked),
    ms: {
      coarse: sum(({ ms }) => ms.coarse),
      tables: sum(({ ms }) => ms.tables),
      scan: sum(({ ms }) => ms.scan),
      rerank: sum(({ ms }) => ms.rerank),
    },
  };
}
