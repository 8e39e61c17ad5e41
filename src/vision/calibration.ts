import type { CalibrationTable } from './types.ts';

/** The rarest odds reported: a few hundred thousand pairs can't support more. */
export const MOST_ONE_IN = 1_000_000;

/** Index of the first cosine in the table above `cosine`. */
function above(cosines: readonly number[], cosine: number): number {
  let low = 0;
  let high = cosines.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (cosines[middle]! > cosine) high = middle;
    else low = middle + 1;
  }
  return low;
}

/**
 * How rare it is that two unrelated photos look at least this similar: "1 in n". Interpolates the
 * logarithm of the chance between the table's cosines. Increases with the cosine, 1 to
 * `MOST_ONE_IN`.
 *
 * @param cosine of two unit vectors of the table's space; may exceed [-1, 1] by rounding
 */
export function oneIn({ cosine: cosines, log10Chance }: CalibrationTable, cosine: number): number {
  const next = above(cosines, cosine);
  // NaN compares false with everything and lands here: the weakest claim for an unknown.
  if (next === 0 || Number.isNaN(cosine)) return 10 ** -log10Chance[0]!;
  const last = cosines.length - 1;
  if (next > last) return Math.min(10 ** -log10Chance[last]!, MOST_ONE_IN);
  const share = (cosine - cosines[next - 1]!) / (cosines[next]! - cosines[next - 1]!);
  const log10 = log10Chance[next - 1]! + share * (log10Chance[next]! - log10Chance[next - 1]!);
  return Math.min(10 ** -log10, MOST_ONE_IN);
}
