import type { ImportFailure } from '../../../protocol/index.ts';

/** Failures that recur on every try. */
const LASTING: readonly string[] = [
  'empty-file',
  'unsupported-format',
  'file-too-large',
  // Folders have no bytes to retry with; they must be dropped again.
  'unreadable-folder',
];

/** Whether importing the file again could succeed. */
export function canRetry({ code, details }: Pick<ImportFailure, 'code' | 'details'>): boolean {
  return !LASTING.includes(code) && details?.reason !== 'gone';
}
