import { avifExif } from './avifExif.ts';
import type { PictureType } from './types.ts';

type Find = (bytes: Uint8Array, view: DataView) => Uint8Array | undefined;

const EXIF_PREFIX = 'Exif\0\0';

function isAt(bytes: Uint8Array, at: number, text: string): boolean {
  if (at + text.length > bytes.length) return false;
  for (let i = 0; i < text.length; i++) if (bytes[at + i] !== text.charCodeAt(i)) return false;
  return true;
}

/** The first APP1 segment that says it is EXIF, before the first scan. */
const jpeg: Find = (bytes, view) => {
  let at = 2;
  while (at + 4 <= bytes.length) {
    const marker = bytes[at + 1];
    if (bytes[at] !== 0xff || marker === 0xff) at += 1;
    else if (marker === 0x01) at += 2;
    else if (marker === 0xda) return undefined;
    else {
      const end = at + 2 + view.getUint16(at + 2);
      if (marker === 0xe1 && isAt(bytes, at + 4, EXIF_PREFIX)) return bytes.subarray(at + 4, end);
      at = end;
    }
  }
  return undefined;
};

const png: Find = (bytes, view) => {
  for (let at = 8; at + 12 <= bytes.length; ) {
    const start = at + 8;
    const end = start + view.getUint32(at);
    if (isAt(bytes, at + 4, 'eXIf')) return bytes.subarray(start, end);
    at = end + 4;
  }
  return undefined;
};

const webp: Find = (bytes, view) => {
  for (let at = 12; at + 8 <= bytes.length; ) {
    const start = at + 8;
    const length = view.getUint32(at + 4, true);
    if (isAt(bytes, at, 'EXIF')) return bytes.subarray(start, start + length);
    at = start + length + (length & 1);
  }
  return undefined;
};

const none: Find = () => undefined;

const finders: Record<PictureType, Find> = {
  jpeg,
  png,
  webp,
  avif: avifExif,
  heic: avifExif,
  gif: none,
  bmp: none,
};

/**
 * A picture's EXIF data, from its TIFF header on, as a view of its bytes; `undefined` where it has
 * none. Walks over the picture's own structure, once and without allocating: what another part of
 * it claims costs nothing.
 *
 * @param bytes the whole file, of any content
 */
export function exifBlock(type: PictureType, bytes: Uint8Array): Uint8Array | undefined {
  let block: Uint8Array | undefined;
  try {
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    block = finders[type](bytes, view);
  } catch (thrown) {
    // A size that leads out of the file.
    if (thrown instanceof RangeError) return undefined;
    throw thrown;
  }
  if (block && isAt(block, 0, EXIF_PREFIX)) block = block.subarray(EXIF_PREFIX.length);
  const isTiff = block && (isAt(block, 0, 'II*\0') || isAt(block, 0, 'MM\0*'));
  return isTiff ? block : undefined;
}
