import { describe, expect, it } from 'vitest';
import { createPrng } from '../base/prng.ts';
import { oneIn } from './calibration.ts';
import { fitOdds, matchOdds } from './matchOdds.ts';
import { isCalibration } from './nets/fit.ts';

const prng = createPrng(11);
/** One model's cosines, and another's chances for the same pairs. */
const pairs = Array.from({ length: 2000 }, () => {
  const chance = 1 - prng.float();
  // A model whose cosine is linear in the logarithm of the chance, 0.2 for a chance of 1.
  return { cosine: 0.2 - 0.1 * Math.log10(chance), log10: Math.log10(chance) };
});
const cosines = pairs.map(({ cosine }) => cosine);

describe('matchOdds', () => {
  it('gives each cosine the chance that the other model gives pairs of the same rank', () => {
    const shuffled = pairs.map(({ log10 }) => log10).reverse();
    const table = matchOdds(cosines, shuffled);
    expect(isCalibration(table)).toBe(true);
    for (const chance of [0.5, 0.1, 0.02, 0.003]) {
      const n = oneIn(table, 0.2 - 0.1 * Math.log10(chance));
      expect(Math.log10(n)).toBeCloseTo(-Math.log10(chance), 1);
    }
  });

  it('extrapolates beyond the most similar pair', () => {
    const table = matchOdds(
      cosines,
      pairs.map(({ log10 }) => log10),
    );
    const most = Math.max(...cosines);
    expect(table.cosine.at(-1)).toBeGreaterThan(most + 0.05);
    const further = most + 0.1;
    expect(Math.log10(oneIn(table, further))).toBeCloseTo((further - 0.2) / 0.1, 0);
  });

  it.each<[string, number[], number[]]>([
    ['no pairs', [], []],
    ['one pair', [0.4], [-1]],
    ['pairs that are all alike', [0.7, 0.7, 0.7], [-1, -2, 0]],
    ['copies only', [1, 1, 1], [-6, -6, -6]],
    ['cosines beyond 1 by rounding', [1.0000001, 0.3, -1.0000001], [-6, -1, 0]],
    ['hardly different ones', [0.5, 0.500001, 0.500002], [0, -3, -6]],
  ])('makes a valid table from %s', (_, alike, chances) => {
    expect(isCalibration(matchOdds(alike, chances))).toBe(true);
  });
});

it('fits odds to unrelated pairs by how many are at least as similar', () => {
  const table = fitOdds(cosines);
  expect(isCalibration(table)).toBe(true);
  const sorted = cosines.toSorted((a, b) => a - b);
  expect(oneIn(table, sorted[1000]!)).toBeCloseTo(2, 0);
  expect(oneIn(table, sorted[1980]!)).toBeGreaterThan(70);
  expect(oneIn(table, sorted[1980]!)).toBeLessThan(140);
});
