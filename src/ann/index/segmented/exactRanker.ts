import { rerankStep } from '../inspection/traceScan.ts';
import { fewestCandidates } from '../rerank/reranker.ts';
import { scoreOf } from '../score.ts';
import type { SearchOptions, SearchResult } from '../vectorIndex.ts';
import type { Sealed } from './segmentList.ts';

/**
 * Candidates read per result when they come from nearly exact vectors in memory: an 8-bit step is
 * far smaller than the gap between the tenth result and the twentieth.
 */
const READ_PER_RESULT = 2;

/**
 * Searches a sealed segment and reranks the best with its original vectors, stored outside memory.
 * Unreadable ones keep the segment's score.
 *
 * @throws as `VectorIndex.search`
 */
export function searchExactly(
  { index, spec, source }: Pick<Sealed, 'index' | 'spec' | 'source'>,
  query: Float32Array,
  options: SearchOptions,
): SearchResult {
  const { k, rerank, now } = options;
  if (!source || rerank === 0 || k === 0) return index.search(query, options);
  const wanted = Math.min(rerank ?? fewestCandidates(k), Math.max(k, index.live));
  const nearlyRight = !('rerank' in spec) || spec.rerank !== 'none';
  // Codes alone are too inaccurate: read everything that would be reranked in memory.
  const candidates = Math.max(k, nearlyRight ? Math.min(wanted, READ_PER_RESULT * k) : wanted);
  const rough = index.search(query, { ...options, k: candidates, rerank: wanted });
  const from = now?.() ?? 0;
  const vector = new Float32Array(index.d);
  let read = 0;
  const hits = Array.from(rough.ids, (id, i) => {
    const found = source.read(id, vector);
    if (found) read++;
    const score = found ? scoreOf(index.metric, query, vector) : rough.scores[i]!;
    // Rounded as reported, so that scores reported as equal are ordered by id.
    return { id, score: Math.fround(score) };
  });
  const sign = index.metric === 'ip' ? -1 : 1;
  hits.sort((a, b) => sign * (a.score - b.score) || a.id - b.id);
  const best = hits.slice(0, k);
  const { stats, trace } = rough;
  const ids = Uint32Array.from(best, ({ id }) => id);
  const scores = Float32Array.from(best, ({ score }) => score);
  return {
    ids,
    scores,
    ...(trace && {
      trace: [
        ...trace,
        rerankStep('file', read, { ids, keys: scores.map((score) => sign * score) }),
      ],
    }),
    stats: {
      ...stats,
      reranked: stats.reranked + read,
      ms: { ...stats.ms, rerank: stats.ms.rerank + (now?.() ?? 0) - from },
    },
  };
}
