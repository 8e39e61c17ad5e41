import { describe, expect, it } from 'vitest';
import { createPrng } from '../../../base/prng.ts';
import { normals as normalNumbers } from '../../kernels/testing/twins.ts';
import { randomHyperplanes } from './randomHyperplanes.ts';

function inner(rows: Float32Array, d: number, a: number, b: number): number {
  let sum = 0;
  for (let i = 0; i < d; i++) sum += rows[a * d + i]! * rows[b * d + i]!;
  return sum;
}

describe('random hyperplanes', () => {
  it('are orthogonal unit vectors within each batch of a table', () => {
    const d = 5;
    const bits = 13;
    const planes = randomHyperplanes(2, bits, d, createPrng(1));
    for (let a = 0; a < 2 * bits; a++) {
      expect(inner(planes, d, a, a)).toBeCloseTo(1, 5);
      for (let b = 0; b < a; b++) {
        const sameTable = Math.floor(a / bits) === Math.floor(b / bits);
        const sameBatch = Math.floor((a % bits) / d) === Math.floor((b % bits) / d);
        if (sameTable && sameBatch) expect(inner(planes, d, a, b)).toBeCloseTo(0, 5);
        else expect(Math.abs(inner(planes, d, a, b))).toBeLessThan(1);
      }
    }
  });

  it('separate two vectors as often as their angle says', () => {
    const d = 8;
    const prng = createPrng(2);
    const planes = randomHyperplanes(500, 8, d, prng);
    const pair = normalNumbers(prng, 2 * d);
    const cosine = inner(pair, d, 0, 1) / Math.sqrt(inner(pair, d, 0, 0) * inner(pair, d, 1, 1));
    let separated = 0;
    for (let at = 0; at < planes.length; at += d) {
      const [a, b] = [0, 1].map((row) => {
        let sum = 0;
        for (let i = 0; i < d; i++) sum += planes[at + i]! * pair[row * d + i]!;
        return sum >= 0;
      });
      if (a !== b) separated++;
    }
    expect(separated / 4000).toBeCloseTo(Math.acos(cosine) / Math.PI, 1);
  });

  it('depend on the seed alone', () => {
    const draw = (seed: number) => randomHyperplanes(2, 3, 4, createPrng(seed));
    expect(draw(7)).toEqual(draw(7));
    expect(draw(8)).not.toEqual(draw(7));
  });
});
