import { describe, expect, it } from 'vitest';
import { createPrng } from '../../../base/prng.ts';
import { scalarKernels } from '../../kernels/scalar.ts';
import { columns } from '../rows.ts';
import { expectOrthogonal } from '../testing/expectOrthogonal.ts';
import { localRotation } from './localRotation.ts';
import { identityRotation, rotateRows } from './rotation.ts';

const D = 8;

/** Rows around (3, 3, …) whose component i has deviation 2^−i, rotated in the planes of pairs. */
function residuals(n: number, seed: number): Float32Array {
  const prng = createPrng(seed);
  const rows = Float32Array.from({ length: n * D }, (_, at) => prng.normal() * 2 ** -(at % D));
  for (let at = 0; at < rows.length; at += 2) {
    const [x, y] = [rows[at]!, rows[at + 1]!];
    rows[at] = 3 + 0.6 * x - 0.8 * y;
    rows[at + 1] = 3 + 0.8 * x + 0.6 * y;
  }
  return rows;
}

describe('localRotation', () => {
  it('centers, decorrelates and distributes variance evenly', async () => {
    const rows = residuals(4000, 1);
    const { mu, R, warning } = await localRotation(rows, { d: D, M: 4 });
    expect(warning).toBeUndefined();
    for (const x of mu) expect(Math.abs(x - 3)).toBeLessThan(0.1);
    const centred = rows.map((x, at) => x - mu[at % D]!);
    const rotated = await rotateRows(scalarKernels(), R, centred, D);
    // Deviations 2⁰ … 2⁻⁷ in four pairs of equal product: 2⁰ with 2⁻⁷, 2⁻¹ with 2⁻⁶ and so on.
    for (let m = 0; m < 4; m++) {
      const pair = columns(rotated, D, 2 * m, 2);
      const variance = (i: number) =>
        columns(pair, 2, i, 1).reduce((sum, x) => sum + x * x, 0) / 4000;
      expect(Math.log2(variance(0)) / 2).toBeCloseTo(-m, 0);
      expect(Math.log2(variance(1)) / 2).toBeCloseTo(m - 7, 0);
      const product = Math.log2(variance(0) * variance(1)) / 2;
      expect(Math.abs(product + 7)).toBeLessThan(0.2);
    }
    expectOrthogonal(R, D);
  });

  it('is the identity, with a warning, for fewer residuals than dimensions', async () => {
    const few = await localRotation(residuals(D - 1, 2), { d: D, M: 4 });
    expect(few.warning).toMatch(/^7 vectors/);
    expect(few.R).toEqual(identityRotation(D));
    const enough = await localRotation(residuals(D, 2), { d: D, M: 4 });
    expect(enough.warning).toBeUndefined();
    expect(enough.R).not.toEqual(identityRotation(D));
    const one = await localRotation(Float32Array.of(1, 2, 3, 4), { d: 4, M: 2 });
    expect([...one.mu]).toEqual([1, 2, 3, 4]);
    const none = await localRotation(new Float32Array(0), { d: 4, M: 2 });
    expect([...none.mu]).toEqual([0, 0, 0, 0]);
    expect(none.warning).toMatch(/^0 vectors/);
  });

  it('is the identity, with a warning, for identical residuals', async () => {
    const equal = await localRotation(new Float32Array(5 * D * D).fill(0.5), { d: D, M: 4 });
    expect(equal.warning).toMatch(/all equal/);
    expect([...equal.mu]).toEqual(Array(D).fill(0.5));
    expect(equal.R).toEqual(identityRotation(D));
  });

  it('rejects an M that doesn’t divide d, and NaN', async () => {
    const rows = residuals(20, 3);
    await expect(localRotation(rows, { d: D, M: 3 })).rejects.toMatchObject({
      code: 'invalid-argument',
    });
    rows[9] = NaN;
    await expect(localRotation(rows, { d: D, M: 4 })).rejects.toMatchObject({ code: 'bad-vector' });
  });
});
