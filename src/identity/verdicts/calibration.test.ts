import { describe, expect, it } from 'vitest';
import { createPrng } from '../../base/prng.ts';
import {
  DLIB_CALIBRATION,
  DLIB_SETS,
  fitCalibration,
  oddsSame,
  PRIOR_ODDS,
  probabilitySame,
  tableSamples,
} from './calibration.ts';

describe('the calibration of the dlib model', () => {
  it('matches a fit to its table', () => {
    const { slope, midpoint } = fitCalibration(tableSamples(DLIB_SETS), PRIOR_ODDS);
    expect(slope).toBeCloseTo(DLIB_CALIBRATION.slope, 1);
    expect(midpoint).toBeCloseTo(DLIB_CALIBRATION.midpoint, 3);
  });

  it('is certain where the data sets are, and uncertain between 0.55 and 0.60', () => {
    expect(probabilitySame(0.42)).toBeGreaterThan(0.99);
    expect(probabilitySame(0.55)).toBeGreaterThan(0.65);
    expect(probabilitySame(0.575)).toBeCloseTo(0.5, 1);
    expect(probabilitySame(0.6)).toBeLessThan(0.35);
    expect(probabilitySame(0.85)).toBeLessThan(0.001);
  });

  it('never increases with distance and stays finite', () => {
    let before = 1;
    for (let l2 = 0; l2 <= 3; l2 += 0.01) {
      const p = probabilitySame(l2);
      expect(p).toBeLessThanOrEqual(before);
      before = p;
    }
    expect(Number.isFinite(oddsSame(0, { slope: 1e6, midpoint: 1 }))).toBe(true);
    expect(oddsSame(9, { slope: 1e6, midpoint: 1 })).toBeGreaterThan(0);
  });
});

describe('fitCalibration', () => {
  it('recovers the curve that the pairs were sampled from', () => {
    const prng = createPrng(3);
    const truth = { slope: 30, midpoint: 0.6 };
    const pairs = Array.from({ length: 40_000 }, () => {
      const l2 = 0.3 + 0.6 * prng.float();
      return { l2, same: prng.float() < probabilitySame(l2, truth), weight: 1 };
    });
    const odds = pairs.filter(({ same }) => same).length / pairs.filter(({ same }) => !same).length;
    const { slope, midpoint } = fitCalibration(pairs, odds);
    expect(slope).toBeCloseTo(30, -0.5);
    expect(midpoint).toBeCloseTo(0.6, 2);
  });

  it('shifts with the log-odds of the prior', () => {
    const samples = tableSamples(DLIB_SETS);
    const even = fitCalibration(samples, 1);
    const rare = fitCalibration(samples, 1 / 100);
    expect(rare.slope).toBeCloseTo(even.slope, 6);
    expect(oddsSame(0.55, rare)).toBeCloseTo(oddsSame(0.55, even) / 100, 6);
  });
});
