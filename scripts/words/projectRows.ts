import { readWordRows, type WordRows, wordRowsBytes } from '../../src/query/words/index.ts';
import { type Projection, projectDirection } from '../../src/vision/nets/projection.ts';
import { classRows } from '../../src/vision/nets/weights.ts';
import type { Classifier } from './classifier.ts';

/** The classifier's rows as directions of a space, rounded to 8 bits, one scale a row. */
export function projectRows(
  { kernel, dims, count }: Classifier,
  projection: Projection,
  space: string,
): { bin: Uint8Array<ArrayBuffer>; rows: WordRows } {
  const { d } = projection;
  const bin = new Uint8Array(wordRowsBytes(count, d));
  const scales = new Float32Array(bin.buffer, 0, count);
  const rounded = new Int8Array(bin.buffer, 4 * count);
  const rows = classRows(kernel, dims, count);
  for (let c = 0; c < count; c++) {
    const row = projectDirection(rows.subarray(c * dims, (c + 1) * dims), projection);
    const most = row.reduce((max, value) => Math.max(max, Math.abs(value)), 0);
    if (most === 0) continue;
    const whole = Int8Array.from(row, (value) => Math.round((127 * value) / most));
    rounded.set(whole, c * d);
    // What rounding took from the length is given back.
    scales[c] = 1 / Math.hypot(...whole);
  }
  const head = { version: 1, space, d, classes: count };
  return { bin, rows: readWordRows(head, bin, count) };
}
