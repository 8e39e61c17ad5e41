import type { PhotoId, SearchHit } from '../../protocol/index.ts';
import { rerank } from '../../query/index.ts';

/**
 * The results of one example, reranked by the library's neighborhood; see `rerank`. Their odds stay
 * those of the pair.
 *
 * @param vectorOf the vector of a result; those that have none any more come last
 */
export function rerankHits(
  query: Float32Array,
  hits: readonly SearchHit[],
  vectorOf: (id: PhotoId) => Float32Array | undefined,
): SearchHit[] {
  const there: SearchHit[] = [];
  const candidates: { vector: Float32Array; pValue: number }[] = [];
  const gone: SearchHit[] = [];
  for (const hit of hits) {
    const vector = vectorOf(hit.id);
    if (!vector) gone.push(hit);
    else {
      there.push(hit);
      candidates.push({ vector, pValue: hit.pValue });
    }
  }
  const ranked = Array.from(rerank(query, candidates), (i) => there[i]!);
  return [...ranked, ...gone];
}
