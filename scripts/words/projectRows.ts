import { readWordRows, type WordRows, wordRowsBytes } from '../../src/query/words/index.ts';
import type { FitPart } from '../../src/vision/nets/fit.ts';
import { joinParts, projectDirection } from '../../src/vision/nets/projection.ts';
import { classRows } from '../../src/vision/nets/weights.ts';
import type { Classifier } from './classifier.ts';

/**
 * The classes as directions of a space, quantized to 8 bits with one scale per row: the rows of the
 * parts' classifiers, projected and concatenated like features.
 */
export function projectRows(
  classifiers: readonly Classifier[],
  parts: readonly FitPart[],
  space: string,
): { bin: Uint8Array<ArrayBuffer>; rows: WordRows } {
  const { count } = classifiers[0]!;
  const d = parts.reduce((sum, { projection }) => sum + projection.d, 0);
  const bin = new Uint8Array(wordRowsBytes(count, d));
  const scales = new Float32Array(bin.buffer, 0, count);
  const rounded = new Int8Array(bin.buffer, 4 * count);
  const rows = classifiers.map(({ kernel, dims }) => classRows(kernel, dims, count));
  for (let c = 0; c < count; c++) {
    const row = joinParts(
      parts.map(({ projection }, p) => {
        const { dims } = projection;
        return projectDirection(rows[p]!.subarray(c * dims, (c + 1) * dims), projection);
      }),
    );
    const most = row.reduce((max, value) => Math.max(max, Math.abs(value)), 0);
    if (most === 0) continue;
    const whole = Int8Array.from(row, (value) => Math.round((127 * value) / most));
    rounded.set(whole, c * d);
    // Restores unit length after rounding.
    scales[c] = 1 / Math.hypot(...whole);
  }
  const head = { version: 1, space, d, classes: count };
  return { bin, rows: readWordRows(head, bin, count) };
}
