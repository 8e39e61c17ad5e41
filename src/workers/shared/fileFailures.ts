import type { ErrorCode } from '../../base/errors.ts';

/** Failures inherent to a file: they concern it alone and recur on every try. */
export const OF_THE_FILE: readonly ErrorCode[] = [
  'empty-file',
  'unsupported-format',
  'damaged-picture',
  'too-many-pixels',
  'file-too-large',
  'unreadable-file',
  'decoder-failed',
];

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
