import { checkInteger } from '../../base/checks.ts';
import { alignUp } from '../../base/layout.ts';
import type { Block } from './block.ts';
import { checkSkip, checkTopK } from './checkScan.ts';
import { checkRoom, checkRun } from './checkTraining.ts';
import type { CodeScan } from './codes.ts';
import { MAX_PQ4_M, MAX_SQ8_D } from './codes.ts';
import type { HammingScan } from './hamming.ts';
import { hammingBestBytes, hammingBytes, MAX_HAMMING_BYTES } from './hamming.ts';
import { PQ4_BLOCK_ROWS, pq4Bytes } from './pq4Blocks.ts';
import type { PqShape, RowRun } from './training.ts';

/*
 * Each function checks that a kernel stays within its blocks. They throw `internal`, or
 * `invalid-argument` for a number out of range.
 */

const MOST = 0xffffffff;
const MAX_M = 0xffff;

export function checkTable(query: Block, pqCentroids: Block, shape: PqShape, table: Block): void {
  const { M, ksub, dsub } = shape;
  checkInteger('M', M, 1, MAX_M);
  checkInteger('ksub', ksub, 1, 256);
  checkInteger('dsub', dsub, 1, MAX_M);
  checkRoom('query', query, M * dsub, 4);
  checkRoom('centroids', pqCentroids, M * ksub * dsub, 4);
  checkRoom('table', table, M * ksub, 4);
}

export function checkQuantize(table: Block, M: number, lut: Block): void {
  checkInteger('M', M, 1, MAX_PQ4_M);
  checkRoom('table', table, M * 16, 4);
  checkRoom('lut', lut, M * 16, 1);
}

/** Checks common to all code scans; returns the row after the last. */
function checkCodeScan(scan: CodeScan, topK: Block): number {
  checkInteger('firstRow', scan.firstRow, 0, MOST);
  checkInteger('rowCount', scan.rowCount, 0, MOST);
  const rowEnd = checkInteger('the last row', scan.firstRow + scan.rowCount, 0, MOST);
  if (scan.ids) checkRoom('ids', scan.ids, rowEnd, 4);
  checkSkip(scan.skip, rowEnd);
  checkTopK(topK);
  return rowEnd;
}

export function checkPq8(
  scan: CodeScan,
  table: Block,
  M: number,
  norms: Block | null,
  topK: Block,
): void {
  checkInteger('M', M, 1, MAX_M);
  const rowEnd = checkCodeScan(scan, topK);
  checkRoom('codes', scan.codes, rowEnd * M, 1);
  checkRoom('table', table, M * 256, 4);
  if (norms) checkRoom('norms', norms, rowEnd, 4);
}

export function checkPq4(
  scan: CodeScan,
  lut: Block,
  M: number,
  norms: Block | null,
  topK: Block,
): void {
  checkInteger('M', M, 1, MAX_PQ4_M);
  const rowEnd = checkCodeScan(scan, topK);
  checkRoom('codes', scan.codes, pq4Bytes(rowEnd, M), 1);
  checkRoom('lut', lut, M * 16, 1);
  if (norms) checkRoom('norms', norms, alignUp(rowEnd, PQ4_BLOCK_ROWS), 4);
}

export function checkEncodeSq8(rows: RowRun, scales: Block, codes: Block): void {
  checkRun(rows, MAX_SQ8_D);
  checkRoom('scales', scales, rows.d, 4);
  checkRoom('codes', codes, rows.count * rows.d, 1);
}

export function checkPrepareSq8(query: Block, scales: Block, d: number, query16: Block): void {
  checkInteger('d', d, 1, MAX_SQ8_D);
  checkRoom('query', query, d, 4);
  checkRoom('scales', scales, d, 4);
  checkRoom('query16', query16, d, 2);
}

export function checkSq8(
  scan: CodeScan,
  d: number,
  query16: Block,
  norms: Block | null,
  topK: Block,
): void {
  checkInteger('d', d, 1, MAX_SQ8_D);
  const rowEnd = checkCodeScan(scan, topK);
  checkRoom('codes', scan.codes, rowEnd * d, 1);
  checkRoom('query16', query16, d, 2);
  if (norms) checkRoom('norms', norms, rowEnd, 4);
}

export function checkHamming(scan: HammingScan, capacity: number, best: Block): void {
  const { codes, codeBytes, query, skip, rowCount } = scan;
  checkInteger('codeBytes', codeBytes, 1, MAX_HAMMING_BYTES);
  checkInteger('rowCount', rowCount, 0, MOST);
  checkInteger('capacity', capacity, 0, rowCount);
  checkRoom('codes', codes, hammingBytes(rowCount, codeBytes), 1);
  checkRoom('query', query, codeBytes, 1);
  checkSkip(skip, rowCount);
  checkRoom('best', best, hammingBestBytes(capacity, rowCount), 1);
}
