import type { ImportItem } from '../../protocol/index.ts';

/**
 * Limits of one transaction, though a single file may exceed the bytes; cheap to repeat if it
 * fails.
 */
const MOST_FILES = 64;
const MOST_BYTES = 48 * 2 ** 20;
/** The first batch is smaller, since inference waits for it. */
const FIRST_FILES = 8;

/** Splits files into the batches in which they are read and written, in order. */
export function* fileBatches(files: readonly ImportItem[]): Generator<readonly ImportItem[]> {
  let most = FIRST_FILES;
  for (let from = 0; from < files.length; most = MOST_FILES) {
    let bytes = sizeOf(files[from]!);
    let to = from + 1;
    for (; to < files.length && to - from < most; to++) {
      bytes += sizeOf(files[to]!);
      if (bytes > MOST_BYTES) break;
    }
    yield files.slice(from, to);
    from = to;
  }
}

function sizeOf(item: ImportItem): number {
  return 'file' in item ? item.file.size : 0;
}
