import { expect, it } from 'vitest';
import { createPrng } from './prng.ts';
import { shuffle } from './shuffle.ts';

it('puts each item in every position equally often and loses none', () => {
  const prng = createPrng(1);
  const seen = Array.from({ length: 4 }, () => new Uint32Array(4));
  for (let round = 0; round < 4_000; round++) {
    const items = Uint8Array.of(0, 1, 2, 3);
    shuffle(items, prng);
    expect([...items].sort()).toEqual([0, 1, 2, 3]);
    items.forEach((item, place) => {
      seen[item]![place]!++;
    });
  }
  // Expected 1,000 each; the standard deviation is 27.
  for (const count of seen.flatMap((counts) => [...counts])) {
    expect(Math.abs(count - 1_000)).toBeLessThan(140);
  }
});

it('leaves empty and single-item arrays unchanged', () => {
  const one = ['a'];
  shuffle([], createPrng(1));
  shuffle(one, createPrng(1));
  expect(one).toEqual(['a']);
});
