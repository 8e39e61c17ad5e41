/** A lower triangular (d × d) matrix, packed by rows: d (d + 1) / 2 values. */
export type LowerTriangle = Float32Array;

/** `L⁻¹` of a lower triangular `L` (d × d, row-major). d³/6 multiplications. */
export function invertLower(L: Float64Array, d: number): LowerTriangle {
  const inverse = new Float64Array((d * (d + 1)) / 2);
  const at = (row: number) => (row * (row + 1)) / 2;
  for (let i = 0; i < d; i++) {
    const row = at(i);
    for (let k = 0; k < i; k++) {
      const factor = L[i * d + k]!;
      if (factor === 0) continue;
      const other = at(k);
      for (let j = 0; j <= k; j++)
        inverse[row + j] = inverse[row + j]! - factor * inverse[other + j]!;
    }
    inverse[row + i] = 1;
    const diagonal = L[i * d + i]!;
    for (let j = 0; j <= i; j++) inverse[row + j] = inverse[row + j]! / diagonal;
  }
  return Float32Array.from(inverse);
}

/** The length of `A (x − mean)`, where `x` starts at `from`. */
export function lengthAfter(
  A: LowerTriangle,
  vectors: ArrayLike<number>,
  from: number,
  mean: Float32Array,
  d: number,
): number {
  let total = 0;
  for (let i = 0, at = 0; i < d; i++) {
    let sum = 0;
    for (let j = 0; j <= i; j++, at++) sum += A[at]! * (vectors[from + j]! - mean[j]!);
    total += sum * sum;
  }
  return Math.sqrt(total);
}

/** `A x`, written to `out` at `to`. */
export function multiplyLower(
  A: LowerTriangle,
  vectors: ArrayLike<number>,
  from: number,
  out: Float32Array,
  to: number,
  d: number,
): void {
  for (let i = 0, at = 0; i < d; i++) {
    let sum = 0;
    for (let j = 0; j <= i; j++, at++) sum += A[at]! * vectors[from + j]!;
    out[to + i] = sum;
  }
}
