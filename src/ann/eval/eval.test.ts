import { describe, expect, it } from 'vitest';
import { nodeSimdKernels } from '../../../bench/nodeKernels.ts';
import { createPrng } from '../../base/prng.ts';
import { scalarKernels } from '../kernels/scalar.ts';
import { exactNeighbours } from './exactNeighbours.ts';
import { groundTruth } from './groundTruth.ts';
import { nearestRecall, recall } from './recall.ts';
import { clusteredUnitVectors } from './synthetic.ts';

describe('groundTruth', () => {
  const base = { d: 2, ids: [4, 9, 2], vectors: Float32Array.of(3, 4, 1, 0, 1, 0) };

  it('ranks by inner product and breaks ties by lower id', () => {
    expect(groundTruth('ip', base, [1, 1], 3)).toEqual([
      { id: 4, score: 7 },
      { id: 2, score: 1 },
      { id: 9, score: 1 },
    ]);
  });

  it('ranks by squared distance and returns at most k results', () => {
    expect(groundTruth('l2sq', base, [0, 0], 2)).toEqual([
      { id: 2, score: 1 },
      { id: 9, score: 1 },
    ]);
  });
});

describe('recall', () => {
  it('is the fraction of true neighbors found', () => {
    expect(recall([1, 2, 3, 4], [4, 9, 2])).toBe(0.5);
    expect(recall([1, 2], [1, 1, 1])).toBe(0.5);
    expect(recall([], [1])).toBe(1);
    expect(recall([1], [])).toBe(0);
  });
});

describe('nearestRecall', () => {
  it('is the fraction of queries whose true nearest neighbor is in the top R', () => {
    const found = [[5, 1], [2], [], Uint32Array.of(9, 8, 4)];
    expect(nearestRecall([5, 7, 3, 4], found, [1, 2, 3, 100])).toEqual([0.25, 0.25, 0.5, 0.5]);
    expect(nearestRecall([], [], [1])).toEqual([1]);
  });
});

describe.each([
  ['scalar', scalarKernels],
  ['simd', nodeSimdKernels],
] as const)('exactNeighbours with %s kernels', (_, makeKernels) => {
  it.each(['ip', 'l2sq'] as const)('matches groundTruth by %s across many chunks', (metric) => {
    const d = 600;
    const n = 700;
    const prng = createPrng(9);
    const vectors = clusteredUnitVectors({ d, centres: 7 }, prng)(n);
    const queries = vectors.slice(0, 5 * d).map((x) => x + 0.01 * prng.normal());
    const ids = Array.from({ length: n }, (_, row) => 5000 - row);
    const kernels = makeKernels();
    const found = exactNeighbours(kernels, metric, { vectors, ids, d }, queries, 20);
    expect(kernels.bytesInUse).toBe(0);
    for (let i = 0; i < 5; i++) {
      const query = queries.subarray(i * d, (i + 1) * d);
      const truth = groundTruth(metric, { vectors, ids, d }, query, 20).map(({ id }) => id);
      expect([...found.subarray(i * 20, (i + 1) * 20)]).toEqual(truth);
    }
  });

  it('pads with 0 when there are fewer than k vectors and rejects mismatched lengths', () => {
    const base = { d: 2, ids: [4, 9], vectors: Float32Array.of(3, 4, 1, 0) };
    const found = exactNeighbours(makeKernels(), 'l2sq', base, Float32Array.of(1, 1, 3, 3), 3);
    expect([...found]).toEqual([9, 4, 0, 4, 9, 0]);
    const invalid = expect.objectContaining({ code: 'invalid-argument' });
    const query = Float32Array.of(1, 1, 1);
    expect(() => exactNeighbours(makeKernels(), 'ip', base, query, 1)).toThrowError(invalid);
    expect(() => exactNeighbours(makeKernels(), 'ip', { ...base, d: 1 }, query, 1)).toThrowError(
      invalid,
    );
    expect(() => exactNeighbours(makeKernels(), 'ip', base, query.subarray(1), 0)).toThrowError(
      invalid,
    );
  });
});

describe('clusteredUnitVectors', () => {
  it('draws unit vectors that are reproducible for a seed and differ between seeds', () => {
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

  it('draws clusters, with the nearest neighbor far closer than the median one', () => {
    const d = 64;
    const vectors = clusteredUnitVectors({ d, centres: 10 }, createPrng(3))(500);
    const ids = Array.from({ length: 500 }, (_, row) => row + 1);
    const ranked = groundTruth('ip', { vectors, ids, d }, vectors.subarray(0, d), 500);
    expect(ranked[1]!.score - ranked[250]!.score).toBeGreaterThan(0.3);
  });
});
