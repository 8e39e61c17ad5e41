import { AkinError } from '../base/errors.ts';

/**
 * The Cholesky factor of a symmetric positive definite matrix: `A = L Lᵀ`. d³/6 multiplications.
 *
 * @param A (d × d) row-major; only the lower triangle is read, and replaced by `L`
 * @throws AkinError `invalid-argument` if `A` is not positive definite
 */
export function cholesky(A: Float64Array, d: number): Float64Array {
  for (let j = 0; j < d; j++) {
    const rowJ = j * d;
    let diagonal = A[rowJ + j]!;
    for (let k = 0; k < j; k++) diagonal -= A[rowJ + k]! * A[rowJ + k]!;
    if (!(diagonal > 0)) {
      throw new AkinError('invalid-argument', 'the matrix is not positive definite');
    }
    const root = Math.sqrt(diagonal);
    A[rowJ + j] = root;
    for (let i = j + 1; i < d; i++) {
      const rowI = i * d;
      let sum = A[rowI + j]!;
      for (let k = 0; k < j; k++) sum -= A[rowI + k]! * A[rowJ + k]!;
      A[rowI + j] = sum / root;
    }
  }
  return A;
}

/** `x` with `L x = b`, for a lower triangular `L` (d × d, row-major). */
export function solveLower(L: Float64Array, b: Float64Array, d: number): Float64Array {
  const x = Float64Array.from(b);
  for (let i = 0; i < d; i++) {
    let sum = x[i]!;
    for (let k = 0; k < i; k++) sum -= L[i * d + k]! * x[k]!;
    x[i] = sum / L[i * d + i]!;
  }
  return x;
}

/** `x` with `Lᵀ x = b`, for a lower triangular `L` (d × d, row-major). */
export function solveUpper(L: Float64Array, b: Float64Array, d: number): Float64Array {
  const x = Float64Array.from(b);
  for (let i = d - 1; i >= 0; i--) {
    const value = x[i]! / L[i * d + i]!;
    x[i] = value;
    for (let j = 0; j < i; j++) x[j] = x[j]! - value * L[i * d + j]!;
  }
  return x;
}
