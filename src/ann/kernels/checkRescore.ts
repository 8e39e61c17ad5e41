import { checkInteger } from '../../base/checks.ts';
import type { Block } from './block.ts';
import { checkTopK } from './checkScan.ts';
import { checkRoom, checkRun } from './checkTraining.ts';
import type { CodeScan } from './codes.ts';
import { MAX_SQ8_D } from './codes.ts';
import type { RowRun } from './training.ts';

/** Checks that `rescore` stays within its blocks, except for the rows of the list. */
export function checkRescore(
  query: Block,
  rows: RowRun,
  list: Block,
  count: number,
  ids: Block | null,
  topK: Block,
): void {
  checkRun(rows, 0xffffffff);
  checkInteger('count', count, 0, 0xffffffff);
  checkRoom('query', query, rows.d, 4);
  checkRoom('list', list, count, 4);
  if (ids) checkRoom('ids', ids, rows.count, 4);
  checkTopK(topK);
}

/**
 * Checks that `rescoreSq8` stays within its blocks, except for the rows of the list.
 *
 * @returns how many rows fit in all blocks: an upper bound for the list's row numbers
 */
export function checkRescoreSq8(
  list: Block,
  count: number,
  scan: Omit<CodeScan, 'firstRow' | 'rowCount'>,
  d: number,
  query16: Block,
  norms: Block | null,
  topK: Block,
): number {
  checkInteger('d', d, 1, MAX_SQ8_D);
  checkInteger('count', count, 0, 0xffffffff);
  checkRoom('list', list, count, 4);
  checkRoom('query16', query16, d, 2);
  checkTopK(topK);
  let rowEnd = Math.floor(scan.codes.byteLength / d);
  if (scan.ids) rowEnd = Math.min(rowEnd, Math.floor(scan.ids.byteLength / 4));
  if (norms) rowEnd = Math.min(rowEnd, Math.floor(norms.byteLength / 4));
  if (scan.skip) rowEnd = Math.min(rowEnd, 8 * scan.skip.byteLength);
  return rowEnd;
}
