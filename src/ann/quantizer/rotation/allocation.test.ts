import { describe, expect, it } from 'vitest';
import { createPrng } from '../../../base/prng.ts';
import { eigenvalueAllocation } from './allocation.ts';

function allocate(eigenvalues: number[], M: number): number[] {
  return [...eigenvalueAllocation(Float64Array.from(eigenvalues), M)];
}

describe('eigenvalueAllocation', () => {
  // Divided by 2: 8, 4, 2, 1. 8 to the first of two empty buckets, 4 to the other; products 8, 4:
  // 2 to the other, which is then full; 1 to the first.
  it('matches an allocation worked out by hand', () => {
    expect(allocate([16, 8, 4, 2], 2)).toEqual([0, 3, 1, 2]);
  });

  // Divided by 0.1: 9, 8, 6, 4, 2, 1. Products 9 | 8 | 6, then 4 to the third (24), 2 to the second
  // (16), 1 to the first: the same below 1 as above it.
  it('does not depend on the scale', () => {
    const expected = [0, 5, 1, 4, 2, 3];
    expect(allocate([0.9, 0.8, 0.6, 0.4, 0.2, 0.1], 3)).toEqual(expected);
    expect(allocate([9e9, 8e9, 6e9, 4e9, 2e9, 1e9], 3)).toEqual(expected);
    expect(allocate([9e-9, 8e-9, 6e-9, 4e-9, 2e-9, 1e-9], 3)).toEqual(expected);
  });

  it('fills every bucket, even with eigenvalues of 0', () => {
    expect(allocate([0, 0, 0, 0], 2)).toEqual([0, 1, 2, 3]);
    expect(allocate([5, 0, 0, 0], 2)).toEqual([0, 3, 1, 2]);
    expect(allocate([3, 2, 1], 1)).toEqual([0, 1, 2]);
    expect(allocate([3, 2, 1], 3)).toEqual([0, 1, 2]);
  });

  it('balances the products of decreasing variances', () => {
    const d = 64;
    const M = 8;
    const prng = createPrng(2);
    const values = Array.from({ length: d }, (_, i) => 0.9 ** i * (1 + prng.float()));
    values.sort((a, b) => b - a);
    const permutation = allocate(values, M);
    expect([...permutation].sort((a, b) => a - b)).toEqual([...values.keys()]);
    const logs = Array.from({ length: M }, (_, m) =>
      permutation.slice(8 * m, 8 * m + 8).reduce((sum, i) => sum + Math.log(values[i]!), 0),
    );
    const spread = Math.max(...logs) - Math.min(...logs);
    // Unallocated, the products of the first and last buckets differ by e^40 and more.
    expect(spread).toBeLessThan(1);
  });

  it.each([
    ['M that does not divide d', [4, 3, 2, 1], 3],
    ['M of 0', [1], 0],
    ['M over d', [2, 1], 4],
    ['no eigenvalues', [], 1],
    ['rising eigenvalues', [1, 2], 1],
    ['an eigenvalue below 0', [1, -1], 1],
    ['NaN', [1, NaN], 1],
    ['infinity', [Infinity, 1], 1],
  ])('rejects %s', (_name, eigenvalues, M) => {
    expect(() => allocate(eigenvalues, M)).toThrow(
      expect.objectContaining({ code: 'invalid-argument' }),
    );
  });
});
