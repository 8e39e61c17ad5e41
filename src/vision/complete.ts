import type { PictureType } from './types.ts';

/**
 * Whether a picture's bytes reach the end that its own structure announces. Browsers draw what
 * there is of a truncated picture and leave the rest grey, without a word; Akin refuses it.
 *
 * Only the structure is read, not the pixels: bytes changed in the middle are left to the decoder.
 */
export function isComplete(type: PictureType, bytes: Uint8Array): boolean {
  return checks[type](bytes, new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength));
}

type Check = (bytes: Uint8Array, view: DataView) => boolean;

/** Start of the first scan's data: after the header segments, whose previews have ends of their own. */
function jpegScanStart(bytes: Uint8Array, view: DataView): number | undefined {
  let at = 2;
  while (at + 4 <= bytes.length) {
    if (bytes[at] !== 0xff || bytes[at + 1] === 0xff) at += 1;
    else if (bytes[at + 1] === 0x01) at += 2;
    else if (bytes[at + 1] === 0xda) return at + 2 + view.getUint16(at + 2);
    else at += 2 + view.getUint16(at + 2);
  }
  return undefined;
}

/**
 * Entropy-coded data never holds FF D9 but as the end of the image. Cameras append more after
 * it (a second picture, a video), so it is looked for backwards anywhere behind the first scan.
 */
const jpeg: Check = (bytes, view) => {
  const start = jpegScanStart(bytes, view);
  if (start === undefined) return false;
  for (let at = bytes.lastIndexOf(0xd9); at > start; at = bytes.lastIndexOf(0xd9, at - 1)) {
    if (bytes[at - 1] === 0xff) return true;
  }
  return false;
};

const png: Check = (bytes, view) => {
  const IEND = 0x49454e44;
  for (let at = 8; at + 12 <= bytes.length; ) {
    if (view.getUint32(at + 4) === IEND) return true;
    at += 12 + view.getUint32(at);
  }
  return false;
};

const webp: Check = (bytes, view) => bytes.length >= 8 + view.getUint32(4, true);

/** Boxes laid end to end must fit; a size of 0 means "to the end", 1 a 64-bit size. */
const avif: Check = (bytes, view) => {
  let at = 0;
  while (at + 8 <= bytes.length) {
    const size = view.getUint32(at);
    if (size === 0) return true;
    if (size === 1 && at + 16 > bytes.length) return false;
    at += size === 1 ? Number(view.getBigUint64(at + 8)) : size;
    if (size > 1 && size < 8) return false;
  }
  return at === bytes.length;
};

/** The rows of an uncompressed bitmap have a known size; of the others the decoder judges. */
const bmp: Check = (bytes, view) => {
  if (bytes.length < 34) return false;
  // The oldest header has 16-bit fields and knows no compression.
  const oldest = view.getUint32(14, true) === 12;
  if (!oldest && view.getUint32(30, true) !== 0) return true;
  const width = oldest ? view.getUint16(18, true) : view.getInt32(18, true);
  const height = oldest ? view.getUint16(20, true) : Math.abs(view.getInt32(22, true));
  const bits = view.getUint16(oldest ? 24 : 28, true);
  const stride = 4 * Math.ceil((width * bits) / 32);
  return bytes.length >= view.getUint32(10, true) + stride * height;
};

/**
 * Walks to the end of the first frame, the only one that is shown: a GIF may well lack its trailer.
 */
const gif: Check = (bytes) => {
  const colours = (flags: number): number => (flags & 0x80 ? 3 * 2 ** ((flags & 7) + 1) : 0);
  /** Position behind a chain of sub-blocks, each led by its length, closed by a 0. */
  const skipBlocks = (from: number): number => {
    let at = from;
    while (at < bytes.length && bytes[at] !== 0) at += 1 + bytes[at]!;
    return at + 1;
  };
  if (bytes.length < 13) return false;
  let at = 13 + colours(bytes[10]!);
  while (at < bytes.length && bytes[at] === 0x21) at = skipBlocks(at + 2);
  if (at + 10 > bytes.length || bytes[at] !== 0x2c) return false;
  return skipBlocks(at + 10 + colours(bytes[at + 9]!) + 1) <= bytes.length;
};

const checks: Record<PictureType, Check> = { jpeg, png, gif, webp, avif, bmp, heic: avif };
