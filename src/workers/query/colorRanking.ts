import { COLOR_WEIGHT } from '../../base/colors/weight.ts';
import type { PhotoId, QueryTerm, SearchHit } from '../../protocol/index.ts';
import {
  type ColorQuery,
  type ColorTerm,
  colorsIn,
  combineColors,
  hasColors,
  likeColorsOf,
  type PhotoColors,
  placeOf,
} from '../../query/index.ts';
import { MOST_ONE_IN } from '../../vision/calibration.ts';

/** Photos found by what they show that are ranked again by their colors, at most. */
export const COLOR_RERANKED = 1_000;

/**
 * A photo shows a color if that covers a tenth of it, and a third of what it covers in the photo
 * with most of it: gray and black are in most photos. Measures are square roots of shares.
 */
const LEAST_SHOWN = Math.sqrt(1 / 10);
const LEAST_OF_BEST = Math.sqrt(1 / 3);

/** How much of a term is about colors, from 0 to 1, if the colors of its photo are known. */
export function colorShareOf(term: QueryTerm): number {
  if (term.kind === 'color') return 1;
  if (term.kind !== 'photo' && term.kind !== 'picture') return 0;
  return term.colorWeight ?? COLOR_WEIGHT;
}

/** How much of each term is about colors that are known. */
export function colorSharesOf(terms: readonly QueryTerm[], colors: PhotoColors): readonly number[] {
  return terms.map((term) => (measureOf(term, colors) ? colorShareOf(term) : 0));
}

/** The photos that show the colors of all terms that are nothing but colors. */
export function showingColors(
  hits: readonly SearchHit[],
  terms: readonly QueryTerm[],
  colors: PhotoColors,
): readonly SearchHit[] {
  const places = hits.map(({ id }) => placeOf(colors, id));
  const shown = terms.flatMap((term) => {
    if (term.kind !== 'color' || term.weight <= 0) return [];
    const measure = hasColors(term.colors);
    const scores = places.map((at) => (at < 0 ? 0 : measure(colors.bytes, at)));
    const best = scores.reduce((most, score) => Math.max(most, score), 0);
    return [scores.map((score) => score >= Math.max(LEAST_SHOWN, LEAST_OF_BEST * best))];
  });
  return hits.filter((_, i) => shown.every((isShown) => isShown[i]));
}

/** Whether any term is about colors. */
export function wantsColors(terms: readonly QueryTerm[]): boolean {
  return terms.some((term) => term.weight !== 0 && colorShareOf(term) > 0);
}

/**
 * What terms want of colors; `null` if nothing.
 *
 * @param used whether each term can be used at all
 */
export function readColors(
  terms: readonly QueryTerm[],
  used: readonly boolean[],
  colors: PhotoColors,
): ColorQuery | null {
  const read: ColorTerm[] = [];
  let others = 0;
  for (const [i, term] of terms.entries()) {
    const share = colorShareOf(term);
    const { weight } = term;
    const measure = term.kind === 'color' || used[i] ? measureOf(term, colors) : null;
    if (measure) read.push({ measure, weight, share });
    else if (used[i]) others += Math.abs(weight);
  }
  return combineColors(read, others);
}

function measureOf(term: QueryTerm, colors: PhotoColors): ColorTerm['measure'] | null {
  switch (term.kind) {
    case 'color':
      return hasColors(term.colors);
    case 'photo': {
      const own = colorsIn(colors, term.photoId);
      return own && likeColorsOf(own);
    }
    case 'picture':
      return term.picture.colors ? likeColorsOf(term.picture.colors) : null;
    case 'item':
    case 'region':
    case 'word':
      return null;
  }
}

/**
 * Ranks photos found by what they show again, by that and their colors: (1 − share) times the
 * logarithm of the odds, as a part of the rarest ones, plus share times the color measure. A photo
 * whose colors are not known gets the mean of the others.
 *
 * @param hits best first; the photo in the nth place counts with the nth best odds
 */
export function rerankByColors(
  hits: readonly SearchHit[],
  { measure, share }: ColorQuery,
  colors: PhotoColors,
): SearchHit[] {
  let sum = 0;
  let known = 0;
  const measured = hits.map(({ id }) => {
    const at = placeOf(colors, id);
    if (at < 0) return null;
    const score = measure(colors.bytes, at);
    sum += score;
    known++;
    return score;
  });
  if (known === 0) return [...hits];
  const neutral = sum / known;
  const chances = hits.map(({ pValue }) => pValue).sort((a, b) => a - b);
  const scores = hits.map(
    (_, i) =>
      (1 - share) * (-Math.log10(chances[i]!) / Math.log10(MOST_ONE_IN)) +
      share * (measured[i] ?? neutral),
  );
  // Ties stay in the order of what they show.
  const order = hits.map((_, i) => i).sort((a, b) => scores[b]! - scores[a]! || a - b);
  return order.map((i) => hits[i]!);
}

export interface ColorRanking {
  readonly hits: SearchHit[];
  /** Photos whose colors aren't known yet. */
  readonly unknown: number;
}

/**
 * Ranks photos by their colors alone. `cosine` of a hit is its score, and `pValue` the part of the
 * photos that match the colors at least as well.
 *
 * @param ids the photos to rank
 */
export function rankByColors(
  ids: ArrayLike<PhotoId>,
  k: number,
  { measure }: ColorQuery,
  colors: PhotoColors,
): ColorRanking {
  const found = new Uint32Array(ids.length);
  const scores = new Float64Array(ids.length);
  let compared = 0;
  for (let i = 0; i < ids.length; i++) {
    const at = placeOf(colors, ids[i]!);
    if (at < 0) continue;
    found[compared] = ids[i]!;
    scores[compared++] = measure(colors.bytes, at);
  }
  // Only the best are put in order.
  const sorted = scores.slice(0, compared).sort();
  const least = sorted[Math.max(0, compared - k)] ?? 0;
  const best: { readonly id: PhotoId; readonly score: number }[] = [];
  for (let i = 0; i < compared; i++) {
    if (scores[i]! >= least) best.push({ id: found[i]!, score: scores[i]! });
  }
  best.sort((a, b) => b.score - a.score || a.id - b.id);
  const hits = best
    .slice(0, k)
    .map(({ id, score }, i) => ({ id, cosine: score, pValue: (i + 1) / compared }));
  return { hits, unknown: ids.length - compared };
}
