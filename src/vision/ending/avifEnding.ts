import { boxAt, findBox, kindAt, uint } from '../headers/isoBoxes.ts';
import type { FindEnding } from './types.ts';

/** Boxes of a picture. Anything else after them is ignored. */
const KNOWN = [
  'ftyp',
  'meta',
  'moov',
  'mdat',
  'idat',
  'free',
  'skip',
  'uuid',
  'moof',
  'mfra',
  'sidx',
];

/** Whether a box of the picture begins in the file but ends beyond it. */
function isCut(bytes: Uint8Array, view: DataView): boolean {
  for (let at = 0; at + 8 <= bytes.length; ) {
    const short = view.getUint32(at);
    // A size of 0 means "to the end", 1 a 64-bit size.
    if (short === 0) return false;
    const isKnown = KNOWN.includes(kindAt(view, at + 4));
    if (short === 1 && at + 16 > bytes.length) return isKnown;
    const size = short === 1 ? Number(view.getBigUint64(at + 8)) : short;
    if (size < 8) return false;
    at += size;
    if (at > bytes.length) return isKnown;
  }
  return false;
}

/** The highest file offset used by an item of the picture (`iloc`, ISO/IEC 14496-12, 8.11.3). */
function dataEnd(view: DataView): number | undefined {
  const meta = boxAt(view, ['meta']);
  const places = meta && findBox(view, meta.start + 4, meta.end, 'iloc');
  if (!places) return undefined;
  const { start, end } = places;
  const version = view.getUint8(start);
  const sizes = view.getUint16(start + 4);
  const [offsetBytes, lengthBytes] = [sizes >> 12, (sizes >> 8) & 15];
  const [baseBytes, indexBytes] = [(sizes >> 4) & 15, version === 0 ? 0 : sizes & 15];
  const idBytes = version === 2 ? 4 : 2;
  const methodBytes = version === 0 ? 0 : 2;
  let furthest = 0;
  for (let at = start + 6 + idBytes; at < end; ) {
    const method = uint(view, at + idBytes, methodBytes) & 15;
    at += idBytes + methodBytes + 2;
    const base = uint(view, at, baseBytes);
    at += baseBytes;
    const extents = view.getUint16(at);
    at += 2;
    for (let i = 0; i < extents && at < end; i++) {
      const from = base + uint(view, at + indexBytes, offsetBytes);
      const to = from + uint(view, at + indexBytes + offsetBytes, lengthBytes);
      // Method 0: by file offset; others are stored in boxes that are present.
      if (method === 0) furthest = Math.max(furthest, to);
      at += indexBytes + offsetBytes + lengthBytes;
    }
  }
  return furthest;
}

/**
 * A truncated AVIF does not decode, not even in part. Bytes after its last box are not damage:
 * cameras, chat apps and broken copies leave some there.
 */
export const avifEnding: FindEnding = (bytes, _size, view) => {
  const end = dataEnd(view);
  const cut = isCut(bytes, view);
  if (end === undefined ? cut : end > bytes.length) return { share: 0 };
  // Everything shown is present.
  return cut ? { share: 1, mend: () => bytes.slice() } : 'whole';
};
