import { checkRows, type Rows, writeFloats } from './rows.ts';

/**
 * Rows in the `.fvecs` format of the TEXMEX corpus, which has no header: per row, `d` as a
 * little-endian int32, then `d` float32. Throws `invalid-argument` when they don't fit their shape.
 */
export function fvecsRows(rows: Rows): Uint8Array<ArrayBuffer> {
  checkRows(rows);
  const { values, n, d } = rows;
  const stride = 4 + 4 * d;
  const bytes = new Uint8Array(n * stride);
  const view = new DataView(bytes.buffer);
  for (let row = 0; row < n; row++) {
    view.setInt32(row * stride, d, true);
    writeFloats(view, row * stride + 4, values, row * d, d);
  }
  return bytes;
}
