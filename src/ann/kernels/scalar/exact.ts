import { getBit } from '../bitmap.ts';
import type { Block } from '../block.ts';
import { bytesView, float32View, uint32View } from '../block.ts';
import type { Scan } from '../kernels.ts';
import { TopKHeap } from '../topKHeap.ts';

/** The key of the row that begins at `start`, not yet rounded to float32. */
type RowDistance = (query: Float32Array, vectors: Float32Array, start: number, d: number) => number;

/** `Kernels.scanIp` or `Kernels.scanL2sq`, its arguments checked. */
export function scanRows(scan: Scan, topK: Block, distance: RowDistance): number {
  const { d, firstRow, rowCount } = scan;
  const rowEnd = firstRow + rowCount;
  const query = float32View(scan.query, d);
  const vectors = float32View(scan.vectors, rowEnd * d);
  const ids = uint32View(scan.ids, rowEnd);
  const skip = scan.skip && bytesView(scan.skip);
  const heap = new TopKHeap(topK);
  let scanned = 0;
  for (let row = firstRow; row < rowEnd; row++) {
    if (skip && getBit(skip, row)) continue;
    scanned++;
    // Rounded before it is compared, as it is stored rounded: ties must be ties in both.
    heap.push(Math.fround(distance(query, vectors, row * d, d)), ids[row]!);
  }
  return scanned;
}

export const negativeIp: RowDistance = (query, vectors, start, d) => {
  let sum = 0;
  for (let i = 0; i < d; i++) sum += query[i]! * vectors[start + i]!;
  return -sum;
};

export const l2sq: RowDistance = (query, vectors, start, d) => {
  let sum = 0;
  for (let i = 0; i < d; i++) {
    const difference = query[i]! - vectors[start + i]!;
    sum += difference * difference;
  }
  return sum;
};

/** `Kernels.bareScan`, its arguments checked. */
export function bareScan(query: Block, vectors: Block, d: number, rowCount: number): number {
  const q = float32View(query, d);
  const from = float32View(vectors, rowCount * d);
  let most = Number.NEGATIVE_INFINITY;
  for (let row = 0; row < rowCount; row++) most = Math.max(most, -negativeIp(q, from, row * d, d));
  return Math.fround(most);
}
