import { t } from '../text/t.ts';

/** How alike two photos are, on a scale of 1 (not similar) to 5 (nearly identical). */
export type Level = 1 | 2 | 3 | 4 | 5;

/** The greatest chance of each level but the last, best first: docs/embedding.md says where they are from. */
const GREATEST: readonly (readonly [Level, number])[] = [
  [5, 1 / 1_000_000],
  [4, 1 / 100_000],
  [3, 1 / 5_000],
  [2, 1 / 300],
];

/** Above this chance, a photo isn’t listed as similar unless it is asked for. */
export const LAST_CHANCE = 1 / 300;
/** Where no photo is similar, so many of the nearest are shown all the same. */
const NEAREST = 12;

/** @param chance the chance, in (0, 1], that two unrelated photos look at least this alike */
export function levelOf(chance: number): Level {
  // What a chance of one in a million comes to in floating point must not decide.
  return GREATEST.find(([, greatest]) => chance <= greatest * (1 + 1e-9))?.[0] ?? 1;
}

export function levelWord(level: Level): string {
  switch (level) {
    case 5:
      return t('similar.nearlyIdentical');
    case 4:
      return t('similar.verySimilar');
    case 3:
      return t('similar.similar');
    case 2:
      return t('similar.slightlySimilar');
    default:
      return t('similar.notSimilar');
  }
}

/** The odds of each level in words, best first, such as `1 in 5,000 to 1 in 100,000`. */
export function levelRanges(): readonly { readonly level: Level; readonly range: string }[] {
  const ranges = GREATEST.map(([level, greatest], i) => {
    const above = GREATEST[i - 1];
    const from = odds(greatest);
    return { level, range: above ? t('similar.range', { from, to: odds(above[1]) }) : from };
  });
  const least = odds(GREATEST.at(-1)![1]);
  return [...ranges, { level: 1, range: t('similar.rangeBelow', { odds: least }) }];
}

/** The chance as odds with at most two digits that count: more would claim what is not known. */
export function odds(chance: number): string {
  if (!(chance > 0) || chance < 1e-6) return t('similar.oddsMillion');
  const one = 1 / Math.min(1, chance);
  const unit = 10 ** Math.max(0, Math.floor(Math.log10(one)) - 1);
  const rounded = Math.round(one / unit) * unit;
  return rounded >= 1e6 ? t('similar.oddsMillion') : t('similar.odds', { count: rounded });
}

/** Hits of one level, from the `from`th to before the `to`th. */
export interface HitGroup {
  /** `null` for the nearest of photos none of which is similar. */
  readonly level: Level | null;
  readonly from: number;
  readonly to: number;
}

/** How many hits are listed before more are asked for: the similar ones, or else the nearest few. */
export function listedHits(hits: readonly { readonly chance: number }[]): number {
  const end = hits.findIndex(({ chance }) => chance > LAST_CHANCE);
  if (end === 0) return Math.min(NEAREST, hits.length);
  return end < 0 ? hits.length : end;
}

/** @param hits best first */
export function groupHits(hits: readonly { readonly chance: number }[]): HitGroup[] {
  if (hits[0] && hits[0].chance > LAST_CHANCE) return [{ level: null, from: 0, to: hits.length }];
  const groups: HitGroup[] = [];
  for (let from = 0; from < hits.length; ) {
    const level = levelOf(hits[from]!.chance);
    let to = from + 1;
    while (to < hits.length && levelOf(hits[to]!.chance) === level) to += 1;
    groups.push({ level, from, to });
    from = to;
  }
  return groups;
}
