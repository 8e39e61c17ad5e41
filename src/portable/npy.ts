import { AkinError } from '../base/errors.ts';
import { checkRows, checkShape, type Rows, writeFloats } from './rows.ts';

const MAGIC = '\u0093NUMPY\u0001\u0000';
const LENGTH_BYTES = 2;
const ALIGNMENT = 64;

/**
 * What comes before `npyRows` in a NumPy array of shape `(n, d)`, dtype `<f4`, C order: format
 * version 1.0 as NumPy's `numpy.lib.format` describes it. Throws `invalid-argument` for no shape.
 */
export function npyHeader(n: number, d: number): Uint8Array<ArrayBuffer> {
  checkShape(n, d);
  return header('<f4', `${n}, ${d}`);
}

/** The next rows. Throws `invalid-argument` when they don't fit their shape. */
export function npyRows(rows: Rows): Uint8Array<ArrayBuffer> {
  checkRows(rows);
  const { values } = rows;
  const bytes = new Uint8Array(4 * values.length);
  writeFloats(new DataView(bytes.buffer), 0, values, 0, values.length);
  return bytes;
}

/** As `npyHeader`, of `n` whole numbers, dtype `<u4`, which `npyIds` writes. */
export function npyIdsHeader(n: number): Uint8Array<ArrayBuffer> {
  checkShape(n, 1);
  return header('<u4', `${n},`);
}

/** Throws `invalid-argument` for what isn't a whole number below 2 ** 32. */
export function npyIds(ids: ArrayLike<number>): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(4 * ids.length);
  const view = new DataView(bytes.buffer);
  for (let i = 0; i < ids.length; i++) {
    const id = ids[i]!;
    if (id >>> 0 !== id) throw new AkinError('invalid-argument', `${id} is no uint32`);
    view.setUint32(4 * i, id, true);
  }
  return bytes;
}

function header(dtype: string, shape: string): Uint8Array<ArrayBuffer> {
  const text = `{'descr': '${dtype}', 'fortran_order': False, 'shape': (${shape}), }`;
  const before = MAGIC.length + LENGTH_BYTES;
  // The data start at a multiple of 64 so that they can be mapped; a newline ends the header.
  const start = Math.ceil((before + text.length + 1) / ALIGNMENT) * ALIGNMENT;
  const padded = `${text.padEnd(start - before - 1)}\n`;
  const bytes = new Uint8Array(start);
  const view = new DataView(bytes.buffer);
  for (let i = 0; i < MAGIC.length; i++) bytes[i] = MAGIC.charCodeAt(i);
  view.setUint16(MAGIC.length, padded.length, true);
  for (let i = 0; i < padded.length; i++) bytes[before + i] = padded.charCodeAt(i);
  return bytes;
}
