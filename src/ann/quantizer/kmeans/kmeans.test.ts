import { describe, expect, it } from 'vitest';
import { nodeSimdKernels } from '../../../../bench/nodeKernels.ts';
import { createPrng } from '../../../base/prng.ts';
import { clusteredUnitVectors } from '../../eval/synthetic.ts';
import { scalarKernels } from '../../kernels/scalar.ts';
import { kmeans } from './kmeans.ts';

const kernels = scalarKernels();
const D = 16;
const vectors = clusteredUnitVectors({ d: D, centres: 12 }, createPrng(1))(1200);

function meanError(rows: Float32Array, d: number, centroids: Float32Array): number {
  let sum = 0;
  for (let row = 0; row < rows.length; row += d) {
    let least = Number.POSITIVE_INFINITY;
    for (let c = 0; c < centroids.length; c += d) {
      let distance = 0;
      for (let i = 0; i < d; i++) distance += (rows[row + i]! - centroids[c + i]!) ** 2;
      least = Math.min(least, distance);
    }
    sum += least;
  }
  return (sum * d) / rows.length;
}

describe('kmeans', () => {
  // Round 1: {0} and {1, 2, 10, 11, 12}, errors 0 and 0 + 1 + 81 + 100 + 121; the means 0 and 7.2.
  // Round 2: {0, 1, 2} and {10, 11, 12}, errors 5 and 7.84 + 14.44 + 23.04; the means 1 and 11.
  // Round 3: the same cells, error 4.
  it('matches a run worked out by hand', async () => {
    const rows = Float32Array.of(0, 1, 2, 10, 11, 12);
    const initial = Float32Array.of(0, 1);
    const found = await kmeans(kernels, rows, { d: 1, k: 2, seed: 1, initial, tolerance: 0 });
    expect([...found.centroids]).toEqual([1, 11]);
    expect([...found.cells]).toEqual([0, 0, 0, 1, 1, 1]);
    expect(found.l2sq.length).toBe(3);
    expect(found.l2sq[0]).toBeCloseTo(303 / 6, 5);
    expect(found.l2sq[1]).toBeCloseTo(50.32 / 6, 5);
    expect(found.l2sq[2]).toBeCloseTo(4 / 6, 5);
  });

  // python3: x = numpy.array([[(i*i*7 + i*j*13 + j*29) % 101 for j in range(3)]
  //   for i in range(200)], float);
  // c, _ = scipy.cluster.vq.kmeans2(x, x[:6], iter=100, minit='matrix'); (scipy 1.17.1)
  // (scipy.cluster.vq.vq(x, c)[1] ** 2).mean()
  it('converges to the same result as scipy from the same start', async () => {
    const rows = Float32Array.from({ length: 600 }, (_, at) => {
      const i = Math.floor(at / 3);
      const j = at % 3;
      return (i * i * 7 + i * j * 13 + j * 29) % 101;
    });
    const initial = rows.slice(0, 18);
    const options = { d: 3, k: 6, seed: 1, initial, tolerance: 0, iterations: 100 };
    const found = await kmeans(kernels, rows, options);
    const expected = [
      ...[27.78125, 28.9375, 30.09375],
      ...[26.72727273, 44.36363636, 89.54545455],
      ...[64.17647059, 74.94117647, 14.41176471],
      ...[60.76470588, 6.41176471, 53.05882353],
      ...[18.78571429, 87.5, 55.21428571],
      ...[76.28, 62.6, 69.12],
    ];
    expected.forEach((x, i) => {
      expect(found.centroids[i]).toBeCloseTo(x, 4);
    });
    expect(meanError(rows, 3, found.centroids)).toBeCloseTo(721.240271, 3);
  });

  it('finds well-separated clusters', async () => {
    const prng = createPrng(4);
    const rows = Float32Array.from({ length: 4000 }, (_, at) => {
      const cluster = Math.floor(at / 2) % 20;
      const centre = at % 2 === 0 ? 10 * (cluster % 5) : 10 * Math.floor(cluster / 5);
      return centre + 0.1 * prng.normal();
    });
    const { centroids } = await kmeans(kernels, rows, { d: 2, k: 20, seed: 1 });
    expect(meanError(rows, 2, centroids)).toBeLessThan(0.05);
  });

  it('has less error with more centroids, and never more after a round', async () => {
    let before = Number.POSITIVE_INFINITY;
    for (const k of [1, 4, 16, 64, 256]) {
      const options = {
        d: D,
        k,
        seed: 3,
        tolerance: 0,
        iterations: 10,
        maxPointsPerCentroid: 1200,
      };
      const { centroids, l2sq } = await kmeans(kernels, vectors, options);
      const error = meanError(vectors, D, centroids);
      expect(error).toBeLessThan(before);
      expect(error).toBeLessThanOrEqual(l2sq.at(-1)! * (1 + 1e-6));
      for (let i = 1; i < l2sq.length; i++) {
        expect(l2sq[i]).toBeLessThanOrEqual(l2sq[i - 1]! * (1 + 1e-6));
      }
      before = error;
    }
  });

  it('is reproducible for a seed and differs between seeds', async () => {
    const options = { d: D, k: 20, seed: 5, maxPointsPerCentroid: 30 };
    const one = await kmeans(kernels, vectors, options);
    expect(await kmeans(kernels, vectors, options)).toEqual(one);
    const other = await kmeans(kernels, vectors, { ...options, seed: 6 });
    expect(other.centroids).not.toEqual(one.centroids);
    expect(one.cells.length).toBe(600);
  });

  it('gives the same bits with the SIMD kernels, paused or not', async () => {
    const simd = nodeSimdKernels();
    for (const { d, k, n } of [
      { d: 1, k: 3, n: 50 },
      { d: 7, k: 19, n: 500 },
      { d: 16, k: 64, n: 1200 },
      { d: 33, k: 10, n: 300 },
    ]) {
      const rows = vectors.subarray(0, n * d);
      const expected = await kmeans(kernels, rows, { d, k, seed: 1 });
      // Grows the memory in every pause, to catch views kept across it.
      const pause = async () => simd.free(simd.alloc(2 ** 20));
      const found = await kmeans(simd, rows, { d, k, seed: 1 }, { pause });
      expect(found).toEqual(expected);
      expect(simd.bytesInUse).toBe(0);
    }
  });

  it('refills empty cells with rows of the cell with the greatest error', async () => {
    const rows = Float32Array.of(0, 1, 2, 100, 110, 120, 130);
    // No row is nearest to either of the last two.
    const initial = Float32Array.of(1, 115, 5000, 6000);
    const { centroids } = await kmeans(kernels, rows, { d: 1, k: 4, seed: 1, initial });
    expect(meanError(rows, 1, centroids)).toBeLessThan(20);
    for (const x of centroids) expect(x).toBeLessThanOrEqual(130);
  });

  it('handles identical points and fewer distinct points than centroids', async () => {
    const equal = await kmeans(kernels, new Float32Array(60).fill(3), { d: 2, k: 8, seed: 1 });
    expect([...equal.centroids]).toEqual(Array(16).fill(3));
    expect([...equal.cells]).toEqual(Array(30).fill(0));
    const two = Float32Array.from({ length: 40 }, (_, i) => i % 2);
    const { centroids } = await kmeans(kernels, two, { d: 1, k: 8, seed: 1 });
    expect(new Set(centroids)).toEqual(new Set([0, 1]));
    expect(meanError(two, 1, centroids)).toBe(0);
  });

  it('can have as many centroids as points', async () => {
    const { centroids } = await kmeans(kernels, Float32Array.of(5, 1, 3), { d: 1, k: 3, seed: 1 });
    expect([...centroids].sort()).toEqual([1, 3, 5]);
  });

  it.each([
    ['fewer points than centroids', vectors.subarray(0, 7 * D), {}, 'invalid-argument'],
    ['no points', new Float32Array(0), {}, 'invalid-argument'],
    ['k of 0', vectors, { k: 0 }, 'invalid-argument'],
    ['d of 0', vectors, { d: 0 }, 'invalid-argument'],
    ['no rounds', vectors, { iterations: 0 }, 'invalid-argument'],
    ['a start of another size', vectors, { initial: new Float32Array(D) }, 'invalid-argument'],
    ['half a row', vectors.subarray(1), {}, 'bad-vector'],
    ['NaN', vectors.map((x, i) => (i === 777 ? NaN : x)), {}, 'bad-vector'],
    ['infinity', vectors.map((x, i) => (i === 777 ? Infinity : x)), {}, 'bad-vector'],
    ['vectors too long to compare', new Float32Array(D * 9).fill(1e30), {}, 'bad-vector'],
  ])('rejects %s', async (_name, rows, wrong, code) => {
    const options = { d: D, k: 8, seed: 1, ...wrong };
    await expect(kmeans(kernels, rows, options)).rejects.toMatchObject({ code });
    expect(kernels.bytesInUse).toBe(0);
  });

  it.each([1, 2, 5, 9])('frees all memory when aborted at checkpoint %d', async (last) => {
    let asked = 0;
    const control = { aborted: () => ++asked >= last };
    const options = { d: D, k: 64, seed: 1, tolerance: 0 };
    await expect(kmeans(kernels, vectors, options, control)).rejects.toMatchObject({
      code: 'aborted',
    });
    expect(asked).toBe(last);
    expect(kernels.bytesInUse).toBe(0);
  });

  it('reports progress that never decreases', async () => {
    const shares: number[] = [];
    const progress = (_stage: string, share: number) => shares.push(share);
    await kmeans(kernels, vectors, { d: D, k: 8, seed: 1 }, { progress });
    expect(shares.length).toBeGreaterThan(1);
    expect([...shares].sort((a, b) => a - b)).toEqual(shares);
    expect(shares.at(-1)).toBeLessThanOrEqual(1);
  });
});
