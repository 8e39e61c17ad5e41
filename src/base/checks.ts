import { AkinError } from './errors.ts';

/**
 * Returns `value` when it is an integer in `min..max` (both included).
 *
 * @param name what the value is, for the message
 * @throws `invalid-argument`, stating what was expected and what came
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
 * States something this code relies on; a false one is a fault of the program, not of its input.
 *
 * @throws `internal`
 */
export function invariant(condition: boolean, message: string): asserts condition {
  if (!condition) throw new AkinError('internal', message);
}
