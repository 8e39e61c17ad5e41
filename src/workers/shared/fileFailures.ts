import type { ErrorCode } from '../../base/errors.ts';

/** Failures that a file brings about by what it is: they concern it alone, and come back each time. */
export const OF_THE_FILE: readonly ErrorCode[] = [
  'empty-file',
  'unsupported-format',
  'damaged-picture',
  'too-many-pixels',
  'file-too-large',
  'unreadable-file',
  'decoder-failed',
];

/** Failures of the nets that may be the photo's doing, and after how many in a row they are not. */
export const OF_THE_NETS: ReadonlySet<ErrorCode> = new Set([
  'internal',
  'invalid-argument',
  'bad-vector',
  'worker-died',
]);
export const MOST_FAILURES_OF_NETS = 3;
