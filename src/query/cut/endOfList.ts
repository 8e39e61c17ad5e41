/** A result, as far as the end of the list depends on it. */
export interface Ranked {
  /** The chance, in (0, 1], that an unrelated photo is at least this similar to the query. */
  readonly pValue: number;
  /**
   * How many of the results that are less similar to the query are more similar to this one than the
   * query is (`Neighborhood`); `null` if that is unknown.
   */
  readonly nearer: number | null;
}

/**
 * A logistic model: the log odds that a result shows the same thing as the query are
 * `bias + odds · o + nearer · log(1 + m)`, with `o` = −log₁₀ of its chance and `m` = its `nearer`.
 */
export interface CutModel {
  readonly bias: number;
  readonly odds: number;
  readonly nearer: number;
}

/** Fitted by `bench:cut -- --fit` to clothes and groceries in libraries of 40 to 1,300 photos. */
export const CUT: CutModel = { bias: -5.24, odds: 1.04, nearer: -0.62 };
/** The least likely result worth showing: four wrong ones are as bad as a right one missing. */
export const LEAST_LIKELY = 0.2;
/**
 * At or below this chance, two photos most likely show the same kind of thing, whatever else is in
 * the library: `lookAlike` of the embedding spaces, as a chance.
 */
export const LOOK_ALIKE_CHANCE = 1 / 100_000;
/** Results listed if neighbors are unknown, while at or below `SIMILAR_CHANCE`. */
export const LEAST_LISTED = 12;
const SIMILAR_CHANCE = 1 / 1_000;
/** The rounding error of a chance such as 1 in 100,000 must not change anything. */
const ROUNDING = 1 + 1e-9;

/** The two variables of `CutModel`. */
export function cutVariables(
  pValue: number,
  nearer: number,
): { readonly odds: number; readonly nearer: number } {
  return { odds: -Math.log10(pValue), nearer: Math.log(1 + nearer) };
}

/**
 * Where a list of results ends: the number of leading results that are worth showing, as the rest
 * is noise. Odds alone can't tell, because they are those of unrelated photos of anything: two shirts are
 * more alike, and a library may be all shirts. What is usual in a library shows in its own
 * photos: a result that has many closer neighbors than the query, further down the list, belongs with
 * those.
 *
 * The list ends where the sum of p − `LEAST_LIKELY` is greatest, with p the probability that a result
 * is right (`CutModel`). So it may go on past a doubtful one if good ones follow, as colors mix up the
 * order. Look-alikes count as right. Without known neighbors, it ends at the look-alikes, but with at
 * least a dozen similar photos, or nearest ones if none is similar. See docs/search.md.
 *
 * @param hits in the order in which they are listed
 */
export function endOfList(
  hits: readonly Ranked[],
  model: CutModel = CUT,
  leastLikely = LEAST_LIKELY,
): number {
  if (hits.every(({ nearer }) => nearer === null)) return endWithoutNeighbors(hits);
  let best = 0;
  let end = 0;
  let sum = 0;
  for (const [i, { pValue, nearer }] of hits.entries()) {
    sum += probability(pValue, nearer, model) - leastLikely;
    if (sum > best) {
      best = sum;
      end = i + 1;
    }
  }
  return end;
}

function probability(pValue: number, nearer: number | null, model: CutModel): number {
  if (pValue <= LOOK_ALIKE_CHANCE * ROUNDING) return 1;
  if (nearer === null) return 0;
  const x = cutVariables(pValue, nearer);
  return 1 / (1 + Math.exp(-(model.bias + model.odds * x.odds + model.nearer * x.nearer)));
}

/** The order may mix up the odds; how many are good stays the same. If none is, the nearest ones. */
function endWithoutNeighbors(hits: readonly Ranked[]): number {
  const least = (chance: number) =>
    hits.reduce((count, { pValue }) => count + Number(pValue <= chance * ROUNDING), 0);
  const similar = least(SIMILAR_CHANCE) || hits.length;
  return Math.max(least(LOOK_ALIKE_CHANCE), Math.min(LEAST_LISTED, similar));
}
