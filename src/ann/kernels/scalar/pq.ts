import type { Block } from '../block.ts';
import { bytesView, float32View } from '../block.ts';
import type { CodeScan } from '../codes.ts';
import type { PqShape } from '../training.ts';
import { offerRows } from './offerRows.ts';
import { roundEven } from './roundEven.ts';
import { ipAt, l2sqAt } from './training.ts';

const { fround } = Math;

/** @param entryOf computes an entry from the offsets of a query sub-vector and a sub-centroid */
function fillTable(
  query: Block,
  pqCentroids: Block,
  { M, ksub, dsub }: PqShape,
  table: Block,
  entryOf: typeof l2sqAt,
): void {
  const q = float32View(query, M * dsub);
  const centroids = float32View(pqCentroids, M * ksub * dsub);
  const to = float32View(table, M * ksub);
  for (let m = 0; m < M; m++) {
    for (let entry = m * ksub; entry < (m + 1) * ksub; entry++) {
      to[entry] = entryOf(q, m * dsub, centroids, entry * dsub, dsub);
    }
  }
}

/** `PqKernels.ipTable`, with checked arguments. */
export function ipTable(query: Block, pqCentroids: Block, shape: PqShape, table: Block): void {
  fillTable(query, pqCentroids, shape, table, (a, atA, b, atB, d) => -ipAt(a, atA, b, atB, d));
}

/** `PqKernels.l2sqTable`, with checked arguments. */
export function l2sqTable(query: Block, pqCentroids: Block, shape: PqShape, table: Block): void {
  fillTable(query, pqCentroids, shape, table, l2sqAt);
}

/** What the key of each row begins with. */
function basesOf(
  { firstRow, rowCount }: CodeScan,
  base: number,
  norms: Block | null,
): (row: number) => number {
  const base32 = fround(base);
  const added = norms && float32View(norms, firstRow + rowCount);
  return (row) => (added ? fround(base32 + added[row]!) : base32);
}

/** `PqKernels.scanPq8`, with checked arguments. */
export function scanPq8(
  scan: CodeScan,
  table: Block,
  M: number,
  base: number,
  norms: Block | null,
  topK: Block,
): number {
  const codes = bytesView(scan.codes);
  const entries = float32View(table, M * 256);
  const baseOf = basesOf(scan, base, norms);
  return offerRows(scan, topK, (row) => {
    let sum = 0;
    for (let m = 0; m < M; m++) sum = fround(sum + entries[m * 256 + codes[row * M + m]!]!);
    return fround(baseOf(row) + sum);
  });
}

/** `PqKernels.quantizeTable`, with checked arguments. */
export function quantizeTable(
  table: Block,
  M: number,
  lut: Block,
): { bias: number; scale: number } {
  const entries = float32View(table, M * 16);
  const to = bytesView(lut);
  const least = new Float32Array(M);
  let bias = 0;
  let widest = 0;
  for (let m = 0; m < M; m++) {
    const sub = entries.subarray(m * 16, m * 16 + 16);
    least[m] = Math.min(...sub);
    bias = fround(bias + least[m]!);
    widest = Math.max(widest, fround(Math.max(...sub) - least[m]!));
  }
  const scale = fround(widest / 255);
  for (let entry = 0; entry < M * 16; entry++) {
    const above = fround(entries[entry]! - least[entry >>> 4]!);
    to[entry] = scale > 0 ? Math.min(255, roundEven(fround(above / scale))) : 0;
  }
  return { bias, scale };
}

/** `PqKernels.scanPq4`, with checked arguments. */
export function scanPq4(
  scan: CodeScan,
  lut: Block,
  M: number,
  scale: number,
  base: number,
  norms: Block | null,
  topK: Block,
): number {
  const codes = bytesView(scan.codes);
  const entries = bytesView(lut);
  const scale32 = fround(scale);
  const baseOf = basesOf(scan, base, norms);
  return offerRows(scan, topK, (row) => {
    const block = (row >>> 5) * M * 16 + (row & 15);
    const shift = row & 16 ? 4 : 0;
    let sum = 0;
    for (let m = 0; m < M; m++) {
      sum += entries[m * 16 + ((codes[block + m * 16]! >> shift) & 15)]!;
    }
    return fround(baseOf(row) + fround(scale32 * sum));
  });
}
