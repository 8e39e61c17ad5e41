import { expect, it } from 'vitest';
import { neighbourOf } from './photo-run.ts';

const ids = (...some: number[]) => Uint32Array.from(some);
const gallery = ids(1, 3, 5, 7, 9);

it('steps in the order of the list that the photo was opened from', () => {
  const run = ids(7, 1, 9);
  expect(neighbourOf(1, 1, run, gallery)).toBe(9);
  expect(neighbourOf(1, -1, run, gallery)).toBe(7);
  expect(neighbourOf(7, -1, run, gallery)).toBeUndefined();
  expect(neighbourOf(9, 1, run, gallery)).toBeUndefined();
});

it('steps over what is in the gallery no more', () => {
  expect(neighbourOf(7, 1, ids(7, 2, 4, 9), gallery)).toBe(9);
  expect(neighbourOf(2, 1, ids(7, 2, 4, 9), gallery)).toBe(9);
});

it('steps through the gallery where the photo is not in the list, or there is none', () => {
  expect(neighbourOf(5, 1, ids(7, 1), gallery)).toBe(7);
  expect(neighbourOf(5, -1, ids(), gallery)).toBe(3);
  expect(neighbourOf(1, -1, ids(), gallery)).toBeUndefined();
  expect(neighbourOf(9, 1, ids(), gallery)).toBeUndefined();
  // Deleted meanwhile: to those that lay beside it.
  expect(neighbourOf(4, 1, ids(), gallery)).toBe(5);
  expect(neighbourOf(4, -1, ids(), gallery)).toBe(3);
});
