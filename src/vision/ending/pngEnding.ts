import { Inflate, Zlib } from 'fflate';
import { crc32 } from '../../base/crc32.ts';
import type { PictureSize } from '../headers/pictureSize.ts';
import { joined } from './joined.ts';
import type { FindEnding } from './types.ts';

const IDAT = 0x49444154;
const IEND = 0x49454e44;
/** The `IEND` chunk, which is always the same. */
const END = Uint8Array.of(0, 0, 0, 0, 0x49, 0x45, 0x4e, 0x44, 0xae, 0x42, 0x60, 0x82);
/** Compressed bytes inflated at a time; they expand at most a thousandfold. */
const PIECE = 16_384;

/** Samples per pixel, by color type. */
const CHANNELS: Record<number, number> = { 0: 1, 2: 3, 3: 1, 4: 2, 6: 4 };

/** Uncompressed bytes of all rows, and the number of complete rows for a given number of bytes. */
interface Layout {
  readonly bytes: number;
  rows(bytes: number): number;
}

/** First column, first row, and steps of each of the seven passes of an interlaced picture. */
const ADAM7 = [
  [0, 0, 8, 8],
  [4, 0, 8, 8],
  [0, 4, 4, 8],
  [2, 0, 4, 4],
  [0, 2, 2, 4],
  [1, 0, 2, 2],
  [0, 1, 1, 2],
] as const;

function layoutOf(view: DataView, { width, height }: PictureSize): Layout {
  const bits = view.getUint8(24) * (CHANNELS[view.getUint8(25)] ?? 4);
  const rowBytes = (pixels: number): number =>
    pixels === 0 ? 0 : 1 + Math.ceil((pixels * bits) / 8);
  if (view.getUint8(28) === 0) {
    const each = rowBytes(width);
    return { bytes: each * height, rows: (bytes) => Math.min(height, Math.floor(bytes / each)) };
  }
  const passes = ADAM7.map(([x, y, dx, dy]) => {
    const each = rowBytes(Math.ceil((width - x) / dx));
    return { each, bytes: each * Math.max(0, Math.ceil((height - y) / dy)) };
  });
  const bytes = passes.reduce((sum, pass) => sum + pass.bytes, 0);
  const last = passes[6]!;
  const even = Math.ceil(height / 2);
  return {
    bytes,
    // The last pass holds every other row; the rest need all previous passes.
    rows: (have) => {
      const left = have - (bytes - last.bytes);
      return left < 0 ? 0 : even + (last.each === 0 ? 0 : Math.floor(left / last.each));
    },
  };
}

/** The compressed row data of a picture, in order. */
type Pieces = readonly Uint8Array[];

interface Chunks {
  readonly data: Pieces;
  /** Offset of the first data chunk, and the end of the last complete one. */
  readonly dataAt: number;
  readonly wholeTo: number;
  /** Whether the last data chunk is complete. */
  readonly dataWhole: boolean;
  readonly end: 'good' | 'bad' | 'none';
}

function readChunks(bytes: Uint8Array, view: DataView): Chunks {
  const data: Uint8Array[] = [];
  let dataAt = 0;
  let dataWhole = true;
  let at = 8;
  while (at + 8 <= bytes.length) {
    const length = view.getUint32(at);
    const kind = view.getUint32(at + 4);
    const whole = at + 12 + length <= bytes.length;
    if (kind === IEND) {
      const good =
        whole && view.getUint32(at + 8 + length) === crc32(bytes.subarray(at + 4, at + 8 + length));
      return { data, dataAt, dataWhole, wholeTo: at, end: good ? 'good' : 'bad' };
    }
    if (kind === IDAT) {
      dataAt ||= at;
      dataWhole = whole;
      data.push(bytes.subarray(at + 8, at + 8 + length));
    }
    if (!whole) break;
    at += 12 + length;
  }
  return { data, dataAt, dataWhole, wholeTo: at, end: 'none' };
}

/**
 * Inflates as much as possible.
 *
 * @param onBytes called with each part, up to `most` bytes in total
 * @returns number of bytes, and whether the end of the data was reached
 */
function inflate(
  pieces: Pieces,
  most: number,
  onBytes: (bytes: Uint8Array) => void,
): { readonly bytes: number; readonly ended: boolean } {
  let count = 0;
  let ended = false;
  const inflater = new Inflate((part, final) => {
    const wanted = part.subarray(0, Math.max(0, most - count));
    count += wanted.length;
    ended = final;
    if (wanted.length > 0) onBytes(wanted);
  });
  // Skip zlib's two header bytes; a checksum follows the data.
  let skip = 2;
  try {
    for (const piece of pieces) {
      for (let at = 0; at < piece.length && !ended && count < most; at += PIECE) {
        const part = piece.subarray(at, at + PIECE);
        const dropped = Math.min(skip, part.length);
        skip -= dropped;
        inflater.push(part.subarray(dropped), false);
      }
    }
  } catch {
    // Damaged from here on.
  }
  return { bytes: count, ended };
}

/** Recompresses the picture's rows, with missing ones empty. */
function rebuild(
  bytes: Uint8Array,
  { data, dataAt }: Chunks,
  layout: Layout,
): Uint8Array<ArrayBuffer> {
  const parts: Uint8Array[] = [bytes.subarray(0, dataAt)];
  const zlib = new Zlib({ level: 1 }, (part) => {
    if (part.length > 0) parts.push(...chunk(IDAT, part));
  });
  const { bytes: count } = inflate(data, layout.bytes, (part) => zlib.push(part.slice(), false));
  const empty = new Uint8Array(PIECE);
  let missing = layout.bytes - count;
  for (; missing > PIECE; missing -= PIECE) zlib.push(empty.slice(), false);
  zlib.push(new Uint8Array(missing), true);
  return joined([...parts, END]);
}

function* chunk(kind: number, content: Uint8Array): Generator<Uint8Array> {
  const head = new Uint8Array(8);
  const view = new DataView(head.buffer);
  view.setUint32(0, content.length);
  view.setUint32(4, kind);
  yield head;
  yield content;
  const sum = new Uint8Array(4);
  new DataView(sum.buffer).setUint32(0, crc32(content, crc32(head.subarray(4))));
  yield sum;
}

export const pngEnding: FindEnding = (bytes, size, view) => {
  const chunks = readChunks(bytes, view);
  if (chunks.end === 'good') return 'whole';
  if (chunks.dataAt === 0) return { share: 0 };
  const closed = () => joined([bytes.subarray(0, chunks.wholeTo), END]);
  if (chunks.end === 'bad') return { share: 1, mend: closed };
  const layout = layoutOf(view, size);
  const { bytes: count, ended } = inflate(chunks.data, layout.bytes, () => {});
  const complete = ended && chunks.dataWhole;
  return {
    share: layout.rows(count) / size.height,
    mend: complete ? closed : () => rebuild(bytes, chunks, layout),
  };
};
