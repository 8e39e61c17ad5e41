import { expect, test } from 'vitest';
import { averagePrecision, precisionAt, rankingByIp } from './ranking.ts';
import { quantile } from './rows.ts';

test('precision is the fraction of relevant results among the first k', () => {
  expect(precisionAt([1, 2, 3, 4], 4, (id) => id % 2 === 0)).toBe(0.5);
  expect(precisionAt([2], 5, (id) => id === 2)).toBe(0.2);
});

test('average precision matches a ranking worked out by hand', () => {
  const relevant = (id: number) => id === 11 || id === 13;
  expect(averagePrecision([11, 12, 13], relevant, 2)).toBeCloseTo((1 / 1 + 2 / 3) / 2);
  expect(averagePrecision([11, 12], relevant, 2)).toBe(0.5);
  expect(averagePrecision([12], relevant, 0)).toBe(0);
});

test('photos are ranked by inner product, without the query', () => {
  const vectors = Float32Array.from([1, 0, 0.1, 0, 0.5, 0, 0.9, 0]);
  expect(rankingByIp(10, [10, 11, 12, 13], vectors, 2)).toEqual([13, 12, 11]);
  expect(rankingByIp(9, [10, 11, 12, 13], vectors, 2)).toEqual([]);
});

test('quantiles interpolate', () => {
  expect(quantile([4, 1, 3, 2], 0.5)).toBe(2.5);
  expect(quantile([1, 2, 3], 1)).toBe(3);
});
