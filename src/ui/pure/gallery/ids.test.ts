import { expect, it } from 'vitest';
import { columnsOf, idsBetween, indexOfId, lowerBound, sameIds } from './ids.ts';

const ids = Uint32Array.of(2, 3, 5, 7, 11, 4294967295);

it('finds ids by binary search', () => {
  ids.forEach((id, i) => {
    expect(indexOfId(ids, id)).toBe(i);
  });
  for (const id of [0, 1, 4, 12, 4294967294]) expect(indexOfId(ids, id)).toBe(-1);
  expect(lowerBound(ids, 6)).toBe(3);
  expect(indexOfId(new Uint32Array(0), 1)).toBe(-1);
});

it('returns the ids between two in either direction, even if those are missing', () => {
  expect(idsBetween(ids, 3, 7)).toEqual([3, 5, 7]);
  expect(idsBetween(ids, 7, 3)).toEqual([3, 5, 7]);
  expect(idsBetween(ids, 4, 8)).toEqual([5, 7]);
});

it('detects changes', () => {
  expect(sameIds(ids, ids.slice())).toBe(true);
  expect(sameIds(ids, ids.subarray(1))).toBe(false);
  expect(sameIds(ids, ids.slice().reverse())).toBe(false);
  expect(sameIds(new Uint32Array(0), new Uint32Array(0))).toBe(true);
});

it('keeps only photos in the gallery, ascending and without duplicates', () => {
  const gallery = { ids, aspects: Float32Array.from(ids, (id) => id / 4) };
  const columns = columnsOf(gallery, [11, 3, 4, 3]);
  expect([...columns.ids]).toEqual([3, 11]);
  expect([...columns.aspects]).toEqual([0.75, 2.75]);
  expect(columnsOf(gallery, []).ids).toHaveLength(0);
});
