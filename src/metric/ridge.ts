import { AkinError } from '../base/errors.ts';
import { cholesky, solveLower, solveUpper } from './cholesky.ts';
import { checkSamples, classMeans, covariance, traceOf } from './scatter.ts';

/** A ridge regression from vectors to classes. */
export interface Ridge {
  readonly d: number;
  readonly nclasses: number;
  /** (d) mean of all samples. */
  readonly mean: Float64Array;
  /** (nclasses × d) row-major: `y = W (x − mean) + priors`. */
  readonly W: Float64Array;
  /** (nclasses) share of the samples that are of each class. */
  readonly priors: Float64Array;
}

/**
 * Fits a ridge regression (Hoerl and Kennard 1970) to one value per class: 1 for samples of the
 * class, 0 for others. In closed form: `W = Yᵀ X (Xᵀ X + λ (tr Xᵀ X / d) I)⁻¹` of centered values.
 * Takes d³/6 + n d²/2 multiplications; deterministic.
 *
 * @param vectors (n × d) row-major
 * @param classes (n) class of each sample: 0, 1, 2, …
 * @param lambda the penalty, as a multiple of the mean variance of a component; above 0
 * @returns `null` if there is nothing to learn from: fewer than two classes, or equal samples
 * @throws AkinError `invalid-argument` if lengths don't match; `bad-vector` for a value that is not
 *   finite
 */
export function fitRidge(
  vectors: Float32Array,
  classes: ArrayLike<number>,
  d: number,
  lambda: number,
): Ridge | null {
  const n = classes.length;
  checkSamples(vectors, n, d);
  if (!(lambda > 0)) throw new AkinError('invalid-argument', `a penalty of ${lambda}`);
  const { means, counts, mean } = classMeans(vectors, classes, d);
  const nclasses = counts.length;
  if (nclasses < 2) return null;
  const S = covariance(vectors, new Uint32Array(n), mean, d);
  const trace = traceOf(S, d);
  if (!(trace > 0)) return null;
  for (let i = 0; i < d; i++) S[i * d + i] = S[i * d + i]! + (lambda * trace) / d;
  const L = cholesky(S, d);
  const W = new Float64Array(nclasses * d);
  const b = new Float64Array(d);
  for (let c = 0; c < nclasses; c++) {
    // Xᵀ y of a centered class column is its share times how far its mean is from all samples'.
    const share = counts[c]! / n;
    for (let i = 0; i < d; i++) b[i] = share * (means[c * d + i]! - mean[i]!);
    W.set(solveUpper(L, solveLower(L, b, d), d), c * d);
  }
  return { d, nclasses, mean, W, priors: counts.map((count) => count / n) };
}
