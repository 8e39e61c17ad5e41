import { imageDimensionsFromData } from 'image-dimensions';
import { heifHeader } from '../heif/heifHeader.ts';
import type { PictureType } from '../types.ts';
import { boxAt } from './isoBoxes.ts';
import { jpegFrame } from './jpegHeader.ts';

/** Pixels as stored, before any EXIF orientation. */
export interface PictureSize {
  readonly width: number;
  readonly height: number;
}

type Read = (bytes: Uint8Array, view: DataView) => PictureSize | undefined;

/** 16 bits in the oldest header, else 32, the height negative if top-down. */
const bmp: Read = (bytes, view) => {
  if (bytes.length < 26) return undefined;
  return view.getUint32(14, true) === 12
    ? { width: view.getUint16(18, true), height: view.getUint16(20, true) }
    : { width: view.getInt32(18, true), height: Math.abs(view.getInt32(22, true)) };
};

const library: Read = (bytes) => imageDimensionsFromData(bytes);

/**
 * An image sequence may lack a still picture whose `meta` box gives a size. Then its first frame is
 * shown, whose size is in the first sample entry (ISO/IEC 14496-12, 12.1.3).
 */
const avif: Read = (bytes, view) => {
  const still = boxAt(view, ['meta']) && library(bytes, view);
  if (still) return still;
  const table = boxAt(view, ['moov', 'trak', 'mdia', 'minf', 'stbl', 'stsd']);
  if (!table || table.end - table.start < 8 + 36) return undefined;
  // Skip version and count, then the entry's size, kind, and 24 bytes to its width.
  const entry = table.start + 8;
  return { width: view.getUint16(entry + 32), height: view.getUint16(entry + 34) };
};

/** The logical screen, or the first frame if that is larger: some files have a screen of 0 × 0. */
const gif: Read = (bytes, view) => {
  const frame = gifFrame(bytes);
  const screen = { width: view.getUint16(6, true), height: view.getUint16(8, true) };
  if (frame === undefined) return screen;
  const [left, top, width, height] = [1, 3, 5, 7].map((by) => view.getUint16(frame + by, true));
  return {
    width: Math.max(screen.width, left! + width!),
    height: Math.max(screen.height, top! + height!),
  };
};

/** Bytes of a GIF's color table, from the flags before it. */
export function gifColors(flags: number): number {
  return flags & 0x80 ? 3 * 2 ** ((flags & 7) + 1) : 0;
}

/** Offset of the `,` of a GIF's first frame; `undefined` if the file ends first. */
export function gifFrame(bytes: Uint8Array): number | undefined {
  if (bytes.length < 13) return undefined;
  let at = 13 + gifColors(bytes[10]!);
  while (bytes[at] === 0x21) {
    at += 2;
    while (at < bytes.length && bytes[at] !== 0) at += 1 + bytes[at]!;
    at += 1;
  }
  return at + 10 <= bytes.length && bytes[at] === 0x2c ? at : undefined;
}

const PNG = 0x89504e47;

/**
 * The largest picture of an icon. The directory has a byte per side, 0 meaning 256, but a decoder
 * uses the picture's own size, which may differ.
 */
const ico: Read = (bytes, view) => {
  let [width, height] = [0, 0];
  for (let i = 0; i < view.getUint16(4, true); i++) {
    const entry = 6 + 16 * i;
    if (entry + 16 > bytes.length) return undefined;
    const at = view.getUint32(entry + 12, true);
    let w = bytes[entry] || 256;
    let h = bytes[entry + 1] || 256;
    if (at + 24 <= bytes.length) {
      const isPng = view.getUint32(at) === PNG;
      w = Math.max(w, isPng ? view.getUint32(at + 16) : Math.abs(view.getInt32(at + 4, true)));
      // A bitmap's height includes its mask.
      const rows = isPng ? view.getUint32(at + 20) : Math.abs(view.getInt32(at + 8, true)) >> 1;
      h = Math.max(h, rows);
    }
    if (w * h > width * height) [width, height] = [w, h];
  }
  return { width, height };
};

const jpeg: Read = (bytes) => jpegFrame(bytes);

const readers: Record<PictureType, Read> = {
  jpeg,
  png: library,
  webp: library,
  gif,
  avif,
  heic: heifHeader,
  bmp,
  ico,
};

/** The size in a picture's header; `undefined` if there is no valid one. */
export function pictureSize(type: PictureType, bytes: Uint8Array): PictureSize | undefined {
  try {
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    const size = readers[type](bytes, view);
    return size && size.width > 0 && size.height > 0
      ? { width: size.width, height: size.height }
      : undefined;
  } catch (thrown) {
    // The file ends within the header.
    if (thrown instanceof RangeError) return undefined;
    throw thrown;
  }
}
