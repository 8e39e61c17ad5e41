import { LOOK_ALIKE_CHANCE } from '../../../protocol/index.ts';
import { t } from '../../text/t.ts';

/** Similarity of two photos, from 1 (not similar) to 5 (nearly identical). */
export type Level = 1 | 2 | 3 | 4 | 5;

/**
 * Upper bound of the chance for each level but the last, best first; derived in docs/embedding.md.
 */
const GREATEST: readonly (readonly [Level, number])[] = [
  [5, 1 / 1_000_000],
  [4, LOOK_ALIKE_CHANCE],
  [3, 1 / 10_000],
  [2, 1 / 1_000],
];

/** @param chance the chance, in (0, 1], that two unrelated photos look at least this similar */
export function levelOf(chance: number): Level {
  // The rounding error of a chance such as one in a million must not change the level.
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

/** The odds of each level as text, best first, such as `1 in 10,000–100,000`; open at both ends. */
export function levelRanges(): readonly { readonly level: Level; readonly range: string }[] {
  const ranges = GREATEST.map(([level, greatest], i) => {
    const above = GREATEST[i - 1];
    const from = odds(greatest);
    return {
      level,
      range: above
        ? t('similar.range', { from, to: Math.round(1 / above[1]) })
        : t('similar.rangeRarer', { odds: from }),
    };
  });
  const least = odds(GREATEST.at(-1)![1]);
  return [...ranges, { level: 1, range: t('similar.rangeOftener', { odds: least }) }];
}

/** The chance as odds with at most two significant digits: more would overstate the precision. */
export function odds(chance: number): string {
  if (!(chance > 0) || chance < 1e-6) return t('similar.oddsMillion');
  const one = 1 / Math.min(1, chance);
  const unit = 10 ** Math.max(0, Math.floor(Math.log10(one)) - 1);
  const rounded = Math.round(one / unit) * unit;
  return rounded >= 1e6 ? t('similar.oddsMillion') : t('similar.odds', { count: rounded });
}

/** Hits of one level, from index `from` up to but excluding `to`. */
export interface HitGroup {
  /** `null` for the nearest photos when none is similar. */
  readonly level: Level | null;
  readonly from: number;
  readonly to: number;
}

type Hits = readonly { readonly pValue: number }[];

/** How close the best hit is, in words. */
export function closestWord(hits: Hits): string {
  return levelWord(levelOf(hits.reduce((least, { pValue }) => Math.min(least, pValue), 1)));
}

/** @param hits best first */
export function groupHits(hits: Hits): HitGroup[] {
  if (hits[0] && levelOf(hits[0].pValue) === 1) return [{ level: null, from: 0, to: hits.length }];
  const groups: HitGroup[] = [];
  for (let from = 0; from < hits.length; ) {
    const level = levelOf(hits[from]!.pValue);
    let to = from + 1;
    while (to < hits.length && levelOf(hits[to]!.pValue) === level) to += 1;
    groups.push({ level, from, to });
    from = to;
  }
  return groups;
}
