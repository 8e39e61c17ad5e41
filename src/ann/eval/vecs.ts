import { AkinError } from '../../base/errors.ts';

/** The rows of an `.fvecs` or `.ivecs` file. */
export interface Vecs<T> {
  /** Components of each row. */
  readonly d: number;
  /** Rows. */
  readonly n: number;
  /** `n × d`, row-major. */
  readonly rows: T;
}

/** The largest `d` accepted: the limit of a vector space, far above any file in use. */
const MAX_D = 65_536;

/**
 * Reads `.fvecs`: each row is an int32 `d`, then `d` float32, little-endian (the format of the
 * TEXMEX sets of Jégou et al.).
 *
 * @param bytes the whole file, at any alignment
 * @throws `truncated` (empty, or not a whole number of rows), `corrupt` (a row's `d` differs from
 *   the first, or is outside 1 to 65,536), `bad-vector` (a component is NaN or infinite)
 */
export function readFvecs(bytes: Uint8Array): Vecs<Float32Array<ArrayBuffer>> {
  const { d, n, data } = readShape(bytes);
  const rows = new Float32Array(n * d);
  for (let row = 0, at = 0, to = 0; row < n; row++) {
    at += 4;
    for (let i = 0; i < d; i++, at += 4, to++) {
      const x = data.getFloat32(at, true);
      if (!Number.isFinite(x)) {
        throw new AkinError('bad-vector', `component ${i} of row ${row} is ${x}`);
      }
      rows[to] = x;
    }
  }
  return { d, n, rows };
}

/**
 * Reads `.ivecs`: the same format with int32 components, used for published ground truth.
 *
 * @param bytes the whole file, at any alignment
 * @throws `truncated`, `corrupt`, as `readFvecs`
 */
export function readIvecs(bytes: Uint8Array): Vecs<Int32Array<ArrayBuffer>> {
  const { d, n, data } = readShape(bytes);
  const rows = new Int32Array(n * d);
  for (let row = 0, at = 0, to = 0; row < n; row++) {
    at += 4;
    for (let i = 0; i < d; i++, at += 4, to++) rows[to] = data.getInt32(at, true);
  }
  return { d, n, rows };
}

/** Checks that all rows have the same length before anything is allocated. */
function readShape(bytes: Uint8Array): { d: number; n: number; data: DataView } {
  const data = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (bytes.byteLength < 4) {
    throw new AkinError('truncated', `${bytes.byteLength} bytes hold no row`);
  }
  const d = data.getInt32(0, true);
  if (d < 1 || d > MAX_D) {
    throw new AkinError('corrupt', `a row of ${d} components: expected 1 to ${MAX_D}`);
  }
  const rowBytes = 4 + 4 * d;
  if (bytes.byteLength % rowBytes !== 0) {
    throw new AkinError(
      'truncated',
      `${bytes.byteLength} bytes are not a whole number of rows of ${rowBytes} bytes`,
    );
  }
  const n = bytes.byteLength / rowBytes;
  for (let row = 1; row < n; row++) {
    const own = data.getInt32(row * rowBytes, true);
    if (own !== d) {
      throw new AkinError('corrupt', `row ${row} has ${own} components, the first has ${d}`);
    }
  }
  return { d, n, data };
}
