import { checkInteger, invariant } from '../../base/checks.ts';
import type { Block } from './block.ts';
import type { RowRun } from './training.ts';
import { MAX_RUN_D } from './training.ts';

const MOST = 0xffffffff;

/** @throws `internal` if the block is shorter than `count` elements of `bytes` each */
export function checkRoom(what: string, block: Block, count: number, bytes: number): void {
  invariant(block.byteLength >= count * bytes, `the ${what} block is too short`);
}

/** Checks that a run of rows stays within its block. */
export function checkRun(rows: RowRun, maxD: number): void {
  const { block, offset, stride, d, count } = rows;
  checkInteger('d', d, 1, maxD);
  checkInteger('offset', offset, 0, MOST);
  checkInteger('stride', stride, 0, MOST);
  checkInteger('count', count, 0, MOST);
  if (count > 0) checkRoom('rows', block, offset + (count - 1) * stride + d, 4);
}

/** @throws `internal`, or `invalid-argument` for a number out of range */
export function checkAssign(
  rows: RowRun,
  centroids: Block,
  nlist: number,
  cells: Block,
  l2sq: Block | null,
): void {
  checkRun(rows, MAX_RUN_D);
  checkInteger('nlist', nlist, 1, MOST);
  checkRoom('centroids', centroids, nlist * rows.d, 4);
  checkRoom('cells', cells, rows.count, 4);
  if (l2sq) checkRoom('l2sq', l2sq, rows.count, 4);
}

/** @throws `internal`, or `invalid-argument` for a number out of range */
export function checkTransform(matrix: Block, dOut: number, rows: RowRun, out: Block): void {
  checkRun(rows, MAX_RUN_D);
  checkInteger('dOut', dOut, 1, MOST);
  checkRoom('matrix', matrix, dOut * rows.d, 4);
  checkRoom('out', out, rows.count * dOut, 4);
}
