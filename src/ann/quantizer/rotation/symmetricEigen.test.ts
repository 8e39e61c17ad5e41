import { describe, expect, it } from 'vitest';
import { createPrng } from '../../../base/prng.ts';
import { symmetricEigen } from './symmetricEigen.ts';

function randomSymmetric(d: number, rank: number, seed: number): Float64Array {
  const prng = createPrng(seed);
  const rows = Float64Array.from({ length: rank * d }, () => prng.normal());
  return Float64Array.from({ length: d * d }, (_, at) => {
    let sum = 0;
    for (let r = 0; r < rank; r++) {
      const sign = r % 3 === 2 ? -1 : 1;
      sum += sign * rows[r * d + Math.floor(at / d)]! * rows[r * d + (at % d)]!;
    }
    return sum;
  });
}

/** The largest absolute value in `A V − V Λ` and `V Vᵀ − I`. */
function faults(matrix: Float64Array, d: number, values: Float64Array, vectors: Float64Array) {
  let residual = 0;
  let orthogonality = 0;
  for (let i = 0; i < d; i++) {
    const v = vectors.subarray(i * d, (i + 1) * d);
    for (let r = 0; r < d; r++) {
      const product = v.reduce((sum, x, j) => sum + matrix[r * d + j]! * x, 0);
      residual = Math.max(residual, Math.abs(product - values[i]! * v[r]!));
      const inner = v.reduce((sum, x, j) => sum + vectors[r * d + j]! * x, 0);
      orthogonality = Math.max(orthogonality, Math.abs(inner - (i === r ? 1 : 0)));
    }
  }
  return { residual, orthogonality };
}

describe('symmetricEigen', () => {
  // python3: w, v = numpy.linalg.eigh([[4,1,-2,2],[1,2,0,1],[-2,0,3,-2],[2,1,-2,-1]]), reversed,
  // each vector's largest component made positive (numpy 2.4.6)
  it('matches numpy’s eigenvalues and eigenvectors', async () => {
    const matrix = Float64Array.of(4, 1, -2, 2, 1, 2, 0, 1, -2, 0, 3, -2, 2, 1, -2, -1);
    const { eigenvalues, eigenvectors } = await symmetricEigen(matrix, 4);
    const expectedValues = [
      6.844621107234965, 2.2685314064312423, 1.0843644637732166, -2.1975169774394243,
    ];
    const expectedVectors = [
      [0.7180459594506796, 0.2211529881551807, -0.5573513771375096, 0.3533564748939929],
      [0.20171109662094233, 0.7894499124874397, 0.5796341693167879, 0.010280998686330534],
      [0.6422600067660328, -0.5441878481946866, 0.5202218509386148, -0.14398227457619123],
      [-0.17670517062447652, -0.17810046990630068, 0.2876680343197011, 0.9242849167461131],
    ].flat();
    expectedValues.forEach((x, i) => {
      expect(eigenvalues[i]).toBeCloseTo(x, 13);
    });
    expectedVectors.forEach((x, i) => {
      expect(eigenvectors[i]).toBeCloseTo(x, 13);
    });
  });

  it.each([
    { d: 1, rank: 1 },
    { d: 2, rank: 2 },
    { d: 3, rank: 1 },
    { d: 17, rank: 30 },
    { d: 64, rank: 5 },
    { d: 100, rank: 200 },
  ])('diagonalizes a random matrix, d = $d, rank $rank', async ({ d, rank }) => {
    const matrix = randomSymmetric(d, rank, d);
    const before = matrix.slice();
    const { eigenvalues, eigenvectors } = await symmetricEigen(matrix, d);
    expect(matrix).toEqual(before);
    const size = Math.max(...matrix.map(Math.abs)) * d;
    const { residual, orthogonality } = faults(matrix, d, eigenvalues, eigenvectors);
    expect(residual).toBeLessThan(1e-14 * size);
    expect(orthogonality).toBeLessThan(1e-13);
    expect([...eigenvalues].sort((a, b) => b - a)).toEqual([...eigenvalues]);
  });

  it('handles the zero matrix, equal eigenvalues, and very large and very small numbers', async () => {
    expect([...(await symmetricEigen(new Float64Array(9), 3)).eigenvalues]).toEqual([0, 0, 0]);
    const unit = Float64Array.of(1, 0, 0, 1);
    expect([...(await symmetricEigen(unit, 2)).eigenvectors]).toEqual([1, 0, 0, 1]);
    for (const size of [1e-300, 1e300]) {
      const { eigenvalues } = await symmetricEigen(
        Float64Array.of(2, 1, 1, 2).map((x) => x * size),
        2,
      );
      expect(eigenvalues[0]! / size).toBeCloseTo(3, 12);
      expect(eigenvalues[1]! / size).toBeCloseTo(1, 12);
    }
  });

  it('rejects anything but a square matrix of finite numbers', async () => {
    const expected = { code: 'invalid-argument' };
    await expect(symmetricEigen(new Float64Array(5), 2)).rejects.toMatchObject(expected);
    await expect(symmetricEigen(Float64Array.of(1, NaN, NaN, 1), 2)).rejects.toMatchObject(
      expected,
    );
  });

  it('can be aborted', async () => {
    const matrix = randomSymmetric(200, 200, 1);
    await expect(symmetricEigen(matrix, 200, { aborted: () => true })).rejects.toMatchObject({
      code: 'aborted',
    });
  });
});
