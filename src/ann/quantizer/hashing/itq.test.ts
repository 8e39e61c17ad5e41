import { describe, expect, it } from 'vitest';
import { createPrng } from '../../../base/prng.ts';
import { clusteredUnitVectors } from '../../eval/synthetic.ts';
import { scalar, simd } from '../../kernels/testing/twins.ts';
import { trainItq } from './itq.ts';

const D = 20;
const vectors = clusteredUnitVectors({ d: D, centres: 10 }, createPrng(5))(900);
const options = { d: D, nbits: 16, seed: 3 };

function codeOf(mean: Float32Array, directions: Float32Array, x: Float32Array): number[] {
  const signs: number[] = [];
  for (let at = 0; at < directions.length; at += x.length) {
    const inner = x.reduce((sum, y, i) => sum + directions[at + i]! * (y - mean[i]!), 0);
    signs.push(inner >= 0 ? 1 : -1);
  }
  return signs;
}

/** The mean squared distance of the vectors to what their codes stand for. */
function error({ mean, directions }: { mean: Float32Array; directions: Float32Array }): number {
  let sum = 0;
  for (let at = 0; at < vectors.length; at += D) {
    const x = vectors.subarray(at, at + D);
    const signs = codeOf(mean, directions, x);
    for (let i = 0; i < D; i++) {
      let decoded = mean[i]!;
      signs.forEach((sign, b) => {
        decoded += sign * directions[b * D + i]!;
      });
      sum += (x[i]! - decoded) ** 2;
    }
  }
  return sum / (vectors.length / D);
}

describe('iterative quantization', () => {
  it('improves the fit in every iteration, and the codes with it', async () => {
    const trained = await trainItq(simd, vectors, { ...options, tolerance: 0 });
    expect(trained.fit.length).toBeGreaterThan(10);
    trained.fit.forEach((fit, t) => {
      expect(fit).toBeGreaterThanOrEqual((trained.fit[t - 1] ?? 0) * (1 - 1e-6));
    });
    const random = await trainItq(simd, vectors, { ...options, iterations: 0 });
    expect(error(trained)).toBeLessThan(0.9 * error(random));
  });

  it('has orthogonal directions', async () => {
    const { directions } = await trainItq(simd, vectors, options);
    const inner = (a: number, b: number) => {
      let sum = 0;
      for (let i = 0; i < D; i++) sum += directions[a * D + i]! * directions[b * D + i]!;
      return sum;
    };
    for (let a = 0; a < options.nbits; a++) {
      for (let b = 0; b < a; b++) {
        const lengths = Math.sqrt(inner(a, a) * inner(b, b));
        expect(Math.abs(inner(a, b))).toBeLessThan(1e-5 * lengths);
      }
    }
  });

  it('is the same with both kernels, and depends on the seed', async () => {
    const [a, b] = [
      await trainItq(simd, vectors, options),
      await trainItq(scalar, vectors, options),
    ];
    expect(a).toEqual(b);
    const other = await trainItq(simd, vectors, { ...options, seed: 4 });
    expect(other.directions).not.toEqual(a.directions);
  });

  it('takes vectors that are all alike', async () => {
    const same = new Float32Array(30 * D).fill(0.5);
    const { mean, directions } = await trainItq(simd, same, options);
    expect([...mean]).toEqual(new Array(D).fill(0.5));
    expect([...directions].every((x) => Math.abs(x) < 1e-6)).toBe(true);
  });

  it('can be ended, and frees its memory', async () => {
    const before = simd.bytesInUse;
    let polls = 0;
    const control = { aborted: () => ++polls > 4, pause: async () => {} };
    await expect(trainItq(simd, vectors, options, control)).rejects.toMatchObject({
      code: 'aborted',
    });
    expect(simd.bytesInUse).toBe(before);
  });

  it('rejects more bits than components, and no vectors', async () => {
    const code = 'invalid-argument';
    await expect(trainItq(simd, vectors, { ...options, nbits: 21 })).rejects.toMatchObject({
      code,
    });
    await expect(trainItq(simd, new Float32Array(0), options)).rejects.toMatchObject({ code });
    await expect(trainItq(simd, new Float32Array(7), options)).rejects.toMatchObject({
      code: 'bad-vector',
    });
  });
});
