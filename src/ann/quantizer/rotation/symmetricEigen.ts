import { checkInteger, invariant } from '../../../base/checks.ts';
import { AkinError } from '../../../base/errors.ts';
import { pacer, type TrainControl } from '../control.ts';

/** Eigenvalues of a symmetric matrix, largest first, each with an orthonormal eigenvector. */
export interface SymmetricEigen {
  /** (d), descending. */
  readonly eigenvalues: Float64Array;
  /** `d × d`, row-major: row `i` belongs to eigenvalue `i`; its largest component is positive. */
  readonly eigenvectors: Float64Array;
}

/** Maximum QR steps per eigenvalue. Two are typical. */
const MAX_STEPS = 60;

/**
 * Diagonalizes a symmetric matrix: Householder reduction to tridiagonal form, then implicit QR
 * steps with Wilkinson's shift (Golub & Van Loan, Matrix Computations, 4th ed., sections 8.3.1 to
 * 8.3.5). About `6 d³` multiply-adds; the error is of the order of `2⁻⁵² · d · |matrix|`.
 *
 * @param matrix `d × d` float64, row-major, symmetric; not modified
 * @throws `invalid-argument` if the size is wrong or a value is not finite, `aborted`
 */
export async function symmetricEigen(
  matrix: Float64Array,
  d: number,
  control?: TrainControl,
): Promise<SymmetricEigen> {
  checkInteger('d', d, 1, 0xffff);
  if (matrix.length !== d * d || !matrix.every(Number.isFinite)) {
    throw new AkinError('invalid-argument', `the matrix must be ${d} × ${d} finite numbers`);
  }
  // A power of two near its largest value, so squares cannot overflow and no bit is lost.
  const scale = 2 ** exponentOf(matrix.reduce((max, x) => Math.max(max, Math.abs(x)), 0));
  const tridiagonal = await tridiagonalize(
    matrix.map((x) => x / scale),
    d,
    control,
  );
  await diagonalize(tridiagonal, control);
  const { diagonal, vectors } = tridiagonal;
  const order = Array.from(diagonal.keys()).sort((a, b) => diagonal[b]! - diagonal[a]! || a - b);
  const eigenvectors = new Float64Array(d * d);
  order.forEach((from, to) => {
    const vector = vectors.subarray(from * d, (from + 1) * d);
    const sign = largestComponent(vector) < 0 ? -1 : 1;
    for (let i = 0; i < d; i++) eigenvectors[to * d + i] = sign * vector[i]!;
  });
  return { eigenvalues: Float64Array.from(order, (i) => scale * diagonal[i]!), eigenvectors };
}

/** `matrix = Qᵀ T Q`, `T` tridiagonal; `vectors` is `Q`, which `diagonalize` goes on to rotate. */
interface Tridiagonal {
  readonly diagonal: Float64Array;
  /** `beside[i]` is between `diagonal[i]` and `diagonal[i + 1]`; the last is 0. */
  readonly beside: Float64Array;
  readonly vectors: Float64Array;
}

async function tridiagonalize(
  a: Float64Array,
  d: number,
  control: TrainControl | undefined,
): Promise<Tridiagonal> {
  const pace = pacer(control, 'eigenvectors');
  const diagonal = new Float64Array(d);
  const beside = new Float64Array(d);
  /** Row `k` holds, from `k + 1` on, the vector of reflection `k`; `tau[k]` is its factor. */
  const reflections = new Float64Array(d * d);
  const tau = new Float64Array(d);
  const p = new Float64Array(d);
  for (let k = 0; k < d; k++) {
    diagonal[k] = a[k * d + k]!;
    if (k >= d - 1) continue;
    const v = reflections.subarray(k * d, (k + 1) * d);
    for (let i = k + 1; i < d; i++) v[i] = a[k * d + i]!;
    const reflection = reflect(v, k + 1);
    beside[k] = reflection.length;
    tau[k] = reflection.tau;
    if (reflection.tau !== 0) reflectBothSides(a, d, v, k + 1, reflection.tau, p);
    const wait = pace(2 * (d - k) ** 2, (0.3 * k) / d);
    if (wait) await wait;
  }
  const vectors = new Float64Array(d * d);
  for (let i = 0; i < d; i++) vectors[i * d + i] = 1;
  for (let k = d - 2; k >= 0; k--) {
    if (tau[k] === 0) continue;
    reflectRows(vectors, d, reflections.subarray(k * d, (k + 1) * d), k + 1, tau[k]!);
    const wait = pace(2 * (d - k) ** 2, 0.5 - (0.2 * k) / d);
    if (wait) await wait;
  }
  return { diagonal, beside, vectors };
}

/**
 * Overwrites `x = v[first…]` with the vector of the reflection `I − tau v vᵀ` that maps `x` to
 * `length · e₁`. `tau` is 0 if `x` already is that.
 */
