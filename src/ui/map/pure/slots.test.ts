import { expect, it } from 'vitest';
import { withoutOverlaps } from './marks.ts';
import { Slots } from './slots.ts';

it('lets the photo used longest ago make room', () => {
  const slots = new Slots(2);
  const first = slots.take(10, 1);
  const second = slots.take(11, 1);
  expect(new Set([first, second])).toEqual(new Set([0, 1]));
  // Both are in use.
  expect(slots.take(12, 1)).toBe(-1);
  expect(slots.touch(10, 2)).toBe(first);
  expect(slots.take(12, 2)).toBe(second);
  expect(slots.has(11)).toBe(false);
  expect(slots.touch(11, 2)).toBe(-1);
});

it('draws the first of marks that overlap', () => {
  const at = (x: number) => ({ x0: x, x1: x + 10, y0: 0, y1: 10 });
  expect(withoutOverlaps([at(0), at(5), null, at(10), at(12)])).toEqual([0, 3]);
});
