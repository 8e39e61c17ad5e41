import { describe, expect, it } from 'vitest';
import { NEIGHBORS, smooth } from './smooth.ts';

const X = Float32Array.of(1, 0);
const Y = Float32Array.of(0, 1);

describe('smooth', () => {
  it('returns the vector itself without neighbors', () => {
    expect([...smooth(X, [])]).toEqual([1, 0]);
  });

  it('moves towards the neighbors by the cube of their cosine, at unit length', () => {
    const smoothed = smooth(X, [{ vector: Y, cosine: 0.5 }]);
    const length = Math.hypot(1, 0.125);
    expect(smoothed[0]).toBeCloseTo(1 / length, 6);
    expect(smoothed[1]).toBeCloseTo(0.125 / length, 6);
  });

  it('ignores opposite neighbors, and more than the nearest ones', () => {
    expect([...smooth(X, [{ vector: Y, cosine: -0.9 }])]).toEqual([1, 0]);
    const same = Array.from({ length: NEIGHBORS }, () => ({ vector: X, cosine: 1 }));
    expect([...smooth(X, [...same, { vector: Y, cosine: 1 }])]).toEqual([1, 0]);
  });
});
