import { MOST_ONE_IN } from './calibration.ts';
import type { CalibrationTable } from './types.ts';

/** Maximum number of table rows; `oneIn` interpolates between them. */
const MOST_ROWS = 24;
/** Share of most similar pairs from which odds beyond all pairs are extrapolated. */
const TAIL = 0.02;
/** Cosines closer than this share one row. */
const STEP = 1e-5;
const LEAST_LOG10 = -Math.log10(MOST_ONE_IN);

const round = (value: number): number => Number(value.toFixed(5)) + 0;

/** Ranks from first to last, increasingly far apart. */
function ranks(count: number): number[] {
  if (count === 0) return [];
  const all = new Set<number>();
  for (let i = 0; i < MOST_ROWS; i++) all.add(Math.round(count ** (i / (MOST_ROWS - 1))) - 1);
  return [...all];
}

interface Row {
  readonly cosine: number;
  readonly log10: number;
}

/** Extrapolates beyond the most similar pair at the rate at which chances fell before it. */
function extrapolated(top: Row, before: Row): Row | null {
  const slope = (top.log10 - before.log10) / (top.cosine - before.cosine);
  if (!(slope < 0) || top.log10 <= LEAST_LOG10) return null;
  const end = Math.min(1, top.cosine + (LEAST_LOG10 - top.log10) / slope);
  if (end <= top.cosine + STEP) return null;
  return { cosine: end, log10: top.log10 + slope * (end - top.cosine) };
}

/** Strictly ascending cosines, non-ascending chances. */
function tableOf(rows: readonly Row[]): CalibrationTable {
  const cosine: number[] = [];
  const log10Chance: number[] = [];
  for (const row of rows) {
    const [c, l] = [round(Math.max(-1, Math.min(1, row.cosine))), round(Math.min(0, row.log10))];
    const last = cosine.length - 1;
    if (last >= 0 && c < cosine[last]! + STEP) {
      // The rarer chance of the two: a cosine implies at least that much.
      log10Chance[last] = Math.min(log10Chance[last]!, l);
      continue;
    }
    cosine.push(c);
    log10Chance.push(last >= 0 ? Math.min(l, log10Chance[last]!) : l);
  }
  // If all pairs are equally similar, the odds carry no information.
  if (cosine.length < 2) {
    const [only = 0] = cosine;
    return { cosine: [Math.min(only, 1 - STEP), 1].map(round), log10Chance: [0, -1] };
  }
  return { cosine, log10Chance };
}

/**
 * Fits odds that rank pairs of photos like another model: the r-th largest cosine gets the r-th
 * smallest chance.
 *
 * @param cosines of the new model, one per pair, in any order
 * @param log10Chances of the other model for the same pairs, in any order
 */
export function matchOdds(
  cosines: readonly number[],
  log10Chances: readonly number[],
): CalibrationTable {
  const alike = Float64Array.from(cosines).sort().reverse();
  const rare = Float64Array.from(log10Chances).sort();
  const places = ranks(alike.length);
  const rows = places.map((r) => ({ cosine: alike[r]!, log10: rare[r]! }));
  const [top] = rows;
  const before = rows[places.findIndex((r) => r >= TAIL * alike.length)];
  const beyond = top && before && before !== top ? extrapolated(top, before) : null;
  return tableOf([...rows.reverse(), ...(beyond ? [beyond] : [])]);
}

/**
 * Fits odds to unrelated pairs: a cosine's chance is the share of them that are at least this
 * similar.
 */
export function fitOdds(cosines: readonly number[]): CalibrationTable {
  const shares = cosines.map((_, i) => Math.log10((i + 1) / cosines.length));
  return matchOdds(cosines, shares);
}
