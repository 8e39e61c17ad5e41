import { expect, it } from 'vitest';
import { pairwise } from './pairwise.ts';

it('computes precision and recall over pairs', () => {
  // Clustered pairs: 01, 02, 12, 34. True pairs: 01, 23, 24, 34.
  const { precision, recall } = pairwise([1, 1, 1, 2, 2, undefined], 'aabbbc'.split(''));
  expect(precision).toBe(2 / 4);
  expect(recall).toBe(2 / 4);
});

it('treats each unclustered face as a cluster of its own', () => {
  expect(pairwise([undefined, undefined], ['a', 'a'])).toEqual({ precision: 1, recall: 0 });
});

it('scores an empty library as perfect', () => {
  expect(pairwise([], [])).toEqual({ precision: 1, recall: 1 });
});
