import { AkinError } from '../../base/errors.ts';

/** Maximum number of results: more than anyone looks through. */
const MOST_K = 1_000;

/** @throws AkinError `invalid-argument` unless `k` is a valid number of results */
export function checkK(k: number): void {
  if (!Number.isInteger(k) || k < 1 || k > MOST_K) {
    throw new AkinError('invalid-argument', `k is ${k}; it must be from 1 to ${MOST_K}.`);
  }
}
