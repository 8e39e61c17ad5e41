import type { Block } from '../block.ts';
import { float32View, int8View, int16View } from '../block.ts';
import type { CodeScan } from '../codes.ts';
import { sq8QueryLimit } from '../codes.ts';
import type { RowRun } from '../training.ts';
import { offerRows } from './offerRows.ts';
import { roundEven } from './roundEven.ts';
import { runView } from './training.ts';

const { fround } = Math;

/** `Sq8Kernels.encodeSq8`, with checked arguments. */
export function encodeSq8(rows: RowRun, scales: Block, codes: Block): void {
  const { stride, d, count } = rows;
  const from = runView(rows);
  const by = float32View(scales, d);
  const to = int8View(codes, count * d);
  for (let row = 0; row < count; row++) {
    for (let i = 0; i < d; i++) {
      const scale = by[i]!;
      const code = scale > 0 ? roundEven(fround(from[row * stride + i]! / scale)) : 0;
      // NaN becomes 0 when stored.
      to[row * d + i] = Math.max(-127, Math.min(127, code));
    }
  }
}

/** `Sq8Kernels.prepareSq8`, with checked arguments. */
export function prepareSq8(query: Block, scales: Block, d: number, query16: Block): number {
  const q = float32View(query, d);
  const by = float32View(scales, d);
  const to = int16View(query16, d);
  let largest = 0;
  for (let i = 0; i < d; i++) largest = Math.max(largest, Math.abs(fround(q[i]! * by[i]!)));
  const limit = sq8QueryLimit(d);
  const factor = fround(largest / limit);
  for (let i = 0; i < d; i++) {
    const whole = factor > 0 ? roundEven(fround(fround(q[i]! * by[i]!) / factor)) : 0;
    to[i] = Math.max(-limit, Math.min(limit, whole));
  }
  return factor;
}

/** `Sq8Kernels.scanSq8`, with checked arguments. */
export function scanSq8(
  scan: CodeScan,
  d: number,
  query16: Block,
  factor: number,
  norms: Block | null,
  base: number,
  topK: Block,
): number {
  const rowEnd = scan.firstRow + scan.rowCount;
  const keyOf = sq8Keys(scan.codes, rowEnd, d, query16, factor, norms, base);
  return offerRows(scan, topK, keyOf);
}

/** The keys of `scanSq8` and `rescoreSq8` for rows below `rowEnd`. */
export function sq8Keys(
  codes: Block,
  rowEnd: number,
  d: number,
  query16: Block,
  factor: number,
  norms: Block | null,
  base: number,
): (row: number) => number {
  const codeView = int8View(codes, rowEnd * d);
  const q = int16View(query16, d);
  const normView = norms && float32View(norms, rowEnd);
  const factor32 = fround(factor);
  const base32 = fround(base);
  return (row) => {
    let sum = 0;
    for (let i = 0; i < d; i++) sum += q[i]! * codeView[row * d + i]!;
    const from = normView ? fround(base32 + normView[row]!) : base32;
    return fround(from + fround(factor32 * fround(sum)));
  };
}
