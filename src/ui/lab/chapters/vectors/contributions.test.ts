import { expect, it } from 'vitest';
import { contributionsOf } from './contributions.ts';

it('splits an inner product into what each component adds', () => {
  const found = contributionsOf(Float32Array.of(0.5, -0.5, 2, 1), Float32Array.of(1, -2, -1, 0), 2);
  expect([...found.products]).toEqual([0.5, 1, -2, 0]);
  expect(found.similarity).toBe(-0.5);
  expect(found.top).toEqual([1, 0]);
  expect(found.topSum).toBe(1.5);
});
