import { expect, it } from 'vitest';
import { extensionOf, growthOf } from './growth.ts';

const points = (...times: number[]) => times.map((ms, i) => ({ photos: 100 * (i + 1), ms }));

it('fits a line through the times, and extends it to a million photos', () => {
  const measured = points(0.3, 0.5, 0.7, 0.9);
  const growth = growthOf(measured)!;
  expect(growth.start).toBeCloseTo(0.1);
  expect(growth.perPhoto).toBeCloseTo(0.002);
  const extension = extensionOf(measured, growth);
  expect(extension.map(({ photos }) => photos)).toEqual([1_000, 10_000, 100_000, 1_000_000]);
  expect(extension.at(-1)!.ms).toBeCloseTo(2_000.1);
});

it('never starts below zero', () => {
  const growth = growthOf(points(0.01, 0.3, 0.7))!;
  expect(growth.start).toBe(0);
  expect(growth.perPhoto).toBeCloseTo((1 + 60 + 210) / (1e4 + 4e4 + 9e4));
});

it('fits none to times that do not grow', () => {
  expect(growthOf(points(0.3, 0.3, 0.3))).toBeNull();
  expect(growthOf(points(0.3, 0.2, 0.1))).toBeNull();
  expect(growthOf(points(0.3))).toBeNull();
});

it('says nothing of a few photos', () => {
  const few = [10, 20, 30].map((photos) => ({ photos, ms: photos / 100 }));
  expect(growthOf(few)).toBeNull();
});
