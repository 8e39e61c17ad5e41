import { getBit } from '../bitmap.ts';
import type { Block } from '../block.ts';
import { bytesView, uint32View } from '../block.ts';
import type { CodeScan } from '../codes.ts';
import { TopKHeap } from '../topKHeap.ts';

/**
 * Offers every row not skipped to the heap.
 *
 * @param keyOf a row's key, rounded to float32: ties must be ties in both twins
 * @returns how many rows were compared
 */
export function offerRows(
  scan: Omit<CodeScan, 'codes'>,
  topK: Block,
  keyOf: (row: number) => number,
): number {
  const { firstRow, rowCount } = scan;
  const rowEnd = firstRow + rowCount;
  const ids = scan.ids && uint32View(scan.ids, rowEnd);
  const skip = scan.skip && bytesView(scan.skip);
  const heap = new TopKHeap(topK);
  let scanned = 0;
  for (let row = firstRow; row < rowEnd; row++) {
    if (skip && getBit(skip, row)) continue;
    scanned++;
    heap.push(keyOf(row), ids ? ids[row]! : row);
  }
  return scanned;
}
