import { AkinError } from '../base/errors.ts';
import { cholesky, solveLower } from './cholesky.ts';

export interface LdaOptions {
  /**
   * Share, in (0, 1], of the within-class covariance that is replaced by a multiple of the identity
   * of the same trace (Ledoit and Wolf's form): with few photos of each class, the covariance alone
   * is singular and mostly noise.
   */
  readonly shrinkage: number;
}

/** A linear discriminant analysis. */
export interface Lda {
  readonly d: number;
  /** Number of discriminants: at most `d`, and one less than the classes. */
  readonly r: number;
  /** (d) mean of all samples. */
  readonly mean: Float64Array;
  /** (r × d) row-major: `z = W (x − mean)`. */
  readonly W: Float64Array;
}

/** Part of a class mean's length that earlier means must leave unexplained for a new discriminant. */
const LEAST_NEW = 1e-6;

/**
 * Fits a linear discriminant analysis (Fisher 1936; Rao 1948) in closed form.
 *
 * With the within-class covariance `S`, shrunk to `(1 − s) S + s (tr S / d) I = L Lᵀ`, samples are
 * whitened by `L⁻¹`, and projected to the span of the whitened class means. Cosines and distances
 * there are those of the discriminants that an eigendecomposition would give, which differ by a
 * rotation only. Takes d³/6 + n d²/2 multiplications; deterministic.
 *
 * @param vectors (n × d) row-major
 * @param classes (n) class of each sample: 0, 1, 2, …
 * @returns `null` if there is nothing to learn from: fewer than two classes, or none with two
 *   different samples
 * @throws AkinError `invalid-argument` if lengths don't match; `bad-vector` for a value that is not
 *   finite
 */
export function fitLda(
  vectors: Float32Array,
  classes: ArrayLike<number>,
  d: number,
  { shrinkage }: LdaOptions,
): Lda | null {
  const n = classes.length;
  if (!(d > 0) || vectors.length !== n * d || !(shrinkage > 0 && shrinkage <= 1)) {
    throw new AkinError(
      'invalid-argument',
      `${n} samples of ${d} values, shrunk by ${shrinkage}: got ${vectors.length} values`,
    );
  }
  const { means, counts, mean } = classMeans(vectors, classes, d);
  const nclasses = counts.length;
  if (nclasses < 2) return null;
  const within = withinCovariance(vectors, classes, means, d);
  let trace = 0;
  for (let i = 0; i < d; i++) trace += within[i * d + i]!;
  if (!Number.isFinite(trace)) {
    throw new AkinError('bad-vector', 'a sample has a value that is not finite');
  }
  if (!(trace > 0)) return null;
  for (let i = 0; i < d; i++) {
    for (let j = 0; j <= i; j++) within[i * d + j] = within[i * d + j]! * (1 - shrinkage);
    within[i * d + i] = within[i * d + i]! + (shrinkage * trace) / d;
  }
  const L = cholesky(within, d);
  const basis = discriminants(means, counts, mean, L, d);
  const r = basis.length;
  if (r === 0) return null;
  // W = B L⁻¹, row by row: wᵀ = L⁻ᵀ b.
  const W = new Float64Array(r * d);
  basis.forEach((row, k) => {
    W.set(solveUpper(L, row, d), k * d);
  });
  return { d, r, mean, W };
}

/** `W (x − mean)`, written to `out` (r) at `to`. `x` starts at `from` in `vectors`. */
export function project(
  { d, r, mean, W }: Lda,
  vectors: ArrayLike<number>,
  from: number,
  out: Float32Array | Float64Array,
  to: number,
): void {
  for (let k = 0; k < r; k++) {
    let sum = 0;
    const row = k * d;
    for (let i = 0; i < d; i++) sum += W[row + i]! * (vectors[from + i]! - mean[i]!);
    out[to + k] = sum;
  }
}

