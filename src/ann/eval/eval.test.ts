import { describe, expect, it } from 'vitest';
import { createPrng } from '../../base/prng.ts';
import { groundTruth } from './groundTruth.ts';
import { recall } from './recall.ts';
import { clusteredUnitVectors } from './synthetic.ts';

describe('groundTruth', () => {
  const base = { d: 2, ids: [4, 9, 2], vectors: Float32Array.of(3, 4, 1, 0, 1, 0) };

  it('ranks by inner product, ties by lower id', () => {
    expect(groundTruth('ip', base, [1, 1], 3)).toEqual([
      { id: 4, score: 7 },
      { id: 2, score: 1 },
      { id: 9, score: 1 },
    ]);
  });

  it('ranks by squared distance, and stops at k', () => {
    expect(groundTruth('l2sq', base, [0, 0], 2)).toEqual([
      { id: 2, score: 1 },
      { id: 9, score: 1 },
    ]);
  });
});

describe('recall', () => {
  it('is the share of the true neighbours found', () => {
    expect(recall([1, 2, 3, 4], [4, 9, 2])).toBe(0.5);
    expect(recall([1, 2], [1, 1, 1])).toBe(0.5);
    expect(recall([], [1])).toBe(1);
    expect(recall([1], [])).toBe(0);
  });
});

describe('clusteredUnitVectors', () => {
  it('draws unit vectors, the same from the same seed and others from another', () => {
    const draw = (seed: number) =>
      clusteredUnitVectors({ d: 40, centres: 4 }, createPrng(seed))(50);
    const vectors = draw(1);
    for (let row = 0; row < 50; row++) {
      const lengthSq = vectors
        .subarray(row * 40, (row + 1) * 40)
        .reduce((sum, x) => sum + x * x, 0);
      expect(lengthSq).toBeCloseTo(1, 5);
    }
    expect(draw(1)).toEqual(vectors);
    expect(draw(2)).not.toEqual(vectors);
  });

  it('draws clusters: the nearest neighbour is far nearer than the middle one', () => {
    const d = 64;
    const vectors = clusteredUnitVectors({ d, centres: 10 }, createPrng(3))(500);
    const ids = Array.from({ length: 500 }, (_, row) => row + 1);
    const ranked = groundTruth('ip', { vectors, ids, d }, vectors.subarray(0, d), 500);
    expect(ranked[1]!.score - ranked[250]!.score).toBeGreaterThan(0.3);
  });
});
