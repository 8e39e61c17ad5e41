import { checkInteger } from '../../base/checks.ts';
import { AkinError } from '../../base/errors.ts';

/**
 * The largest squared length of a vector. Up to here inner products and squared distances stay
 * within float32, so scores are never infinite or NaN.
 */
export const MAX_LENGTH_SQ = 2 ** 125;

/** Whether `vectors` has, at `start`, `d` finite components that are not all zero. */
export function isVector(vectors: Float32Array, start: number, d: number): boolean {
  let lengthSq = 0;
  for (let i = start; i < start + d; i++) lengthSq += vectors[i]! * vectors[i]!;
  // Also false for NaN: any NaN component makes the sum NaN.
  return lengthSq > 0 && lengthSq <= MAX_LENGTH_SQ;
}

/** @throws `bad-vector` with the reason */
export function checkVector(vector: Float32Array, d: number): void {
  if (vector.length !== d) {
    throw new AkinError('bad-vector', `a vector of ${vector.length} components, not ${d}`);
  }
  if (isVector(vector, 0, d)) return;
  if (vector.every((x) => x === 0)) throw new AkinError('bad-vector', 'a vector of length zero');
  const at = vector.findIndex((x) => !Number.isFinite(x));
  throw new AkinError(
    'bad-vector',
    at < 0 ? 'a vector too long to compare' : `component ${at} of a vector is ${vector[at]}`,
  );
}

/** @throws `invalid-argument` */
export function checkId(id: number): void {
  checkInteger('an id', id, 1, 0xffffffff);
}
