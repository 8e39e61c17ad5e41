import type { PhotoId, SearchHit } from '../../protocol/index.ts';

/** The results of one space, best first. */
export interface SpaceHits {
  readonly hits: readonly { readonly id: PhotoId; readonly score: number }[];
  /** N, where 1 in N unrelated pairs is at least this similar. */
  readonly oneIn: (score: number) => number;
}

interface Ranked extends SearchHit {
  readonly place: number;
}

/**
 * Merges the results of several spaces by their odds, the one scale they share. Each photo appears
 * once, with the odds of the newest space that found it.
 *
 * @param found newest space first
 */
export function mergeHits(found: readonly SpaceHits[], k: number): SearchHit[] {
  const byId = new Map<PhotoId, Ranked>();
  found.forEach(({ hits, oneIn }, place) => {
    for (const { id, score } of hits) {
      if (byId.has(id)) continue;
      byId.set(id, { id, cosine: score, pValue: 1 / oneIn(score), place });
    }
  });
  return [...byId.values()]
    .sort((a, b) => a.pValue - b.pValue || a.place - b.place || b.cosine - a.cosine || a.id - b.id)
    .slice(0, k)
    .map(({ id, cosine, pValue }) => ({ id, cosine, pValue }));
}
