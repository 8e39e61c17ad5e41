import { AkinError } from '../base/errors.ts';

/** Labeled samples, summed up class by class. */
export interface ClassMeans {
  /** (nclasses × d) row-major */
  readonly means: Float64Array;
  /** (nclasses) */
  readonly counts: Float64Array;
  /** (d) mean of all samples */
  readonly mean: Float64Array;
}

/**
 * @param vectors (n × d) row-major
 * @param classes (n) class of each sample: 0, 1, 2, …
 * @throws AkinError `invalid-argument` if a class has no sample
 */
export function classMeans(
  vectors: Float32Array,
  classes: ArrayLike<number>,
  d: number,
): ClassMeans {
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

/**
 * The covariance of samples around `centers`: the mean of `(x − μ)(x − μ)ᵀ`.
 *
 * @param of (n) which center each sample belongs to
 * @returns (d × d) row-major, the lower triangle only
 */
export function covariance(
  vectors: Float32Array,
  of: ArrayLike<number>,
  centers: Float64Array,
  d: number,
): Float64Array {
  const n = of.length;
  const S = new Float64Array(d * d);
  const x = new Float64Array(d);
  for (let s = 0; s < n; s++) {
    const c = of[s]! * d;
    for (let i = 0; i < d; i++) x[i] = vectors[s * d + i]! - centers[c + i]!;
    for (let i = 0; i < d; i++) {
      const xi = x[i]! / n;
      if (xi === 0) continue;
      const row = i * d;
      for (let j = 0; j <= i; j++) S[row + j] = S[row + j]! + xi * x[j]!;
    }
  }
  return S;
}

/** The trace of a (d × d) matrix. @throws AkinError `bad-vector` if it is not finite */
export function traceOf(S: Float64Array, d: number): number {
  let trace = 0;
  for (let i = 0; i < d; i++) trace += S[i * d + i]!;
  if (!Number.isFinite(trace)) {
    throw new AkinError('bad-vector', 'a sample has a value that is not finite');
  }
  return trace;
}

/** @throws AkinError `invalid-argument` if the lengths don't match */
export function checkSamples(vectors: Float32Array, n: number, d: number): void {
  if (!(d > 0) || vectors.length !== n * d) {
    throw new AkinError(
      'invalid-argument',
      `${n} samples of ${d} values: got ${vectors.length} values`,
    );
  }
}
