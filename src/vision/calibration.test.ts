import { describe, expect, it } from 'vitest';
import { MOST_ONE_IN, oneIn } from './calibration.ts';

const table = { cosine: [-0.2, 0, 0.2, 0.6], log10Chance: [0, -1, -2, -6] };

describe('oneIn', () => {
  it.each([
    [-1, 1],
    [-0.2, 1],
    [0, 10],
    [0.2, 100],
    [0.4, 10_000],
    [0.6, MOST_ONE_IN],
    [1, MOST_ONE_IN],
    [1.000001, MOST_ONE_IN],
  ])('maps cosine %f to one in %i', (cosine, expected) => {
    expect(oneIn(table, cosine)).toBeCloseTo(expected, 6);
  });

  it('never decreases as the cosine rises, and stays within bounds', () => {
    let before = 1;
    for (let cosine = -1.1; cosine <= 1.1; cosine += 0.001) {
      const now = oneIn(table, cosine);
      expect(now).toBeGreaterThanOrEqual(before);
      expect(now).toBeLessThanOrEqual(MOST_ONE_IN);
      before = now;
    }
  });

  it('returns 1 for NaN', () => {
    expect(oneIn(table, Number.NaN)).toBe(1);
  });

  it('never exceeds the maximum, whatever the table contains', () => {
    expect(oneIn({ cosine: [0, 1], log10Chance: [0, -40] }, 1)).toBe(MOST_ONE_IN);
  });
});
