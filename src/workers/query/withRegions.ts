import type { PhotoId, SearchHit } from '../../protocol/index.ts';
import type { RegionHit } from './regionIndex.ts';

/**
 * How much more often an unrelated photo has some part this similar than it is itself, measured on
 * photos that share nothing: a photo has four parts, but each is less like other photos than a whole
 * one is. See docs/search.md.
 */
export const CHANCES = 2;

/**
 * Merges hits of whole photos with those of their parts: each photo once, by the more similar of the
 * two, with the odds of that one.
 *
 * @param whole best first, reranked or not: the one in the nth place has the nth best odds as its rank
 * @param oneIn N, where 1 in N unrelated pairs of photos is at least this similar
 */
export function withRegions(
  whole: readonly SearchHit[],
  parts: readonly RegionHit[],
  oneIn: (score: number) => number,
  k: number,
): SearchHit[] {
  const best = new Map<PhotoId, { readonly hit: SearchHit; readonly rank: number }>();
  const ranks = whole.map(({ pValue }) => pValue).sort((a, b) => a - b);
  for (const [i, hit] of whole.entries()) best.set(hit.id, { hit, rank: ranks[i]! });
  for (const { id, score, box } of parts) {
    const rank = 1 / oneIn(score);
    const known = best.get(id);
    const own = known?.hit.pValue ?? Infinity;
    if (known && (rank > own || (rank === own && score <= known.hit.cosine))) continue;
    best.set(id, { hit: { id, cosine: score, pValue: Math.min(1, CHANCES * rank), box }, rank });
  }
  return [...best.values()]
    .sort((a, b) => a.rank - b.rank || b.hit.cosine - a.hit.cosine || a.hit.id - b.hit.id)
    .slice(0, k)
    .map(({ hit }) => hit);
}
