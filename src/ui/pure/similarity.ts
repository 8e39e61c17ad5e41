import { t } from '../text/t.ts';

/** How alike two photos look, in words and on a scale of 1 (not similar) to 5 (nearly identical). */
export interface Likeness {
  readonly level: 1 | 2 | 3 | 4 | 5;
  readonly word: string;
  /** Such as `1 in 4,000`. */
  readonly odds: string;
}

/** Above this chance a hit is shown below the heading "Less similar". */
export const WEAK_CHANCE = 1 / 50;

/**
 * What a hit's chance means.
 *
 * @param chance the chance, in (0, 1], that two unrelated photos look at least this alike
 */
export function likeness(chance: number): Likeness {
  return { ...levelOf(chance), odds: odds(chance) };
}

function levelOf(chance: number): Pick<Likeness, 'level' | 'word'> {
  if (chance <= 1 / 100_000) return { level: 5, word: t('similar.nearlyIdentical') };
  if (chance <= 1 / 5_000) return { level: 4, word: t('similar.verySimilar') };
  if (chance <= 1 / 300) return { level: 3, word: t('similar.similar') };
  if (chance <= WEAK_CHANCE) return { level: 2, word: t('similar.slightlySimilar') };
  return { level: 1, word: t('similar.notSimilar') };
}

/** The chance as odds with at most two digits that count: more would claim what is not known. */
export function odds(chance: number): string {
  if (!(chance > 0) || chance < 1e-6) return t('similar.oddsMillion');
  const one = 1 / Math.min(1, chance);
  const unit = 10 ** Math.max(0, Math.floor(Math.log10(one)) - 1);
  const rounded = Math.round(one / unit) * unit;
  return rounded >= 1e6 ? t('similar.oddsMillion') : t('similar.odds', { count: rounded });
}
