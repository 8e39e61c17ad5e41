import type { PhotoId, SearchHit } from '../../protocol/index.ts';

/** What one space finds, best first. */
export interface SpaceHits {
  readonly hits: readonly { readonly id: PhotoId; readonly score: number }[];
  /** One in how many unrelated pairs is at least so alike. */
  readonly oneIn: (score: number) => number;
}

interface Ranked extends SearchHit {
  readonly place: number;
}

/**
 * Merges what several spaces find by its odds, the one scale that they share. Each photo comes once,
 * with the odds of the newest space that has found it.
 *
 * @param found the newest space first
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
