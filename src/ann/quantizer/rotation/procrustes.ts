import { checkInteger, invariant } from '../../../base/checks.ts';
import { AkinError } from '../../../base/errors.ts';
import { pacer, type TrainControl } from '../control.ts';

/**
 * The share of `near` added to the matrix, relative to the root mean square of its singular values.
 */
const SHARE_OF_NEAR = 1e-7;
const MAX_STEPS = 40;

/**
 * Finds the orthogonal matrix `R` that maximizes the trace of `Rᵀ · correlation`. With
 * `correlation = Σ y xᵀ` it minimizes `Σ |R x − y|²`: the orthogonal Procrustes problem (Schönemann
 * 1966).
 *
 * `R` is the orthogonal factor of the polar decomposition, computed by scaled Newton iteration
 * (Higham, Computing the polar decomposition with applications, SIAM J. Sci. Stat. Comput. 7,
 * 1986). If the points do not span the space, that factor is not unique; a small share of `near` is
 * added, so that undetermined directions follow it.
 *
 * @param correlation `d × d` float64, row-major
 * @param near `d × d`, orthogonal
 * @returns `d × d`; `near` if the correlation is zero
 * @throws `invalid-argument` if a size is wrong or a value is not finite, `aborted`
 */
export async function orthogonalProcrustes(
  correlation: Float64Array,
  near: Float64Array,
  d: number,
  control?: TrainControl,
): Promise<Float64Array> {
  checkInteger('d', d, 1, 0xffff);
  for (const matrix of [correlation, near]) {
    if (matrix.length !== d * d || !matrix.every(Number.isFinite)) {
      throw new AkinError('invalid-argument', `the matrix must be ${d} × ${d} finite numbers`);
    }
  }
  const largest = correlation.reduce((max, x) => Math.max(max, Math.abs(x)), 0);
  if (largest === 0) return near.slice();
  // Divided by the largest first, so the squares of its norm cannot overflow.
  const x = correlation.map((value) => value / largest);
  const norm = Math.sqrt(x.reduce((sum, value) => sum + value * value, 0) / d);
  for (let i = 0; i < x.length; i++) x[i]! += SHARE_OF_NEAR * norm * near[i]!;
  const pace = pacer(control, 'rotation');
  const inverse = new Float64Array(d * d);
  for (let step = 1; ; step++) {
    // The share of `near` makes a singular matrix nearly impossible, but not quite.
    if (!(await invert(x, inverse, d, (work) => pace(work, 0)))) return near.slice();
    const change = newtonStep(x, inverse, d);
    // The error is squared with each step, so it is now far below rounding.
    if (change < 1e-9) return x;
    invariant(step < MAX_STEPS, 'the polar decomposition does not converge');
  }
}

/** `x ← (g x + (g x)⁻ᵀ) / 2`. Returns the largest change of a value. */
function newtonStep(x: Float64Array, inverse: Float64Array, d: number): number {
  const g = ((norm1(inverse, d) * normInf(inverse, d)) / (norm1(x, d) * normInf(x, d))) ** 0.25;
  let change = 0;
  for (let i = 0; i < d; i++) {
    for (let j = 0; j < d; j++) {
      const value = (g * x[i * d + j]! + inverse[j * d + i]! / g) / 2;
      change = Math.max(change, Math.abs(value - x[i * d + j]!));
      x[i * d + j] = value;
    }
  }
  return change;
}

/**
 * Gauss–Jordan elimination with partial pivoting by column, in place.
 *
 * @returns false if the matrix is singular
 */
async function invert(
  matrix: Float64Array,
  out: Float64Array,
  d: number,
  pace: (work: number) => Promise<void> | undefined,
): Promise<boolean> {
  out.set(matrix);
  const swaps = new Uint32Array(d);
  for (let k = 0; k < d; k++) {
    let best = k;
    for (let i = k + 1; i < d; i++) {
      if (Math.abs(out[i * d + k]!) > Math.abs(out[best * d + k]!)) best = i;
    }
    swaps[k] = best;
    swapRows(out, d, k, best);
    const pivot = out[k * d + k]!;
    if (!(Math.abs(pivot) > Number.MIN_VALUE / Number.EPSILON)) return false;
    eliminate(out, d, k, pivot);
    const wait = pace(d * d);
    if (wait) await wait;
  }
  // Row swaps become column swaps of the inverse, in reverse order.
  for (let k = d - 1; k >= 0; k--) swapColumns(out, d, k, swaps[k]!);
  return out.every(Number.isFinite);
}

function eliminate(out: Float64Array, d: number, k: number, pivot: number): void {
  const pivotRow = k * d;
  out[pivotRow + k] = 1;
  for (let j = pivotRow; j < pivotRow + d; j++) out[j] = out[j]! / pivot;
  for (let i = 0; i < d; i++) {
    if (i === k) continue;
    const row = i * d;
    const factor = out[row + k]!;
    out[row + k] = 0;
    if (factor === 0) continue;
    for (let j = 0; j < d; j++) out[row + j] = out[row + j]! - factor * out[pivotRow + j]!;
  }
}

function swapRows(a: Float64Array, d: number, i: number, j: number): void {
  if (i === j) return;
  const row = a.slice(i * d, (i + 1) * d);
  a.copyWithin(i * d, j * d, (j + 1) * d);
  a.set(row, j * d);
}

function swapColumns(a: Float64Array, d: number, i: number, j: number): void {
  if (i === j) return;
  for (let row = 0; row < d * d; row += d) {
    const value = a[row + i]!;
    a[row + i] = a[row + j]!;
    a[row + j] = value;
  }
}

/** The maximum absolute column sum. */
function norm1(a: Float64Array, d: number): number {
  const sums = new Float64Array(d);
  for (let row = 0; row < d * d; row += d) {
    for (let j = 0; j < d; j++) sums[j]! += Math.abs(a[row + j]!);
  }
  return sums.reduce((max, x) => Math.max(max, x), 0);
}

/** The maximum absolute row sum. */
function normInf(a: Float64Array, d: number): number {
  let max = 0;
  for (let row = 0; row < d * d; row += d) {
    let sum = 0;
    for (let j = 0; j < d; j++) sum += Math.abs(a[row + j]!);
    max = Math.max(max, sum);
  }
  return max;
}
