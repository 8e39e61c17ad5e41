import type { Block } from '../block.ts';
import { float32View } from '../block.ts';
import type { Scan } from '../kernels.ts';
import { offerRows } from './offerRows.ts';

const { fround } = Math;

/** The key of the row at `start`, before rounding to float32. */
type RowDistance = (query: Float32Array, vectors: Float32Array, start: number, d: number) => number;

/** `Kernels.scanIp` or `Kernels.scanL2sq`, with checked arguments. */
export function scanRows(scan: Scan, topK: Block, distance: RowDistance): number {
  const { d, firstRow, rowCount } = scan;
  const rowEnd = firstRow + rowCount;
  const query = float32View(scan.query, d);
  const vectors = float32View(scan.vectors, rowEnd * d);
  // Rounded before comparison, because it is stored rounded: ties must be ties in both.
  return offerRows(scan, topK, (row) => fround(distance(query, vectors, row * d, d)));
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

/** `Kernels.bareScan`, with checked arguments. */
export function bareScan(query: Block, vectors: Block, d: number, rowCount: number): number {
  const q = float32View(query, d);
  const from = float32View(vectors, rowCount * d);
  let most = Number.NEGATIVE_INFINITY;
  for (let row = 0; row < rowCount; row++) most = Math.max(most, -negativeIp(q, from, row * d, d));
  return fround(most);
}
