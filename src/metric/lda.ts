import { AkinError } from '../base/errors.ts';
import { cholesky, solveLower, solveUpper } from './cholesky.ts';
import { type ClassMeans, checkSamples, classMeans, covariance, traceOf } from './scatter.ts';

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
  /** (d × d) row-major, lower triangular: the factor of the shrunk within-class covariance. */
  readonly L: Float64Array;
  /** (nclasses × r) the class means' projections. */
  readonly centers: Float64Array;
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
  checkSamples(vectors, n, d);
  const within = fitWithin(vectors, classes, d, shrinkage);
  if (!within) return null;
  const { means, counts, mean, L } = within;
  const basis = discriminants(means, counts, mean, L, d);
  const r = basis.length;
  if (r === 0) return null;
  // W = B L⁻¹, row by row: wᵀ = L⁻ᵀ b.
  const W = new Float64Array(r * d);
  basis.forEach((row, k) => {
    W.set(solveUpper(L, row, d), k * d);
  });
  const centers = new Float64Array(counts.length * r);
  const lda: Lda = { d, r, mean, W, L, centers };
  for (let c = 0; c < counts.length; c++) project(lda, means, c * d, centers, c * r);
  return lda;
}

/**
 * The within-class covariance of samples, shrunk to `(1 − s) S + s (tr S / d) I = L Lᵀ`, with the
 * class means.
 *
 * @returns `null` if there is nothing to learn from, as for `fitLda`
 * @throws AkinError as `fitLda`
 */
export function fitWithin(
  vectors: Float32Array,
  classes: ArrayLike<number>,
  d: number,
  shrinkage: number,
): (ClassMeans & { readonly L: Float64Array }) | null {
  if (!(shrinkage > 0 && shrinkage <= 1)) {
    throw new AkinError('invalid-argument', `a shrinkage of ${shrinkage}`);
  }
  const sums = classMeans(vectors, classes, d);
  if (sums.counts.length < 2) return null;
  const within = covariance(vectors, classes, sums.means, d);
  const trace = traceOf(within, d);
  if (!(trace > 0)) return null;
  for (let i = 0; i < d; i++) {
    for (let j = 0; j <= i; j++) within[i * d + j] = within[i * d + j]! * (1 - shrinkage);
    within[i * d + i] = within[i * d + i]! + (shrinkage * trace) / d;
  }
  return { ...sums, L: cholesky(within, d) };
}

/** `mean` (d) and `W` (r × d) as in `Lda`. */
interface Projection {
  readonly d: number;
  readonly r: number;
  readonly mean: ArrayLike<number>;
  readonly W: ArrayLike<number>;
}

/** `W (x − mean)`, written to `out` (r) at `to`. `x` starts at `from` in `vectors`. */
export function project(
  { d, r, mean, W }: Projection,
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

function norm(row: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < row.length; i++) sum += row[i]! * row[i]!;
  return Math.sqrt(sum);
}
