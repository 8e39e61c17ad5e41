import type { Prng } from '../../src/base/prng.ts';
import { shuffle } from '../../src/base/shuffle.ts';
import { MOST_ONE_IN, oneIn } from '../../src/vision/calibration.ts';
import type { CalibrationTable } from '../../src/vision/types.ts';
import { visualVector } from '../../src/vision/visualVector.ts';
import { dot } from './evaluate.ts';
import { fitStatistics, split } from './statistics.ts';

/** Chances whose cosines are read off the sample; the rarer ones come from the fitted tail. */
const SAMPLED = [1, 0.9, 0.8, 0.7, 0.6, 0.5, 0.4, 0.3, 0.2, 0.1, 0.05, 0.02, 0.01, 0.005];
/** Share of the pairs, the most alike, that the tail is fitted to. */
const TAIL = 0.005;

function shuffled<T>(items: readonly T[], prng: Prng): T[] {
  const list = [...items];
  shuffle(list, prng);
  return list;
}

function pairCosines(vectors: readonly Float32Array[]): number[] {
  return vectors.flatMap((a, i) => vectors.slice(i + 1).map((b) => dot(a, b)));
}

/**
 * Cosines among unrelated photos that the statistics were not fitted to: those of photos that
 * they were fitted to lie closer together. Each fold's pairs come from a fit to all the others.
 *
 * @param unrelated raw taps of photos of which no two are of one thing
 * @param more raw taps that every fit may use besides
 * @returns the pairs' cosines, one list a fold
 */
export function heldOutCosines(
  unrelated: readonly Float32Array[],
  more: readonly Float32Array[],
  folds: number,
  prng: Prng,
): number[][] {
  const order = shuffled(unrelated, prng);
  return Array.from({ length: folds }, (_, fold) => {
    const held = order.filter((_, i) => i % folds === fold);
    const fit = fitStatistics([...order.filter((_, i) => i % folds !== fold), ...more]);
    return pairCosines(held.map((taps) => visualVector(split(taps), fit)));
  });
}

/**
 * Chance by cosine: quantiles of the sample, then an exponential tail beyond the last of them
 * (peaks over a threshold, Pickands 1975, with shape 0: its one parameter is the mean excess),
 * down to one in `MOST_ONE_IN`.
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

/** How often pairs really are as alike as the table gives to one in n. */
export function checkCalibration(
  table: CalibrationTable,
  cosines: readonly number[],
): { promisedOneIn: number; foundOneIn: number; pairs: number }[] {
  return [10, 100, 1000, 10_000].map((promisedOneIn) => {
    const pairs = cosines.filter((cosine) => oneIn(table, cosine) >= promisedOneIn).length;
    return { promisedOneIn, foundOneIn: Math.round(cosines.length / pairs), pairs };
  });
}
