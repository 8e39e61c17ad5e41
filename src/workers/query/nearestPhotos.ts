import type { PhotoId, PhotoQuery, SearchHit } from '../../protocol/index.ts';
import { type ColorQuery, type PhotoColors, RERANKED } from '../../query/index.ts';
import { oneIn } from '../../vision/calibration.ts';
import { mergeHits, type SpaceHits } from '../shared/mergeHits.ts';
import { endOfHits, type Reranked, rerankHits } from '../shared/rerankHits.ts';
import { COLOR_RERANKED, rerankByColors } from './colorRanking.ts';
import type { ComparedIn } from './regionIndex.ts';
import type { Searched } from './searched.ts';
import type { QuerySpace, ReadTerms, TermVector } from './termVectors.ts';
import { withRegions } from './withRegions.ts';

/** No photo has this id, so the search excludes none. */
const NOBODY = 0;

/** What a query wants of colors, and those of the photos. */
export interface SoughtColors {
  readonly query: ColorQuery | null;
  readonly photos: PhotoColors;
}

export interface NearestPhotos {
  readonly hits: SearchHit[];
  /** Number of leading hits that are worth listing; all, if there is nothing to be like. */
  readonly end: number;
  readonly codesScanned: number;
  readonly unsearched: number;
}

/** The nearest photos of all spaces, best first, without the examples themselves. */
export async function nearest(
  asked: PhotoQuery,
  read: ReadTerms,
  searched: readonly Searched[],
  allowed: ReadonlySet<PhotoId> | null,
  { query: colors, photos }: SoughtColors,
): Promise<NearestPhotos> {
  const examples = examplesOf(read);
  const k = Math.max(asked.k, colors ? COLOR_RERANKED : RERANKED);
  const perSpace: SpaceHits[] = [];
  let codesScanned = 0;
  let unsearched = 0;
  for (const { space, whole } of searched) {
    const among = amongOf(space, allowed);
    if (!whole.query) unsearched += among?.length ?? space.index.liveIds().length;
    if (!whole.query || among?.length === 0) continue;
    const answer = whole.index.nearest(whole.query, k + examples.size, NOBODY, among);
    codesScanned += answer.codesScanned;
    const hits = answer.hits.filter(({ id }) => !examples.has(id));
    const { calibration } = mainTerm(whole.vectors);
    perSpace.push({ hits, oneIn: (score) => oneIn(calibration, score) });
  }
  const merged = mergeHits(perSpace, k);
  const compared = reranked(merged, searched);
  let found = compared?.hits ?? merged;
  for (const { space, vectors, query, whole } of searched) {
    if (!query || !whole.query || !looksInside(vectors)) continue;
    const among = amongOf(space, allowed);
    const other = comparedIn(whole, whole.query);
    const parts = (await space.regions?.search(query, k + examples.size, among, other)) ?? [];
    const others = parts.filter(({ id }) => !examples.has(id));
    const { calibration } = mainTerm(whole.vectors);
    found = withRegions(found, others, (score) => oneIn(calibration, score), k);
  }
  const best = (colors ? rerankByColors(found, colors, photos) : found).slice(0, asked.k);
  const hits = await oddsOfBest(best, searched);
  const isLike = searched.some(({ vectors }) => vectors.some(({ weight }) => weight > 0));
  const { vectorOf } = searched.find(({ query }) => query)!.whole.index.engine;
  const end = isLike ? endOfHits(hits, compared, vectorOf) : hits.length;
  return { hits, end, codesScanned, unsearched };
}

/**
 * Reranks the results of pictures by the library's neighborhood. Not those of words, whose order
 * that was not measured to improve, and not those of several spaces, whose vectors can't be compared:
 * `null`.
 */
function reranked(hits: readonly SearchHit[], searched: readonly Searched[]): Reranked | null {
  const [one, other] = searched.filter(({ query }) => query);
  if (!one?.query || other) return null;
  const { index, vectors, query } = one.whole;
  const isLike = vectors.some(({ weight }) => weight > 0);
  const hasWords = vectors.some(({ mostChance }) => mostChance !== undefined);
  return query && isLike && !hasWords ? rerankHits(query, hits, index.engine.vectorOf) : null;
}

/** Where the best parts are compared, if that is another space than the one they are found in. */
function comparedIn({ extend }: Searched['whole'], query: Float32Array): ComparedIn | undefined {
  return extend && { query, extend };
}

/** The photos that are terms, which are not results. */
export function examplesOf({ terms, photos }: ReadTerms): ReadonlySet<PhotoId> {
  const own = terms.flatMap((term) => ('photoId' in term ? term.photoId : []));
  return new Set([...own, ...photos.flat()]);
}

/** The ids to search a space for; undefined: all. */
function amongOf(
  { among, index }: QuerySpace,
  allowed: ReadonlySet<PhotoId> | null,
): readonly PhotoId[] | undefined {
  if (!allowed) return among;
  return (among ?? [...index.liveIds()]).filter((id) => allowed.has(id));
}

/** The term whose calibration the combined score is read with: a picture rather than a word. */
function mainTerm(vectors: readonly TermVector[]): TermVector {
  return (
    vectors.find(({ mostChance, weight }) => mostChance === undefined && weight !== 0) ??
    vectors[0]!
  );
}

/**
 * Gives each hit the odds of the positive term it is most similar to, which people can interpret; a
 * combined vector has no pairs behind its odds.
 */
async function oddsOfBest(
  hits: readonly SearchHit[],
  searched: readonly Searched[],
): Promise<SearchHit[]> {
  const best = new Map<PhotoId, SearchHit>();
  const ids = hits.map(({ id }) => id);
  for (const { space, vectors, query, whole } of searched) {
    // A single example's odds are those of the hits themselves.
    if (!query || vectors.length === 1) continue;
    for (const [i, { vector, calibration, weight }] of whole.vectors.entries()) {
      if (weight <= 0) continue;
      for (const { id, score } of whole.index.nearest(vector, ids.length, NOBODY, ids).hits) {
        const pValue = 1 / oneIn(calibration, score);
        if (pValue < (best.get(id)?.pValue ?? Infinity))
          best.set(id, { id, cosine: score, pValue });
      }
      const parts = looksInside(vectors)
        ? await space.regions?.search(
            vectors[i]!.vector,
            ids.length,
            ids,
            comparedIn(whole, vector),
          )
        : [];
      const known = [...best.values()];
      const oddsOf = (score: number) => oneIn(calibration, score);
      for (const hit of withRegions(known, parts ?? [], oddsOf, Infinity)) best.set(hit.id, hit);
    }
  }
  return hits.map((hit) => best.get(hit.id) ?? hit);
}

/**
 * Whether terms are compared with parts of photos: not words, whose odds are another scale, and not
 * what results are only to be unlike, for almost every photo has some part that is.
 */
function looksInside(vectors: readonly TermVector[]): boolean {
  const isLike = vectors.some(({ weight }) => weight > 0);
  return isLike && vectors.every(({ mostChance }) => mostChance === undefined);
}
