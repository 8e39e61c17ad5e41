import type { ErrorCode } from './errors.ts';

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
