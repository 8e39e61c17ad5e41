import { invariant } from '../../../base/checks.ts';
import { getBit } from '../bitmap.ts';
import type { Block } from '../block.ts';
import { bytesView, float32View, uint32View } from '../block.ts';
import type { CodeScan } from '../codes.ts';
import { TopKHeap } from '../topKHeap.ts';
import type { RowRun } from '../training.ts';
import { l2sq, negativeIp } from './exact.ts';
import { sq8Keys } from './sq8.ts';
import { runView } from './training.ts';

const { fround } = Math;

/** The row numbers of a list, checked to be below `rowEnd`. */
function listed(list: Block, count: number, rowEnd: number): Uint32Array {
  const rows = uint32View(list, count);
  invariant(
    rows.every((row) => row < rowEnd),
    'the list names a row that is not there',
  );
  return rows;
}

/** `RescoreKernels.rescore`, with checked arguments. */
export function rescore(
  metric: 'ip' | 'l2sq',
  query: Block,
  rows: RowRun,
  list: Block,
  count: number,
  ids: Block | null,
  topK: Block,
): void {
  const { stride, d } = rows;
  const distance = metric === 'ip' ? negativeIp : l2sq;
  const from = runView(rows);
  const q = float32View(query, d);
  const idView = ids && uint32View(ids, rows.count);
  const heap = new TopKHeap(topK);
  for (const row of listed(list, count, rows.count)) {
    heap.push(fround(distance(q, from, row * stride, d)), idView ? idView[row]! : row);
  }
}

/** `RescoreKernels.rescoreSq8`, with checked arguments. */
export function rescoreSq8(
  list: Block,
  count: number,
  rowEnd: number,
  scan: Omit<CodeScan, 'firstRow' | 'rowCount'>,
  d: number,
  query16: Block,
  factor: number,
  norms: Block | null,
  base: number,
  topK: Block,
): void {
  const keyOf = sq8Keys(scan.codes, rowEnd, d, query16, factor, norms, base);
  const ids = scan.ids && uint32View(scan.ids, rowEnd);
  const skip = scan.skip && bytesView(scan.skip);
  const heap = new TopKHeap(topK);
  for (const row of listed(list, count, rowEnd)) {
    if (skip && getBit(skip, row)) continue;
    heap.push(keyOf(row), ids ? ids[row]! : row);
  }
}
