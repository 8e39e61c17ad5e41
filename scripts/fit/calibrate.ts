import { MOST_ONE_IN } from '../../src/vision/calibration.ts';
import type { CalibrationTable } from '../../src/vision/types.ts';

/** P-values whose cosines are quantiles of the sample; smaller ones come from the fitted tail. */
const SAMPLED = [1, 0.9, 0.8, 0.7, 0.6, 0.5, 0.4, 0.3, 0.2, 0.1, 0.05, 0.02, 0.01, 0.005, 0.002];
/** Fraction of the pairs, the most similar, that the tail is fitted to. */
const TAIL = 0.002;

/**
 * P-value by cosine: quantiles of the sample, then an exponential tail beyond the last one (peaks
 * over threshold, Pickands 1975, with shape 0: its only parameter is the mean excess), down to one
 * in `MOST_ONE_IN`.
 *
 * @param cosines of pairs of unrelated photos
 */
export function calibrate(cosines: readonly number[]): CalibrationTable {
  const sorted = Float64Array.from(cosines).sort();
  const quantile = (chance: number) => sorted[Math.round((1 - chance) * (sorted.length - 1))]!;
  const threshold = quantile(TAIL);
  const excess = sorted.filter((cosine) => cosine > threshold).map((cosine) => cosine - threshold);
  const meanExcess = excess.reduce((sum, value) => sum + value, 0) / excess.length;
  const end = Math.min(threshold + meanExcess * Math.log(TAIL * MOST_ONE_IN), 1);
  const tail = Math.log10(TAIL) - (end - threshold) / meanExcess / Math.LN10;
  const round = (value: number) => Number(value.toFixed(5));
  return {
    cosine: [...SAMPLED.map(quantile), end].map(round),
    log10Chance: [...SAMPLED.map((chance) => -round(-Math.log10(chance))), round(tail)],
  };
}
