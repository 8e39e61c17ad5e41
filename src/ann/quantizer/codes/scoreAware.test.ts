import { expect, it } from 'vitest';
import { createPrng } from '../../../base/prng.ts';
import { clusteredUnitVectors } from '../../eval/synthetic.ts';
import { sq8Scales } from './scalarQuantizer.ts';
import { roundAcross } from './scoreAware.ts';

const D = 48;
const N = 200;
const vectors = clusteredUnitVectors({ d: D, centres: 4 }, createPrng(3))(N);
const scales = sq8Scales(vectors, D);
const nearest = Int8Array.from(vectors, (x, at) =>
  Math.max(-127, Math.min(127, Math.round(x / scales[at % D]!))),
);

function errorAlong(codes: Int8Array, row: number): number {
  let along = 0;
  for (let i = 0; i < D; i++) {
    const x = vectors[row * D + i]!;
    along += (scales[i]! * codes[row * D + i]! - x) * x;
  }
  return Math.abs(along);
}

it('removes nearly all error along the row and keeps each component within a step', () => {
  const codes = nearest.slice();
  roundAcross(vectors, scales, codes, N);
  let before = 0;
  let after = 0;
  for (let row = 0; row < N; row++) {
    expect(errorAlong(codes, row)).toBeLessThanOrEqual(errorAlong(nearest, row));
    before += errorAlong(nearest, row);
    after += errorAlong(codes, row);
  }
  expect(after).toBeLessThan(before / 20);
  codes.forEach((code, at) => {
    const scale = scales[at % D]!;
    const x = Math.max(-127 * scale, Math.min(127 * scale, vectors[at]!));
    expect(Math.abs(scale * code - x)).toBeLessThanOrEqual(scale * (1 + 1e-6));
  });
});

it('never uses an invalid code and leaves rows beyond the count unchanged', () => {
  const codes = new Int8Array(2 * D).fill(127);
  roundAcross(new Float32Array(2 * D).fill(1000), scales, codes, 1);
  expect(new Set(codes)).toEqual(new Set([127]));
  const untouched = nearest.slice(0, 2 * D);
  roundAcross(vectors.subarray(0, 2 * D), scales, untouched, 1);
  expect(untouched.subarray(D)).toEqual(nearest.subarray(D, 2 * D));
});
