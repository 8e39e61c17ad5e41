import { checkInteger } from '../../../base/checks.ts';
import { AkinError } from '../../../base/errors.ts';

/** Variances below this share of the largest are rounding errors and are raised to it. */
const LEAST_SHARE = 1e-10;

/**
 * Allocates eigenvalues to `M` buckets of `d / M`, making the buckets' products as equal as a
 * greedy choice can: each eigenvalue, largest first, goes to the bucket with the smallest product
 * so far that has room; on ties to the first. For Gaussian data, equal products minimize the error
 * of product quantization (Ge, He, Ke & Sun, Optimized Product Quantization, 2013, section 3.2;
 * Kalantidis & Avrithis 2014).
 *
 * Eigenvalues are first divided by the smallest: products of numbers below 1 would shrink with each
 * one, and the first bucket would be filled completely.
 *
 * @param eigenvalues `d`, descending, none negative
 * @param M buckets; divides `d`
 * @returns a permutation of `0 … d − 1`: position `p`, in bucket `⌊p M / d⌋`, gets eigenvalue
 *   `permutation[p]`; descending within a bucket
 * @throws `invalid-argument`
 */
export function eigenvalueAllocation(
  eigenvalues: Float64Array,
  M: number,
): Uint32Array<ArrayBuffer> {
  const d = eigenvalues.length;
  checkDivides(M, d);
  const falling = eigenvalues.every((x, i) => x >= 0 && !(x > eigenvalues[i - 1]!));
  if (!falling || !Number.isFinite(eigenvalues[0])) {
    throw new AkinError('invalid-argument', 'eigenvalues must be finite, falling and not below 0');
  }
  const floor = eigenvalues[0]! * LEAST_SHARE;
  const smallest = Math.max(floor, eigenvalues[d - 1]!);
  const capacity = d / M;
  const logProducts = new Float64Array(M);
  const buckets = Array.from({ length: M }, (): number[] => []);
  eigenvalues.forEach((x, i) => {
    let best = -1;
    for (let m = 0; m < M; m++) {
      if (buckets[m]!.length === capacity) continue;
      if (best < 0 || logProducts[m]! < logProducts[best]!) best = m;
    }
    buckets[best]!.push(i);
    // All variances 0: the order of eigenvalues is irrelevant.
    if (smallest > 0) logProducts[best]! += Math.log(Math.max(floor, x) / smallest);
  });
  return Uint32Array.from(buckets.flat());
}

/** @throws `invalid-argument` if `d` components cannot be split into `M` sub-vectors */
export function checkDivides(M: number, d: number): void {
  checkInteger('M', M, 1, d);
  if (d % M !== 0) throw new AkinError('invalid-argument', `M = ${M} does not divide d = ${d}`);
}
