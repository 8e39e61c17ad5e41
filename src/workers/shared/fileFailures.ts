import type { ErrorCode } from '../../base/errors.ts';

/**
 * Failures of the models that a photo may have caused, and after how many in a row it can't be the
 * photos.
 */
export const OF_THE_NETS: ReadonlySet<ErrorCode> = new Set([
  'internal',
  'invalid-argument',
  'bad-vector',
  'worker-died',
]);
export const MOST_FAILURES_OF_NETS = 3;
