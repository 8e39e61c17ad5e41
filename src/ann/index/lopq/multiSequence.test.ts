import { describe, expect, it } from 'vitest';
import { createPrng } from '../../../base/prng.ts';
import { MultiSequence } from './multiSequence.ts';

type Pair = readonly [first: number, second: number];

function visited(first: Float32Array, second: Float32Array, atMost = Number.POSITIVE_INFINITY) {
  const sequence = new MultiSequence(first, second);
  const pairs: Pair[] = [];
  while (pairs.length < atMost && sequence.next()) pairs.push([sequence.first, sequence.second]);
  return pairs;
}

/** All pairs, sorted. */
function sorted(first: Float32Array, second: Float32Array): Pair[] {
  const pairs = Array.from(first).flatMap((_, i) => Array.from(second, (_, j): Pair => [i, j]));
  const key = ([i, j]: Pair) => first[i]! + second[j]!;
  return pairs.sort((a, b) => key(a) - key(b) || a[0] - b[0] || a[1] - b[1]);
}

describe('MultiSequence', () => {
  it('visits the pairs of two short lists in the order worked out by hand', () => {
    // Sums:      1   3   9      (second: 1, 3, 9)
    //   0        1   3   9
    //   5        6   8  14
    //   7        8  10  16
    expect(visited(Float32Array.of(0, 5, 7), Float32Array.of(1, 3, 9))).toEqual([
      [0, 0],
      [0, 1],
      [1, 0],
      [1, 1],
      [2, 0],
      [0, 2],
      [2, 1],
      [1, 2],
      [2, 2],
    ]);
  });

  it('visits all pairs in sorted order, whatever the lengths and ties', () => {
    const prng = createPrng(7);
    for (let round = 0; round < 300; round++) {
      // Few distinct values, so many pairs tie; negative ones too, as with inner products.
      const values = 2 + prng.below(30);
      const list = () =>
        Float32Array.from({ length: 1 + prng.below(14) }, () => prng.below(values) - 5).sort();
      const first = list();
      const second = list();
      expect(visited(first, second)).toEqual(sorted(first, second));
    }
  });

  it('visits the same first pairs when stopped early', () => {
    const prng = createPrng(8);
    const list = () => Float32Array.from({ length: 40 }, () => prng.float()).sort();
    const first = list();
    const second = list();
    expect(visited(first, second, 25)).toEqual(sorted(first, second).slice(0, 25));
  });

  it('has no pairs when either half is empty, and one when both have one cell', () => {
    expect(visited(new Float32Array(0), Float32Array.of(1))).toEqual([]);
    expect(visited(Float32Array.of(1), new Float32Array(0))).toEqual([]);
    expect(visited(Float32Array.of(1), Float32Array.of(2))).toEqual([[0, 0]]);
  });
});
