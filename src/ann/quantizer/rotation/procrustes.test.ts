import { describe, expect, it } from 'vitest';
import { createPrng } from '../../../base/prng.ts';
import { orthogonalProcrustes } from './procrustes.ts';

function identity(d: number): Float64Array {
  return Float64Array.from({ length: d * d }, (_, i) => (i % (d + 1) === 0 ? 1 : 0));
}

/** `a · b`, or `a · bᵀ`. */
function multiply(a: Float64Array, b: Float64Array, d: number, transposed = false): Float64Array {
  return Float64Array.from({ length: d * d }, (_, at) => {
    const i = Math.floor(at / d);
    const j = at % d;
    let sum = 0;
    for (let k = 0; k < d; k++) sum += a[i * d + k]! * b[transposed ? j * d + k : k * d + j]!;
    return sum;
  });
}

function trace(a: Float64Array, b: Float64Array): number {
  return a.reduce((sum, x, i) => sum + x * b[i]!, 0);
}

function distance(a: Float64Array, b: Float64Array): number {
  return a.reduce((max, x, i) => Math.max(max, Math.abs(x - b[i]!)), 0);
}

describe('orthogonalProcrustes', () => {
  // python3: u, s, vt = numpy.linalg.svd([[2,-1,3],[0,4,1],[5,2,-6]]); u @ vt; s.sum() (numpy 2.4.6)
  it('matches numpy’s rotation and trace', async () => {
    const correlation = Float64Array.of(2, -1, 3, 0, 4, 1, 5, 2, -6);
    const found = await orthogonalProcrustes(correlation, identity(3), 3);
    const expected = Float64Array.of(
      ...[0.713864212256562, -0.19596515380273538, 0.6723061393103503],
      ...[-0.007350317072940933, 0.9578979740282931, 0.28701471075786067],
      ...[0.70024557070948, 0.2098311936952212, -0.682368676636167],
    );
    // The small weight of `near` shifts it by up to this much.
    expect(distance(found, expected)).toBeLessThan(2e-7);
    expect(trace(found, correlation)).toBeCloseTo(15.77432090387279, 12);
  });

  it('recovers the rotation applied to the points', async () => {
    const d = 24;
    const prng = createPrng(3);
    const random = () => Float64Array.from({ length: d * d }, () => prng.normal());
    const rotation = await orthogonalProcrustes(random(), identity(d), d);
    expect(distance(multiply(rotation, rotation, d, true), identity(d))).toBeLessThan(1e-13);
    const points = random();
    const turned = multiply(rotation, points, d);
    // Both have one point per column: the correlation is Σ y xᵀ.
    const found = await orthogonalProcrustes(multiply(turned, points, d, true), identity(d), d);
    expect(distance(found, rotation)).toBeLessThan(1e-4);
  });

  it('stays at the given rotation in undetermined directions', async () => {
    const d = 5;
    const correlation = new Float64Array(d * d);
    correlation[0] = 3;
    correlation[6] = -2;
    const found = await orthogonalProcrustes(correlation, identity(d), d);
    const expected = identity(d);
    expected[6] = -1;
    expect(distance(found, expected)).toBeLessThan(1e-12);
    expect(await orthogonalProcrustes(new Float64Array(d * d), expected, d)).toEqual(expected);
  });

  it.each([1e-200, 1e200])('is unaffected by a scale of %d', async (scale) => {
    const correlation = Float64Array.of(2, 1, -1, 3);
    const found = await orthogonalProcrustes(correlation, identity(2), 2);
    const scaled = await orthogonalProcrustes(
      correlation.map((x) => x * scale),
      identity(2),
      2,
    );
    expect(distance(found, scaled)).toBeLessThan(1e-12);
  });

  it('rejects anything but a square matrix of finite numbers', async () => {
    const expected = { code: 'invalid-argument' };
    await expect(orthogonalProcrustes(new Float64Array(3), identity(2), 2)).rejects.toMatchObject(
      expected,
    );
    const infinite = Float64Array.of(1, 0, 0, Infinity);
    await expect(orthogonalProcrustes(infinite, identity(2), 2)).rejects.toMatchObject(expected);
  });
});
