import { describe, expect, it } from 'vitest';
import { ascendingOrder, listedOrder, stillThere } from './photo-order.ts';

const ids = Uint32Array.of(2, 3, 5, 7, 11, 4294967295);
const listed = Uint32Array.of(7, 4294967295, 2, 11, 3, 5);

describe.each([
  ['by id', ids, ascendingOrder(ids)],
  ['in another order', listed, listedOrder(listed)],
])('photos %s', (_words, all, order) => {
  it('are found', () => {
    all.forEach((id, place) => {
      expect(order.indexOf(id)).toBe(place);
      expect(order.placeOf(id, null)).toBe(place);
    });
    for (const id of [0, 1, 4, 12, 4294967294]) expect(order.indexOf(id)).toBe(-1);
  });

  it('are selected between two of them, in either direction', () => {
    const middle = [...all.subarray(1, 5)];
    expect(order.between(all[1]!, all[4]!)).toEqual(middle);
    expect(order.between(all[4]!, all[1]!)).toEqual(middle);
    expect(order.between(all[2]!, all[2]!)).toEqual([all[2]]);
  });

  it('give their place to the next remaining one when deleted', () => {
    const left = all.filter((_, place) => place !== 2 && place !== 3);
    const after = all === ids ? ascendingOrder(left) : listedOrder(left);
    for (const gone of [2, 3]) expect(after.placeOf(all[gone]!, all)).toBe(2);
    const first = all === ids ? ascendingOrder(all.slice(0, 4)) : listedOrder(all.slice(0, 4));
    expect(first.placeOf(all[5]!, all)).toBe(4);
  });

  it('are removed from a selection once deleted, which otherwise stays the same set', () => {
    const some = new Set([3, 5]);
    expect(stillThere(some, order)).toBe(some);
    expect([...stillThere(new Set([3, 4, 5]), order)]).toEqual([3, 5]);
  });
});

it('has no place for an unknown photo', () => {
  const order = listedOrder(listed);
  expect(order.placeOf(4, null)).toBe(0);
  expect(order.placeOf(4, ids)).toBe(0);
  expect(order.between(4, 7)).toEqual([]);
});
