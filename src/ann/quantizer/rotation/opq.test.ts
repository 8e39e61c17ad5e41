import { describe, expect, it } from 'vitest';
import { nodeSimdKernels } from '../../../../bench/nodeKernels.ts';
import { createPrng } from '../../../base/prng.ts';
import { scalarKernels } from '../../kernels/scalar.ts';
import { ProductQuantizer } from '../codes/productQuantizer.ts';
import { expectOrthogonal } from '../testing/expectOrthogonal.ts';
import { type Opq, trainOpq } from './opq.ts';
import { rotateRows } from './rotation.ts';

const kernels = scalarKernels();
const simd = nodeSimdKernels();
const D = 16;

/** Normal vectors of decreasing variance, mixed by a random map: correlated across sub-vectors. */
function correlated(n: number, seed: number): Float32Array {
  const prng = createPrng(seed);
  const map = Float64Array.from({ length: D * D }, (_, at) => prng.normal() * 0.75 ** (at % D));
  const rows = new Float32Array(n * D);
  for (let row = 0; row < n; row++) {
    const z = Float64Array.from({ length: D }, () => prng.normal());
    for (let i = 0; i < D; i++) {
      rows[row * D + i] = 2 + z.reduce((sum, x, j) => sum + map[i * D + j]! * x, 0);
    }
  }
  return rows;
}

const vectors = correlated(3000, 1);

async function error({ R, pq }: Opq): Promise<number> {
  return pq.reconstructionError(simd, await rotateRows(simd, R, vectors, D));
}

describe('trainOpq', () => {
  it.each([
    { M: 4, nbits: 4 },
    { M: 8, nbits: 4 },
    { M: 2, nbits: 8 },
  ] as const)(
    'has less error than plain PQ and no more than the parametric start: M = $M, $nbits bits',
    async ({ M, nbits }) => {
      const options = { d: D, M, nbits, seed: 1 };
      const plain = await ProductQuantizer.train(simd, vectors, options);
      const parametric = await error(
        await trainOpq(simd, vectors, { ...options, alternations: 0 }),
      );
      const found = await trainOpq(simd, vectors, options);
      expect(parametric).toBeLessThan(0.95 * plain.reconstructionError(simd, vectors));
      expect(await error(found)).toBeLessThan(parametric * 1.001);
      expect(found.l2sq.length).toBeGreaterThan(3);
      expect(found.l2sq.at(-1)).toBeLessThan(found.l2sq[0]!);
      for (let t = 1; t < found.l2sq.length; t++) {
        expect(found.l2sq[t]).toBeLessThanOrEqual(found.l2sq[t - 1]! * (1 + 1e-4));
      }
    },
  );

  it('finds an orthogonal matrix', async () => {
    const { R } = await trainOpq(simd, vectors, { d: D, M: 4, nbits: 4, seed: 1 });
    expectOrthogonal(R, D);
  });

  it('gives the same bits with scalar and SIMD kernels, and differs between seeds', async () => {
    const rows = vectors.subarray(0, 600 * D);
    const options = {
      d: D,
      M: 4,
      nbits: 4,
      seed: 7,
      alternations: 5,
      maxRotationPoints: 400,
    } as const;
    const pause = async () => simd.free(simd.alloc(2 ** 20));
    const found = await trainOpq(simd, rows, options, { pause });
    const expected = await trainOpq(kernels, rows, options);
    expect(found.R).toEqual(expected.R);
    expect(found.pq.pqCentroids).toEqual(expected.pq.pqCentroids);
    expect(found.l2sq).toEqual(expected.l2sq);
    const other = await trainOpq(simd, rows, { ...options, seed: 8 });
    expect(other.R).not.toEqual(found.R);
  });

  it('handles identical points and points on a line', async () => {
    const equal = new Float32Array(40 * D).fill(0.5);
    const found = await trainOpq(simd, equal, { d: D, M: 4, nbits: 4, seed: 1 });
    expect([...found.R].every(Number.isFinite)).toBe(true);
    const rotated = await rotateRows(simd, found.R, equal, D);
    expect(found.pq.reconstructionError(simd, rotated)).toBeLessThan(1e-10);
    const line = Float32Array.from({ length: 100 * D }, (_, at) => Math.floor(at / D));
    const onLine = await trainOpq(simd, line, { d: D, M: 4, nbits: 4, seed: 1 });
    const error = onLine.pq.reconstructionError(simd, await rotateRows(simd, onLine.R, line, D));
    const variance = (D * (100 ** 2 - 1)) / 12;
    expect(error).toBeLessThan(variance / 100);
  });

  it.each([
    ['M that does not divide d', { M: 3 }, 'invalid-argument'],
    ['fewer vectors than centroids', { nbits: 8 as const, rows: 200 }, 'invalid-argument'],
    ['less than no alternations', { alternations: -1 }, 'invalid-argument'],
    ['a sample smaller than the centroids', { maxRotationPoints: 15 }, 'invalid-argument'],
  ])('rejects %s', async (_name, wrong, code) => {
    const right = { rows: 3000, d: D, M: 4, nbits: 4 as const, seed: 1 };
    const { rows, ...options } = { ...right, ...wrong };
    const training = trainOpq(simd, vectors.subarray(0, rows * D), options);
    await expect(training).rejects.toMatchObject({ code });
    expect(simd.bytesInUse).toBe(0);
  });

  it('rejects NaN', async () => {
    const broken = vectors.map((x, i) => (i === 5 ? NaN : x));
    const training = trainOpq(simd, broken, { d: D, M: 4, nbits: 4, seed: 1 });
    await expect(training).rejects.toMatchObject({ code: 'bad-vector' });
  });

  it.each([1, 3, 30, 100])('frees all memory when aborted at checkpoint %d', async (last) => {
    let asked = 0;
    const control = { aborted: () => ++asked >= last };
    const training = trainOpq(simd, vectors, { d: D, M: 4, nbits: 4, seed: 1 }, control);
    await expect(training).rejects.toMatchObject({ code: 'aborted' });
    expect(simd.bytesInUse).toBe(0);
  });

  it('reports progress that never decreases', async () => {
    const shares: number[] = [];
    const progress = (_stage: string, share: number) => shares.push(share);
    await trainOpq(simd, vectors, { d: D, M: 4, nbits: 4, seed: 1 }, { progress });
    expect(shares.length).toBeGreaterThan(20);
    shares.forEach((share, i) => {
      expect(share).toBeGreaterThanOrEqual((shares[i - 1] ?? 0) - 1e-12);
    });
    expect(shares.at(-1)).toBeLessThanOrEqual(1);
  });
});
