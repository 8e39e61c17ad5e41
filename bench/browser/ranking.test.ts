import { expect, test } from 'vitest';
import { averagePrecision, precisionAt } from './ranking.ts';
import { quantile } from './rows.ts';

test('precision is the fraction of relevant results among the first k', () => {
  expect(precisionAt([1, 2, 3, 4], 4, (id) => id % 2 === 0)).toBe(0.5);
  expect(precisionAt([2], 5, (id) => id === 2)).toBe(0.2);
});

test('average precision matches a ranking worked out by hand', () => {
  // Against 10 = (1, 0): 11 scores 0.9, 12 scores 0.5, 13 scores 0.1; 11 and 13 are relevant.
  const vectors = Float32Array.from([1, 0, 0.9, 0, 0.5, 0, 0.1, 0]);
  const relevant = (id: number) => id === 11 || id === 13;
  expect(averagePrecision(10, [10, 11, 12, 13], vectors, 2, relevant)).toBeCloseTo(
    (1 / 1 + 2 / 3) / 2,
  );
  expect(averagePrecision(10, [10, 12], vectors.slice(0, 4), 2, relevant)).toBe(0);
});

test('quantiles interpolate', () => {
  expect(quantile([4, 1, 3, 2], 0.5)).toBe(2.5);
  expect(quantile([1, 2, 3], 1)).toBe(3);
});
