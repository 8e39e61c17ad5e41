import { createPrng } from '../../base/prng.ts';
import type { Measured } from '../../base/teaching.ts';

const RESAMPLES = 1_000;
const SEED = 95;

/**
 * The mean of values with a percentile interval, by the cluster bootstrap (Davison and Hinkley
 * 1997, section 3.8): whole groups are drawn, because photos of a group are answered well or badly
 * together. With fewer than three groups, single values are drawn.
 *
 * @param groups group of each value
 * @param level how often such an interval contains the mean of all values there could be
 */
export function meanInterval(
  values: readonly number[],
  groups: readonly number[],
  level = 0.95,
): Measured {
  if (values.length === 0) return { value: 0, low: 0, high: 0 };
  const slots = new Map<number, number>();
  for (const group of groups) if (!slots.has(group)) slots.set(group, slots.size);
  const single = slots.size < 3;
  const count = single ? values.length : slots.size;
  const sums = new Float64Array(count);
  const sizes = new Float64Array(count);
  values.forEach((value, i) => {
    const slot = single ? i : slots.get(groups[i]!)!;
    sums[slot]! += value;
    sizes[slot]! += 1;
  });
  const prng = createPrng(SEED);
  const means = new Float64Array(RESAMPLES);
  for (let s = 0; s < RESAMPLES; s++) {
    let sum = 0;
    let size = 0;
    for (let i = 0; i < count; i++) {
      const slot = prng.below(count);
      sum += sums[slot]!;
      size += sizes[slot]!;
    }
    means[s] = sum / size;
  }
  means.sort();
  const at = (share: number) => means[Math.round(share * (RESAMPLES - 1))]!;
  const value = values.reduce((sum, each) => sum + each, 0) / values.length;
  return { value, low: at((1 - level) / 2), high: at((1 + level) / 2) };
}
