import { expect, it } from 'vitest';
import { matrixPhotos } from './vectors-view.ts';

it('compares a photo with its nearest, and with others up to the farthest', () => {
  const order = Array.from({ length: 100 }, (_, i) => i + 1);
  const photos = matrixPhotos(500, order);
  expect(photos).toHaveLength(12);
  expect(photos.slice(0, 6)).toEqual([500, 1, 2, 3, 4, 5]);
  expect(photos.at(-1)).toBe(100);
  expect(new Set(photos).size).toBe(12);
  expect(matrixPhotos(500, [3])).toEqual([500, 3]);
  expect(matrixPhotos(500, order.slice(0, 7))).toEqual([500, 1, 2, 3, 4, 5, 6, 7]);
});
