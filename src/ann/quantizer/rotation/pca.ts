import { AkinError } from '../../../base/errors.ts';
import { pacer, partOf, type TrainControl } from '../control.ts';
import { checkRows } from '../rows.ts';
import { symmetricEigen } from './symmetricEigen.ts';

/** The principal components of a set of vectors. */
export interface Pca {
  /** (d) */
  readonly mean: Float64Array;
  /** (d), descending, non-negative: variance along each component. */
  readonly eigenvalues: Float64Array;
  /** `d × d`, row-major, orthonormal: row `i` belongs to eigenvalue `i`. */
  readonly components: Float64Array;
}

/**
 * Principal component analysis: the eigenvectors of the covariance matrix (divided by `n`). About
 * `n d² / 2 + 6 d³` multiply-adds in float64; callers should sample if `n` is large.
 *
 * @param vectors `n × d` float32, `n` at least 1
 * @throws `invalid-argument` if there are no vectors, `bad-vector`, `aborted`
 */
export async function pca(vectors: Float32Array, d: number, control?: TrainControl): Promise<Pca> {
  if (checkRows(vectors, d) === 0) {
    throw new AkinError('invalid-argument', 'principal components of no vector');
  }
  const mean = meanOf(vectors, d);
  const matrix = await covariance(vectors, d, mean, partOf(control, 0, 0.5));
  const { eigenvalues, eigenvectors } = await symmetricEigen(matrix, d, partOf(control, 0.5, 0.5));
  return {
    mean,
    // A variance of 0 can come out slightly negative.
    eigenvalues: eigenvalues.map((x) => Math.max(0, x)),
    components: eigenvectors,
  };
}

/** The mean of vectors; zeros if there are none. */
export function meanOf(vectors: Float32Array, d: number): Float64Array {
  const n = vectors.length / d;
  const sum = new Float64Array(d);
  for (let start = 0; start < vectors.length; start += d) {
    for (let i = 0; i < d; i++) sum[i] = sum[i]! + vectors[start + i]!;
  }
  return n === 0 ? sum : sum.map((x) => x / n);
}

async function covariance(
  vectors: Float32Array,
  d: number,
  mean: Float64Array,
  control: TrainControl | undefined,
): Promise<Float64Array> {
  const pace = pacer(control, 'covariance');
  const n = vectors.length / d;
  const sums = new Float64Array(d * d);
  // Four rows at a time, so each sum is read and written a quarter as often. Rows past the end are
  // 0.
  const centred = [0, 1, 2, 3].map(() => new Float64Array(d));
  for (let first = 0; first < n; first += 4) {
    centred.forEach((row, r) => {
      const start = (first + r) * d;
      if (first + r >= n) row.fill(0);
      else for (let i = 0; i < d; i++) row[i] = vectors[start + i]! - mean[i]!;
    });
    addOuterProducts(sums, d, centred);
    const wait = pace(2 * d * d, first / n);
    if (wait) await wait;
  }
  for (let i = 0; i < d; i++) {
    for (let j = i; j < d; j++) {
      sums[i * d + j] = sums[i * d + j]! / n;
      sums[j * d + i] = sums[i * d + j]!;
    }
  }
  return sums;
}

/** Adds the products of all pairs of components of four rows, on and above the diagonal. */
function addOuterProducts(sums: Float64Array, d: number, rows: readonly Float64Array[]): void {
  const [a, b, c, e] = rows as [Float64Array, Float64Array, Float64Array, Float64Array];
  for (let i = 0; i < d; i++) {
    const ai = a[i]!;
    const bi = b[i]!;
    const ci = c[i]!;
    const ei = e[i]!;
    const at = i * d;
    for (let j = i; j < d; j++) {
      sums[at + j] = sums[at + j]! + (ai * a[j]! + bi * b[j]! + ci * c[j]! + ei * e[j]!);
    }
  }
}
