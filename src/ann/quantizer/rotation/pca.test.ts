import { describe, expect, it } from 'vitest';
import { createPrng } from '../../../base/prng.ts';
import { pca } from './pca.ts';

/** 200 integer points whose fourth component depends on the others. */
function points(): Float32Array {
  const map = [2, 0, 1, 0, 1, 1, 0, 0.5, 0, 0, 3, 1];
  return Float32Array.from({ length: 800 }, (_, at) => {
    const i = Math.floor(at / 4);
    let sum = 0;
    for (let j = 0; j < 3; j++) {
      sum += ((i * i * 7 + i * j * 13 + j * 29) % 101) * map[4 * j + (at % 4)]!;
    }
    return sum;
  });
}

describe('pca', () => {
  // python3 (numpy 2.4.6): x = numpy.array([[(i*i*7 + i*j*13 + j*29) % 101 for j in range(3)]
  //   for i in range(200)], float) @ [[2,0,1,0],[1,1,0,.5],[0,0,3,1]];
  // x.mean(0); numpy.linalg.eigh(numpy.cov(x, rowvar=False, bias=True)), reversed, each vector's
  // largest component made positive
  it('matches numpy', async () => {
    const { mean, eigenvalues, components } = await pca(points(), 4);
    [151.89, 51.24, 203.76, 76.765].forEach((x, i) => {
      expect(mean[i]).toBeCloseTo(x, 10);
    });
    [8407.728613706437, 3997.092831046057, 965.871030247504, 0].forEach((x, i) => {
      expect(eigenvalues[i]).toBeCloseTo(x, 8);
    });
    const expected = [
      [0.26864863156228186, 0.05609587986131492, 0.9144462094157194, 0.2974378844524031],
      [0.9194693980584021, 0.2810276523157713, -0.26926348844386117, -0.055647627613839866],
      [-0.25467642047254874, 0.7982323950520337, -0.14529234418844741, 0.5261702187172981],
      [0.13245323570650436, -0.5298129428260174, -0.26490647141300877, 0.7947194142390263],
    ];
    expected.flat().forEach((x, i) => {
      expect(components[i]).toBeCloseTo(x, 11);
    });
  });

  it.each([1, 2, 3, 5, 40])(
    'returns orthonormal, uncorrelated components for n = %d',
    async (n) => {
      const d = 12;
      const prng = createPrng(n);
      const vectors = Float32Array.from({ length: n * d }, () => prng.normal());
      const { mean, eigenvalues, components } = await pca(vectors, d);
      for (let i = 0; i < d; i++) {
        for (let j = 0; j < d; j++) {
          let inner = 0;
          for (let c = 0; c < d; c++) inner += components[i * d + c]! * components[j * d + c]!;
          expect(inner).toBeCloseTo(i === j ? 1 : 0, 12);
          let covariance = 0;
          for (let row = 0; row < n; row++) {
            let x = 0;
            let y = 0;
            for (let c = 0; c < d; c++) {
              const centred = vectors[row * d + c]! - mean[c]!;
              x += components[i * d + c]! * centred;
              y += components[j * d + c]! * centred;
            }
            covariance += (x * y) / n;
          }
          expect(covariance).toBeCloseTo(i === j ? eigenvalues[i]! : 0, 12);
        }
      }
    },
  );

  it('handles identical points', async () => {
    const { mean, eigenvalues } = await pca(new Float32Array(30).fill(0.25), 3);
    expect([...mean]).toEqual([0.25, 0.25, 0.25]);
    expect([...eigenvalues]).toEqual([0, 0, 0]);
  });

  it('rejects an empty sample, NaN and a partial vector', async () => {
    await expect(pca(new Float32Array(0), 3)).rejects.toMatchObject({ code: 'invalid-argument' });
    await expect(pca(Float32Array.of(1, NaN), 2)).rejects.toMatchObject({ code: 'bad-vector' });
    await expect(pca(Float32Array.of(1, 2, 3), 2)).rejects.toMatchObject({ code: 'bad-vector' });
  });

  it('can be aborted', async () => {
    const vectors = new Float32Array(1000 * 200).fill(1);
    await expect(pca(vectors, 200, { aborted: () => true })).rejects.toMatchObject({
      code: 'aborted',
    });
  });
});
