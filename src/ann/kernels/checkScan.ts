import { checkInteger, invariant } from '../../base/checks.ts';
import { bitmapBytes } from './bitmap.ts';
import type { Block, Scan } from './kernels.ts';
import { topKBytes, topKCapacity } from './topK.ts';

/**
 * Checks that a scan stays within its blocks. Once per call, not per row: WebAssembly would
 * silently read neighbouring memory.
 *
 * @throws `internal` (or `invalid-argument` for an invalid row count or dimension)
 */
export function checkScan(scan: Scan, topK: Block): void {
  const { d, firstRow, rowCount } = scan;
  checkInteger('d', d, 1, 0xffffffff);
  const rowEnd = checkInteger('firstRow', firstRow, 0, 0xffffffff) + rowCount;
  checkInteger('rowCount', rowCount, 0, 0xffffffff);
  invariant(scan.query.byteLength >= 4 * d, 'the query block is shorter than d');
  invariant(scan.vectors.byteLength >= 4 * d * rowEnd, 'the vectors block is too short');
  invariant(scan.ids.byteLength >= 4 * rowEnd, 'the ids block is too short');
  checkSkip(scan.skip, rowEnd);
  checkTopK(topK);
}

/** @throws `internal` if the bitmap lacks a bit for a row below `rowEnd` */
export function checkSkip(skip: Block | null, rowEnd: number): void {
  invariant(skip === null || skip.byteLength >= bitmapBytes(rowEnd), 'the skip block is too short');
}

/** @throws `internal` if the block is not a heap, or shorter than the heap claims */
export function checkTopK(topK: Block): void {
  invariant(topK.byteLength >= topKBytes(0), 'the top-k block is too short');
  invariant(topK.byteLength >= topKBytes(topKCapacity(topK)), 'the top-k block is too short');
}

/** Same checks for `Kernels.bareScan`. */
export function checkBare(query: Block, vectors: Block, d: number, rowCount: number): void {
  checkInteger('d', d, 1, 0xffffffff);
  checkInteger('rowCount', rowCount, 0, 0xffffffff);
  invariant(query.byteLength >= 4 * d, 'the query block is shorter than d');
  invariant(vectors.byteLength >= 4 * d * rowCount, 'the vectors block is too short');
}