function classMeans(
  vectors: Float32Array,
  classes: ArrayLike<number>,
  d: number,
): { means: Float64Array; counts: Float64Array; mean: Float64Array } {
  const n = classes.length;
  let nclasses = 0;
  for (let i = 0; i < n; i++) {
    const c = classes[i]!;
    if (!Number.isInteger(c) || c < 0 || c >= n) {
      throw new AkinError('invalid-argument', `sample ${i} is of class ${c}`);
    }
    nclasses = Math.max(nclasses, c + 1);
  }
  const means = new Float64Array(nclasses * d);
  const counts = new Float64Array(nclasses);
  const mean = new Float64Array(d);
  for (let i = 0; i < n; i++) {
    const c = classes[i]!;
    counts[c] = counts[c]! + 1;
    for (let j = 0; j < d; j++) {
      const value = vectors[i * d + j]!;
      means[c * d + j] = means[c * d + j]! + value;
      mean[j] = mean[j]! + value / n;
    }
  }
  for (let c = 0; c < nclasses; c++) {
    if (counts[c] === 0) throw new AkinError('invalid-argument', `class ${c} has no sample`);
    for (let j = 0; j < d; j++) means[c * d + j] = means[c * d + j]! / counts[c]!;
  }
  return { means, counts, mean };
}

/** (d × d) row-major, the lower triangle only: the mean of `(x − μ)(x − μ)ᵀ` over all samples. */
function withinCovariance(
  vectors: Float32Array,
  classes: ArrayLike<number>,
  means: Float64Array,
  d: number,
): Float64Array {
  const n = classes.length;
  const S = new Float64Array(d * d);
  const x = new Float64Array(d);
  for (let s = 0; s < n; s++) {
    const c = classes[s]! * d;
    for (let i = 0; i < d; i++) x[i] = vectors[s * d + i]! - means[c + i]!;
    for (let i = 0; i < d; i++) {
      const xi = x[i]! / n;
      if (xi === 0) continue;
      const row = i * d;
      for (let j = 0; j <= i; j++) S[row + j] = S[row + j]! + xi * x[j]!;
    }
  }
  return S;
}

/**
 * An orthonormal basis of the span of the whitened class means, by modified Gram-Schmidt, applied
 * twice for accuracy. Larger classes come first, so that the basis is best where most samples are.
 */
function discriminants(
  means: Float64Array,
  counts: Float64Array,
  mean: Float64Array,
  L: Float64Array,
  d: number,
): Float64Array[] {
  const order = Array.from(counts, (_, c) => c).sort((a, b) => counts[b]! - counts[a]! || a - b);
  const basis: Float64Array[] = [];
  for (const c of order) {
    if (basis.length === Math.min(d, counts.length - 1)) break;
    const centered = Float64Array.from(mean, (value, i) => means[c * d + i]! - value);
    const row = solveLower(L, centered, d);
    const before = norm(row);
    for (let pass = 0; pass < 2; pass++) {
      for (const other of basis) {
        let dot = 0;
        for (let i = 0; i < d; i++) dot += row[i]! * other[i]!;
        for (let i = 0; i < d; i++) row[i] = row[i]! - dot * other[i]!;
      }
    }
    const length = norm(row);
    if (!(length > LEAST_NEW * before) || before === 0) continue;
    for (let i = 0; i < d; i++) row[i] = row[i]! / length;
    basis.push(row);
  }
  return basis;
}

/** `x` with `Lᵀ x = b`. */
function solveUpper(L: Float64Array, b: Float64Array, d: number): Float64Array {
  const x = Float64Array.from(b);
  for (let i = d - 1; i >= 0; i--) {
    const value = x[i]! / L[i * d + i]!;
    x[i] = value;
    for (let j = 0; j < i; j++) x[j] = x[j]! - value * L[i * d + j]!;
  }
  return x;
}

function norm(row: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < row.length; i++) sum += row[i]! * row[i]!;
  return Math.sqrt(sum);
}
