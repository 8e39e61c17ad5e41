import { describe, expect, it } from 'vitest';
import { combine, LESS } from './combine.ts';

const X = Float32Array.of(1, 0, 0);
const Y = Float32Array.of(0, 1, 0);
const Z = Float32Array.of(0, 0, 1);
const close = (vector: Float32Array | null, expected: readonly number[]) => {
  expect(vector).not.toBeNull();
  for (const [i, value] of expected.entries()) expect(vector![i]).toBeCloseTo(value, 6);
};

describe('combine', () => {
  it('returns a single example unchanged, whatever its weight', () => {
    close(combine([{ vector: X, weight: 1 }], 3), [1, 0, 0]);
    close(combine([{ vector: X, weight: 0.25 }], 3), [1, 0, 0]);
  });

  it('averages positive examples by weight, at unit length', () => {
    const half = Math.SQRT1_2;
    close(
      combine(
        [
          { vector: X, weight: 2 },
          { vector: Y, weight: 2 },
        ],
        3,
      ),
      [half, half, 0],
    );
    const length = Math.hypot(0.75, 0.25);
    close(
      combine(
        [
          { vector: X, weight: 3 },
          { vector: Y, weight: 1 },
        ],
        3,
      ),
      [0.75 / length, 0.25 / length, 0],
    );
  });

  it('subtracts the mean of the negative examples, however many there are', () => {
    const terms = [
      { vector: X, weight: 1 },
      { vector: Y, weight: -1 },
      { vector: Z, weight: -1 },
    ];
    const length = Math.hypot(1, LESS / 2, LESS / 2);
    close(combine(terms, 3), [1 / length, -LESS / 2 / length, -LESS / 2 / length]);
  });

  it('points away from the negative examples if there is nothing else', () => {
    close(combine([{ vector: X, weight: -1 }], 3), [-1, 0, 0]);
  });

  it('is null for no examples, only ignored ones, or ones that cancel out', () => {
    expect(combine([], 3)).toBeNull();
    expect(combine([{ vector: X, weight: 0 }], 3)).toBeNull();
    const opposite = [
      { vector: X, weight: 1 },
      { vector: X, weight: -1 },
    ];
    expect(combine(opposite, 3, 1)).toBeNull();
    expect(combine([{ vector: Float32Array.of(NaN, 0, 0), weight: 1 }], 3)).toBeNull();
  });
});
