import { expect, it } from 'vitest';
import { neededBy } from './needed.ts';

it('finds the fewest centroids that are enough, if any are', () => {
  const row = (kind: 'kmeans' | 'pq', M: number, nbits: number, recall: number) => ({
    kind,
    M,
    nbits,
    centroids: M * 2 ** nbits,
    recall,
  });
  const rows = [
    row('kmeans', 1, 5, 0.2),
    row('kmeans', 1, 6, 0.4),
    row('pq', 32, 4, 0.88),
    row('pq', 64, 4, 0.93),
    row('pq', 2, 8, 0.91),
  ];
  expect(neededBy({ rows, aim: 0.9 }, 'pq').enough?.centroids).toBe(512);
  expect(neededBy({ rows, aim: 0.9 }, 'kmeans')).toEqual({ enough: null, best: rows[1] });
});
