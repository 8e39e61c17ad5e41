import { AkinError } from './errors.ts';

/**
 * Returns `value` if it is an integer in `min..max`, inclusive.
 *
 * @param name for the message
 * @throws `invalid-argument`, with the expected and actual value
 */
export function checkInteger(name: string, value: number, min: number, max: number): number {
  if (!Number.isInteger(value) || value < min || value > max) {
    throw new AkinError(
      'invalid-argument',
      `${name} must be a whole number from ${min} to ${max}, not ${value}`,
    );
  }
  return value;
}

/**
 * Asserts an internal invariant; a violation is a bug, not bad input.
 *
 * @throws `internal`
 */
export function invariant(condition: boolean, message: string): asserts condition {
  if (!condition) throw new AkinError('internal', message);
}
