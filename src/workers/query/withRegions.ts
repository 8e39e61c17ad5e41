import type { PhotoId, SearchHit } from '../../protocol/index.ts';
import { REGIONS_PER_PHOTO } from '../../store/index.ts';
import type { RegionHit } from './regionIndex.ts';

/**
 * Merges hits of whole photos with those of their parts: each photo once, by the rarer of the two.
 * A photo has several chances to have a part like this, so the odds of its best part are those of
 * the pair times their number (Bonferroni).
 *
 * @param whole best first
 * @param oneIn N, where 1 in N unrelated pairs is at least this similar
 */
export function withRegions(
  whole: readonly SearchHit[],
  parts: readonly RegionHit[],
  oneIn: (score: number) => number,
  k: number,
): SearchHit[] {
  const best = new Map<PhotoId, SearchHit>(whole.map((hit) => [hit.id, hit]));
  for (const { id, score, box } of parts) {
    const pValue = Math.min(1, REGIONS_PER_PHOTO / oneIn(score));
    const known = best.get(id);
    if (!known || pValue < known.pValue) best.set(id, { id, cosine: score, pValue, box });
  }
  return [...best.values()]
    .sort((a, b) => a.pValue - b.pValue || b.cosine - a.cosine || a.id - b.id)
    .slice(0, k);
}
