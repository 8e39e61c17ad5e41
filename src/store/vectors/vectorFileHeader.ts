import { crc32 } from '../../base/crc32.ts';
import { AkinError } from '../../base/errors.ts';
import type { Space } from './vectors.ts';

// See docs/format.md. Little-endian, like the vectors in the database.

export const HEADER_BYTES = 64;
const MAGIC = 0x46564b41; /* "AKVF" */
const VERSION = 1;

export interface VectorFileHeader {
  /** Vectors in the file. */
  readonly n: number;
  /** CRC-32 of their ids. */
  readonly idsCrc: number;
}

export function encodeHeader(
  space: Space,
  { n, idsCrc }: VectorFileHeader,
): Uint8Array<ArrayBuffer> {
  const view = new DataView(new ArrayBuffer(HEADER_BYTES));
  [MAGIC, VERSION, space.d, n, idsCrc, crcOf(space.id)].forEach((value, i) => {
    view.setUint32(4 * i, value, true);
  });
  return new Uint8Array(view.buffer);
}

/**
 * Decodes a header, and checks the file's length against it.
 *
 * @param fileBytes length of the whole file
 * @throws AkinError `truncated`, `bad-magic`, `too-new`, `wrong-space`, `corrupt`
 */
export function decodeHeader(bytes: Uint8Array, space: Space, fileBytes: number): VectorFileHeader {
  if (bytes.length < HEADER_BYTES) throw damaged('truncated', 'it has no header');
  const view = new DataView(bytes.buffer, bytes.byteOffset, HEADER_BYTES);
  const [magic, version, d, n, idsCrc, spaceCrc] = [0, 1, 2, 3, 4, 5].map((i) =>
    view.getUint32(4 * i, true),
  ) as [number, number, number, number, number, number];
  if (magic !== MAGIC) throw damaged('bad-magic', 'it is no file of vectors');
  if (version !== VERSION) {
    throw damaged(version > VERSION ? 'too-new' : 'corrupt', `it is of version ${version}`);
  }
  if (d !== space.d || spaceCrc !== crcOf(space.id)) {
    throw damaged('wrong-space', 'its vectors are of another model');
  }
  // Exact: d is at most 65,536 and n below 2³².
  const expected = HEADER_BYTES + n * 4 * (d + 1);
  if (fileBytes !== expected) {
    const code = fileBytes < expected ? 'truncated' : 'corrupt';
    throw damaged(code, `${expected} bytes were expected, there are ${fileBytes}`);
  }
  return { n, idsCrc };
}

export function damaged(
  code: 'truncated' | 'bad-magic' | 'too-new' | 'wrong-space' | 'corrupt',
  what: string,
): AkinError {
  return new AkinError(code, `A file of exact vectors can’t be used: ${what}.`);
}

function crcOf(text: string): number {
  return crc32(new TextEncoder().encode(text));
}
