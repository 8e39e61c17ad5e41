import { expect, it } from 'vitest';
import { chartScale, logMarks, shareFloor, shareMarks } from './log-scale.ts';

it('places equal ratios at equal distances', () => {
  const { x, y, left, right, top, bottom } = chartScale({
    ...{ width: 400, height: 300, from: 0.01, to: 100, floor: 0.5 },
  });
  expect(x(0.01)).toBeCloseTo(left);
  expect(x(1)).toBeCloseTo((left + right) / 2);
  expect(x(100)).toBeCloseTo(right);
  expect([y(0.5), y(1)]).toEqual([bottom, top]);
  expect(y(0.75)).toBeCloseTo((top + bottom) / 2);
});

it('marks round values, fewer where there is no room', () => {
  expect(logMarks(1, 100, 9)).toEqual([1, 2, 5, 10, 20, 50, 100]);
  expect(logMarks(1, 100, 5)).toEqual([1, 3, 10, 30, 100]);
  expect(logMarks(1, 1000, 4)).toEqual([1, 10, 100, 1000]);
  expect(logMarks(0.04, 0.3, 9)).toEqual([0.05, 0.1, 0.2]);
  expect(shareMarks(0.8)).toEqual([0.8, 0.85, 0.9, 0.95, 1]);
  expect(shareFloor([0.93, 1])).toBe(0.8);
  expect(shareFloor([])).toBe(0.8);
  expect(shareFloor([0.01])).toBe(0);
});
