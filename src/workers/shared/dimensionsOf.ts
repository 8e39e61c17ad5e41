import { AkinError } from '../../base/errors.ts';

/**
 * Values of a vector of a space: the last part of its id, `<model>/<fit>/<d>`.
 *
 * @throws AkinError `invalid-argument`
 */
export function dimensionsOf(spaceId: string): number {
  const d = Number(/\/(\d+)$/.exec(spaceId)?.[1]);
  if (!Number.isSafeInteger(d) || d < 1) {
    throw new AkinError('invalid-argument', `no such space: ${spaceId}`);
  }
  return d;
}
