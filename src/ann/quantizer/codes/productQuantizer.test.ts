import { describe, expect, it } from 'vitest';
import { nodeSimdKernels } from '../../../../bench/nodeKernels.ts';
import { createPrng } from '../../../base/prng.ts';
import { clusteredUnitVectors } from '../../eval/synthetic.ts';
import { float32View } from '../../kernels/kernels.ts';
import { scalarKernels } from '../../kernels/scalar.ts';
import { type PqBits, ProductQuantizer } from './productQuantizer.ts';

const kernels = scalarKernels();
const D = 24;
const vectors = clusteredUnitVectors({ d: D, centres: 8 }, createPrng(1))(1000);

function train(M: number, nbits: PqBits, rows = vectors): Promise<ProductQuantizer> {
  return ProductQuantizer.train(kernels, rows, { d: D, M, nbits, seed: 1 });
}

describe('ProductQuantizer', () => {
  it('has less error with more sub-vectors and with more bits', async () => {
    for (const nbits of [4, 8] as const) {
      let before = Number.POSITIVE_INFINITY;
      for (const M of [1, 2, 4, 8, 24]) {
        const error = (await train(M, nbits)).reconstructionError(kernels, vectors);
        expect(error).toBeLessThan(before);
        before = error;
      }
    }
    for (const M of [2, 6]) {
      const [four, eight] = [await train(M, 4), await train(M, 8)];
      expect(eight.reconstructionError(kernels, vectors)).toBeLessThan(
        four.reconstructionError(kernels, vectors),
      );
    }
  });

  it('reconstructs vectors made of its centroids exactly', async () => {
    for (const nbits of [4, 8] as const) {
      const pq = await train(3, nbits);
      const prng = createPrng(2);
      const codes = Uint8Array.from({ length: 300 }, () => prng.below(pq.ksub));
      expect(pq.encode(kernels, pq.decode(codes))).toEqual(codes);
      expect(pq.reconstructionError(kernels, pq.decode(codes))).toBe(0);
    }
  });

  it('encodes each sub-vector as its nearest centroid', async () => {
    const pq = await train(4, 4);
    const codes = pq.encode(kernels, vectors);
    expect(codes.length).toBe(4000);
    codes.forEach((code, at) => {
      const sub = vectors.subarray(at * pq.dsub, (at + 1) * pq.dsub);
      const distances = Array.from({ length: 16 }, (_, j) => {
        const start = ((at % 4) * 16 + j) * pq.dsub;
        return sub.reduce((sum, x, i) => sum + (x - pq.pqCentroids[start + i]!) ** 2, 0);
      });
      expect(distances[code]).toBeLessThanOrEqual(Math.min(...distances) + 1e-7);
    });
  });

  it('trains and encodes to the same bits with the SIMD kernels', async () => {
    const simd = nodeSimdKernels();
    for (const { d, M, nbits } of [
      { d: 24, M: 8, nbits: 4 },
      { d: 15, M: 3, nbits: 4 },
      { d: 20, M: 2, nbits: 8 },
      { d: 7, M: 7, nbits: 8 },
    ] as const) {
      const rows = vectors.subarray(0, 900 * d);
      const options = { d, M, nbits, seed: 4 };
      const expected = await ProductQuantizer.train(kernels, rows, options);
      const found = await ProductQuantizer.train(simd, rows, options);
      expect(found.pqCentroids).toEqual(expected.pqCentroids);
      expect(found.encode(simd, rows)).toEqual(expected.encode(kernels, rows));
    }
    expect(simd.bytesInUse).toBe(0);
    expect(kernels.bytesInUse).toBe(0);
  });

  it('encodes any number of rows in a block like separate vectors', async () => {
    const pq = await train(6, 8);
    const stride = D + 5;
    const block = kernels.alloc(4 * (3 + 100 * stride));
    for (let row = 0; row < 100; row++) {
      float32View(block, D, 3 + row * stride).set(vectors.subarray(row * D, (row + 1) * D));
    }
    const codes = new Uint8Array(600);
    pq.encodeRun(kernels, { block, offset: 3, stride, d: D, count: 100 }, codes);
    kernels.free(block);
    expect(codes).toEqual(pq.encode(kernels, vectors.subarray(0, 100 * D)));
    const many = new Float32Array(5000 * D);
    for (let row = 0; row < 5000; row += 1000) many.set(vectors, row * D);
    expect(pq.encode(kernels, many).subarray(4000 * 6)).toEqual(pq.encode(kernels, vectors));
    expect(pq.encode(kernels, new Float32Array(0)).length).toBe(0);
    expect(pq.reconstructionError(kernels, new Float32Array(0))).toBe(0);
  });

  it('handles identical points', async () => {
    const equal = new Float32Array(20 * D).fill(0.5);
    const pq = await train(4, 4, equal);
    expect(pq.reconstructionError(kernels, equal)).toBe(0);
  });

  it.each([
    ['M that does not divide d', { M: 5 }, 'invalid-argument'],
    ['M of 0', { M: 0 }, 'invalid-argument'],
    ['nbits of 5', { nbits: 5 as PqBits }, 'invalid-argument'],
    ['fewer vectors than centroids', { rows: vectors.subarray(0, 15 * D) }, 'invalid-argument'],
    ['half a vector', { rows: vectors.subarray(0, 100 * D + 1) }, 'bad-vector'],
    ['NaN', { rows: vectors.map((x, i) => (i === 99 ? NaN : x)) }, 'bad-vector'],
    ['a start of another size', { initial: new Float32Array(3) }, 'invalid-argument'],
  ])('refuses to train with %s', async (_name, wrong, code) => {
    const right = { rows: vectors, d: D, M: 4, nbits: 4 as PqBits, seed: 1 };
    const { rows, ...options } = { ...right, ...wrong };
    await expect(ProductQuantizer.train(kernels, rows, options)).rejects.toMatchObject({ code });
    expect(kernels.bytesInUse).toBe(0);
  });

  it('rejects invalid codes and centroids', async () => {
    const pq = await train(4, 4);
    const code = (expected: string) => expect.objectContaining({ code: expected });
    expect(() => pq.decode(Uint8Array.of(1, 2, 3))).toThrow(code('corrupt'));
    expect(() => pq.decode(Uint8Array.of(1, 2, 3, 16))).toThrow(code('corrupt'));
    const centroids = pq.pqCentroids;
    expect(() => new ProductQuantizer(D, 4, 8, centroids)).toThrow(code('bad-vector'));
    const broken = centroids.map((x, i) => (i === 7 ? Infinity : x));
    expect(() => new ProductQuantizer(D, 4, 4, broken)).toThrow(code('bad-vector'));
    expect(() => pq.encode(kernels, new Float32Array(D).fill(NaN))).toThrow(code('bad-vector'));
  });

  it('frees all memory when aborted', async () => {
    let asked = 0;
    const control = { aborted: () => ++asked >= 9 };
    const options = { d: D, M: 4, nbits: 8 as const, seed: 1 };
    await expect(ProductQuantizer.train(kernels, vectors, options, control)).rejects.toMatchObject({
      code: 'aborted',
    });
    expect(kernels.bytesInUse).toBe(0);
  });
});
