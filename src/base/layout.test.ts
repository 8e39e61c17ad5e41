import { describe, expect, it } from 'vitest';
import { alignUp, safeProduct } from './layout.ts';

describe('alignUp', () => {
  it('rounds up to a multiple', () => {
    expect([0, 1, 7, 8, 9].map((bytes) => alignUp(bytes, 8))).toEqual([0, 8, 8, 8, 16]);
  });

  it('stays exact beyond 32 bits', () => {
    expect(alignUp(2 ** 40 + 1, 64)).toBe(2 ** 40 + 64);
  });
});

describe('safeProduct', () => {
  it('multiplies', () => {
    expect(safeProduct(3, 4, 5)).toBe(60);
    expect(safeProduct(0xffffffff, 0)).toBe(0);
  });

  it('returns undefined when the product is not exact', () => {
    expect(safeProduct(0xffffffff, 0xffffffff)).toBeUndefined();
    expect(safeProduct(0xffffffff, 0xffffffff, 0)).toBeUndefined();
    expect(safeProduct(Number.MAX_SAFE_INTEGER, 1)).toBe(Number.MAX_SAFE_INTEGER);
  });
});
