import { expect, it } from 'vitest';
import { listedOrder } from './photo-order.ts';
import { neighbourOf } from './photo-run.ts';

const ids = (...some: number[]) => Uint32Array.from(some);
const gallery = ids(1, 3, 5, 7, 9);
/** By capture date. */
const shown = listedOrder(ids(3, 9, 7, 5, 1));

it('steps through the list from which the photo was opened', () => {
  const run = ids(7, 1, 9);
  expect(neighbourOf(1, 1, run, gallery, shown)).toBe(9);
  expect(neighbourOf(1, -1, run, gallery, shown)).toBe(7);
  expect(neighbourOf(7, -1, run, gallery, shown)).toBeUndefined();
  expect(neighbourOf(9, 1, run, gallery, shown)).toBeUndefined();
});

it('skips photos no longer in the gallery', () => {
  expect(neighbourOf(7, 1, ids(7, 2, 4, 9), gallery, shown)).toBe(9);
  expect(neighbourOf(2, 1, ids(7, 2, 4, 9), gallery, shown)).toBe(9);
});

it('steps through the gallery in its displayed order if the photo is not in the list or there is no list', () => {
  expect(neighbourOf(5, 1, ids(7, 1), gallery, shown)).toBe(1);
  expect(neighbourOf(5, -1, ids(), gallery, shown)).toBe(7);
  expect(neighbourOf(3, -1, ids(), gallery, shown)).toBeUndefined();
  expect(neighbourOf(1, 1, ids(), gallery, shown)).toBeUndefined();
  // Deleted meanwhile: fall back to the adjacent ids.
  expect(neighbourOf(4, -1, ids(), gallery, shown)).toBe(5);
  expect(neighbourOf(4, 1, ids(), gallery, shown)).toBe(3);
});
