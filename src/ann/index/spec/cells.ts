import { checkInteger } from '../../../base/checks.ts';
import { AkinError } from '../../../base/errors.ts';

/** One coarse quantizer, or a multi-index of two, each over half of the components. */
export type LopqCoarse = 'single' | 'multi';

export const MAX_NLIST = 65536;

/** The default number of cells of an inverted file of `n` vectors. */
export function ivfNlist(n: number): number {
  return powerOfTwoUpTo(Math.min(4 * Math.sqrt(n), n / 16, MAX_NLIST));
}

/**
 * The default number of cells with a rotation each of `n` vectors: a local rotation is only as
 * good as the covariance it is computed from.
 */
export function lopqNlist(n: number, d: number, coarse: LopqCoarse): number {
  if (coarse === 'multi') return powerOfTwoUpTo(Math.sqrt(4 * Math.sqrt(n)));
  return powerOfTwoUpTo(Math.min(n / (2 * d), 256));
}

function powerOfTwoUpTo(limit: number): number {
  return limit < 2 ? 1 : 2 ** Math.floor(Math.log2(limit));
}

/** @throws `invalid-argument` for more cells than the `n` vectors to train on */
export function checkNlist(nlist: number, n: number): number {
  checkInteger('nlist', nlist, 1, MAX_NLIST);
  if (n < nlist) {
    throw new AkinError(
      'invalid-argument',
      `${nlist} cells need as many vectors to train on; there are ${n}`,
    );
  }
  return nlist;
}