function reflect(v: Float64Array, first: number): { tau: number; length: number } {
  const head = v[first]!;
  let tailSq = 0;
  for (let i = first + 1; i < v.length; i++) tailSq += v[i]! * v[i]!;
  if (tailSq === 0) return { tau: 0, length: head };
  // Opposite in sign to the head, to avoid cancellation.
  const length = (head > 0 ? -1 : 1) * Math.sqrt(head * head + tailSq);
  v[first] = head - length;
  return { tau: 2 / (v[first]! * v[first]! + tailSq), length };
}

/** `a ← (I − tau v vᵀ) a (I − tau v vᵀ)` on the rows and columns from `first` on. */
function reflectBothSides(
  a: Float64Array,
  d: number,
  v: Float64Array,
  first: number,
  tau: number,
  p: Float64Array,
): void {
  let pv = 0;
  for (let i = first; i < d; i++) {
    const row = i * d;
    let sum = 0;
    for (let j = first; j < d; j++) sum += a[row + j]! * v[j]!;
    p[i] = tau * sum;
    pv += p[i]! * v[i]!;
  }
  const half = (tau * pv) / 2;
  for (let i = first; i < d; i++) p[i] = p[i]! - half * v[i]!;
  for (let i = first; i < d; i++) {
    const row = i * d;
    const vi = v[i]!;
    const pi = p[i]!;
    for (let j = first; j < d; j++) a[row + j] = a[row + j]! - (vi * p[j]! + pi * v[j]!);
  }
}

/** `rows ← rows (I − tau v vᵀ)`, where only rows and columns from `first` on can change. */
function reflectRows(
  rows: Float64Array,
  d: number,
  v: Float64Array,
  first: number,
  tau: number,
): void {
  for (let row = first * d; row < d * d; row += d) {
    let sum = 0;
    for (let j = first; j < d; j++) sum += rows[row + j]! * v[j]!;
    sum *= tau;
    for (let j = first; j < d; j++) rows[row + j] = rows[row + j]! - sum * v[j]!;
  }
}

async function diagonalize(
  { diagonal, beside, vectors }: Tridiagonal,
  control: TrainControl | undefined,
): Promise<void> {
  const pace = pacer(control, 'eigenvectors');
  const d = diagonal.length;
  let steps = 0;
  for (let last = d - 1; last > 0; ) {
    if (isNothing(diagonal, beside, last - 1)) {
      last--;
      steps = 0;
      continue;
    }
    let first = last - 1;
    while (first > 0 && !isNothing(diagonal, beside, first - 1)) first--;
    invariant(++steps <= MAX_STEPS, 'the eigenvalues do not converge');
    qrStep(diagonal, beside, vectors, first, last);
    const wait = pace(4 * d * (last - first), 1 - (0.5 * last) / d);
    if (wait) await wait;
  }
}

/** Whether `beside[i]` is negligible, so that the matrix splits there. */
function isNothing(diagonal: Float64Array, beside: Float64Array, i: number): boolean {
  const x = Math.abs(beside[i]!);
  const around = Math.abs(diagonal[i]!) + Math.abs(diagonal[i + 1]!);
  // The second bound handles matrices of low rank, whose zeros are subject to rounding.
  return x <= Number.EPSILON * around || x <= Number.EPSILON ** 2;
}

/** One implicit QR step on the rows `first…last`; also applies every rotation to the vectors. */
function qrStep(
  diagonal: Float64Array,
  beside: Float64Array,
  vectors: Float64Array,
  first: number,
  last: number,
): void {
  const d = diagonal.length;
  const offset = beside[last - 1]!;
  const half = (diagonal[last - 1]! - diagonal[last]!) / 2;
  const root = Math.sqrt(half * half + offset * offset);
  const shift = diagonal[last]! - (offset * offset) / (half + (half < 0 ? -root : root));
  let x = diagonal[first]! - shift;
  let z = beside[first]!;
  for (let k = first; k < last; k++) {
    const r = Math.sqrt(x * x + z * z);
    // Both are 0 only if rounding has split the matrix; another step does the rest.
    if (r === 0) return;
    const c = x / r;
    const s = z / r;
    if (k > first) beside[k - 1] = r;
    const upper = diagonal[k]!;
    const lower = diagonal[k + 1]!;
    const middle = beside[k]!;
    diagonal[k] = c * c * upper + 2 * c * s * middle + s * s * lower;
    diagonal[k + 1] = s * s * upper - 2 * c * s * middle + c * c * lower;
    beside[k] = c * s * (lower - upper) + (c * c - s * s) * middle;
    if (k + 1 < last) {
      x = beside[k]!;
      z = s * beside[k + 1]!;
      beside[k + 1] = c * beside[k + 1]!;
    }
    const row = k * d;
    for (let i = row; i < row + d; i++) {
      const a = vectors[i]!;
      const b = vectors[i + d]!;
      vectors[i] = c * a + s * b;
      vectors[i + d] = c * b - s * a;
    }
  }
}

function largestComponent(vector: Float64Array): number {
  let largest = 0;
  for (const x of vector) if (Math.abs(x) > Math.abs(largest)) largest = x;
  return largest;
}

/** The exponent of the power of two nearest `x`; 0 for 0. */
function exponentOf(x: number): number {
  return x === 0 ? 0 : Math.round(Math.log2(x));
}
