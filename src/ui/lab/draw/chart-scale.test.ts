import { expect, it } from 'vitest';
import { placeOn, ticksOf } from './chart-scale.ts';

const axis = (from: number, to: number, isLog = false) => ({
  label: '',
  from,
  to,
  isLog,
  text: String,
});

it('marks round values within the axis', () => {
  expect(ticksOf(axis(0, 1))).toEqual([0, 0.2, 0.4, 0.6, 0.8, 1]);
  expect(ticksOf(axis(0, 600))).toEqual([0, 200, 400, 600]);
  expect(ticksOf(axis(-0.13, 0.9))).toEqual([0, 0.5]);
  expect(ticksOf({ ...axis(4, 1_024, true), base: 2 }, 8)).toEqual([4, 16, 64, 256, 1_024]);
  expect(ticksOf(axis(75, 1_000_000, true))).toEqual([100, 1_000, 10_000, 100_000, 1_000_000]);
  expect(ticksOf(axis(3, 3))).toEqual([3]);
});

it('places values between its ends', () => {
  expect(placeOn(axis(2, 6), 3)).toBe(0.25);
  expect(placeOn(axis(1, 100, true), 10)).toBeCloseTo(0.5);
  expect(placeOn(axis(5, 5), 5)).toBe(0.5);
});
