import { checkInteger } from '../../../base/checks.ts';
import { AkinError } from '../../../base/errors.ts';

/** Smaller variances than this share of the largest are rounding: they are taken as this much. */
const LEAST_SHARE = 1e-10;

/**
 * Deals eigenvalues into `M` buckets of `d / M` so that the buckets' products come out as equal as a
 * greedy choice makes them: each eigenvalue, largest first, goes to the bucket with the smallest
 * product so far that has room; of equal ones to the first. For Gaussian data equal products make
 * the error of product quantization least (Ge, He, Ke & Sun, Optimized Product Quantization, 2013,
 * section 3.2; Kalantidis & Avrithis 2014).
 *
 * Eigenvalues are divided by the smallest first: a product of numbers below 1 would fall with each,
 * and the first bucket would be filled to the brim.
 *
 * @param eigenvalues `d`, falling, none below 0
 * @param M buckets; divides `d`
 * @returns a permutation of `0 … d − 1`: place `p`, of bucket `⌊p M / d⌋`, gets eigenvalue
 *   `permutation[p]`; falling within a bucket
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
    // All variances 0: every eigenvalue is as good as any other.
    if (smallest > 0) logProducts[best]! += Math.log(Math.max(floor, x) / smallest);
  });
  return Uint32Array.from(buckets.flat());
}

/** @throws `invalid-argument` where `M` sub-vectors cannot be cut from `d` components */
export function checkDivides(M: number, d: number): void {
  checkInteger('M', M, 1, d);
  if (d % M !== 0) throw new AkinError('invalid-argument', `M = ${M} does not divide d = ${d}`);
}
