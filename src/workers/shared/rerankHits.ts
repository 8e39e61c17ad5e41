import type { PhotoId, SearchHit } from '../../protocol/index.ts';
import {
  type Candidate,
  endOfList,
  type Neighborhood,
  neighborhoodOf,
  RERANKED,
  rerank,
} from '../../query/index.ts';

/** The vector of a photo; undefined for those that have none any more. */
export type VectorOf = (id: PhotoId) => Float32Array | undefined;

/** Results, and the best of them compared with each other. */
export interface Reranked {
  readonly hits: SearchHit[];
  /** Ids of the photos of `neighborhood`, in its order. */
  readonly compared: readonly PhotoId[];
  readonly neighborhood: Neighborhood;
}

/**
 * The results of one example, reranked by the library's neighborhood; see `rerank`. Their odds stay
 * those of the pair.
 *
 * @param vectorOf those without a vector come last
 */
export function rerankHits(
  query: Float32Array,
  hits: readonly SearchHit[],
  vectorOf: VectorOf,
): Reranked {
  const there: SearchHit[] = [];
  const candidates: Candidate[] = [];
  const gone: SearchHit[] = [];
  for (const hit of hits) {
    const vector = vectorOf(hit.id);
    if (!vector) gone.push(hit);
    else {
      there.push(hit);
      candidates.push({ vector, pValue: hit.pValue });
    }
  }
  const neighborhood = neighborhoodOf(candidates);
  const ranked = Array.from(rerank(query, candidates, neighborhood), (i) => there[i]!);
  const compared = there.slice(0, neighborhood.size).map(({ id }) => id);
  return { hits: [...ranked, ...gone], compared, neighborhood };
}

/**
 * Number of leading results that are worth listing; see `endOfList`.
 *
 * @param hits in the order in which they are listed
 * @param reranked `null` if the results were not compared with each other
 */
export function endOfHits(
  hits: readonly SearchHit[],
  reranked: Omit<Reranked, 'hits'> | null,
  vectorOf: VectorOf,
): number {
  if (!reranked) return endOfList(hits.map(({ pValue }) => ({ pValue, nearer: null })));
  const { compared, neighborhood } = reranked;
  const cosineOf = new Map(hits.map(({ id, cosine }) => [id, cosine]));
  const placeOf = new Map(compared.map((id, i) => [id, i]));
  // Compared photos that aren't listed are less similar than all that are.
  const cosines = Float32Array.from(compared, (id) => cosineOf.get(id) ?? -1);
  const nearerThan = ({ id, cosine }: SearchHit): number | null => {
    const place = placeOf.get(id);
    if (place !== undefined) return neighborhood.nearerThan(place, cosine, cosines);
    const vector = vectorOf(id);
    return vector ? neighborhood.nearerTo(vector, cosine, cosines) : null;
  };
  return endOfList(
    hits.map((hit, i) => ({
      pValue: hit.pValue,
      // Further down, no list that long has its end.
      nearer: i < RERANKED ? nearerThan(hit) : null,
    })),
  );
}
