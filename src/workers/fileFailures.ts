import type { ErrorCode } from '../base/errors.ts';

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
