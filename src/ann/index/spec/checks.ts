import { checkInteger } from '../../../base/checks.ts';
import { AkinError } from '../../../base/errors.ts';
import { MAX_RUN_D } from '../../kernels/training.ts';

const DEFAULT_SEED = 1;
const MAX_SEED = 0xffffffff;

/** @throws `invalid-argument` for more components than the training kernels take */
export function checkTrainable(d: number): void {
  checkInteger('d of a trained kind', d, 1, MAX_RUN_D);
}

/** The seed asked for, or the default. @throws `invalid-argument` */
export function seedOf({ seed = DEFAULT_SEED }: { readonly seed?: number | undefined }): number {
  return checkInteger('seed', seed, 0, MAX_SEED);
}

/** @throws `invalid-argument` */
export function checkFlag(name: string, value: boolean): boolean {
  return checkChoice(name, value, [true, false]);
}

/** @throws `invalid-argument` if the value is none of the choices */
export function checkChoice<const T>(name: string, value: unknown, choices: readonly T[]): T {
  const choice = choices.find((candidate) => candidate === value);
  if (choice !== undefined) return choice;
  throw new AkinError('invalid-argument', `${name} must be ${choices.join(' or ')}, not ${value}`);
}
