import { describe, expect, it } from 'vitest';
import { createPrng } from '../../../base/prng.ts';
import { scalarKernels } from '../../kernels/scalar.ts';
import { drawWeighted, seedCentroids } from './kmeansSeeding.ts';

const kernels = scalarKernels();

describe('seedCentroids', () => {
  it('draws from every distant cluster, however few points it has', async () => {
    // 990 points at 0 and ten clusters of one: uniform sampling would hit hardly any of those.
    const rows = Float32Array.from({ length: 1000 }, (_, i) => (i % 100 === 50 ? i + 1000 : 0));
    for (let seed = 0; seed < 5; seed++) {
      const seeds = await seedCentroids(kernels, rows.subarray(0, 176), 1, 11, createPrng(seed));
      expect(new Set(seeds)).toEqual(new Set([0, 1050, 1150]));
    }
  });

  it('draws distinct existing rows, even when it can examine only a few', async () => {
    const rows = Float32Array.from({ length: 4000 }, (_, i) => i);
    // The second exceeds the limit: 4,000 × 4,000 rows and centroids of 1 component.
    for (const k of [50, 3000]) {
      const seeds = await seedCentroids(kernels, rows, 1, k, createPrng(1));
      expect(new Set(seeds).size).toBe(k);
      for (const x of seeds) expect(rows[x]).toBe(x);
    }
  }, 60_000);

  it('draws uniformly when anything else is too expensive', async () => {
    const k = 600;
    const d = 1000;
    const rows = Float32Array.from({ length: 700 * d }, (_, at) => Math.floor(at / d));
    const seeds = await seedCentroids(kernels, rows, d, k, createPrng(1));
    const drawn = Array.from({ length: k }, (_, j) => seeds[j * d]!);
    expect(new Set(drawn).size).toBe(k);
    expect(seeds.every((x, at) => x === drawn[Math.floor(at / d)])).toBe(true);
  });
});

describe('drawWeighted', () => {
  it('draws in proportion to the weights, and never a weight of 0', () => {
    const prng = createPrng(3);
    const hits = [0, 0, 0, 0];
    for (let i = 0; i < 20_000; i++) hits[drawWeighted(Float64Array.of(0, 1, 3, 0), prng)]!++;
    expect(hits[0]).toBe(0);
    expect(hits[3]).toBe(0);
    // 5,000 expected, deviation 61.
    expect(Math.abs(hits[1]! - 5000)).toBeLessThan(300);
  });

  it('draws uniformly when all weights are 0', () => {
    const prng = createPrng(3);
    const hits = [0, 0];
    for (let i = 0; i < 2000; i++) hits[drawWeighted(new Float64Array(2), prng)]!++;
    expect(Math.abs(hits[0]! - 1000)).toBeLessThan(120);
  });
});
