import type { PictureType } from '../types.ts';
import { avifExif, avifXmp } from './avifExif.ts';
import { isAt } from './bytes.ts';
import { pngBlocks } from './png.ts';
import { EXIF_PREFIX, type MetadataBlocks, takeSegment } from './segments.ts';

type Find = (bytes: Uint8Array, view: DataView) => MetadataBlocks | Promise<MetadataBlocks>;

/** The segments before the first scan. */
const jpeg: Find = (bytes, view) => {
  const blocks: MetadataBlocks = {};
  let at = 2;
  while (at + 4 <= bytes.length) {
    const marker = bytes[at + 1];
    if (bytes[at] !== 0xff || marker === 0xff) at += 1;
    else if (marker === 0x01) at += 2;
    else if (marker === 0xda) break;
    else {
      const end = at + 2 + view.getUint16(at + 2);
      if (marker === 0xe1 || marker === 0xed) takeSegment(blocks, bytes.subarray(at + 4, end));
      at = end;
    }
  }
  return blocks;
};

const webp: Find = (bytes, view) => {
  const blocks: MetadataBlocks = {};
  for (let at = 12; at + 8 <= bytes.length; ) {
    const start = at + 8;
    const length = view.getUint32(at + 4, true);
    if (isAt(bytes, at, 'EXIF')) blocks.exif ??= bytes.subarray(start, start + length);
    else if (isAt(bytes, at, 'XMP ')) blocks.xmp ??= bytes.subarray(start, start + length);
    at = start + length + (length & 1);
  }
  return blocks;
};

const avif: Find = (bytes, view) => ({
  exif: withinFile(() => avifExif(bytes, view)),
  xmp: withinFile(() => avifXmp(bytes, view)),
});

/** Returns what `read` does, or `undefined` if a size points outside the file. */
function withinFile<T>(read: () => T): T | undefined {
  try {
    return read();
  } catch (thrown) {
    if (thrown instanceof RangeError) return undefined;
    throw thrown;
  }
}

const none: Find = () => ({});

const finders: Record<PictureType, Find> = {
  jpeg,
  png: pngBlocks,
  webp,
  avif,
  heic: avif,
  gif: none,
  bmp: none,
  ico: none,
};

/**
 * Extracts a picture's metadata: the first block of each kind, if any. Walks the picture's own
 * structure once; false claims elsewhere cost nothing, and compressed data is inflated up to a
 * limit.
 *
 * @param bytes the whole file, untrusted
 */
export async function metadataBlocks(
  type: PictureType,
  bytes: Uint8Array,
): Promise<MetadataBlocks> {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const blocks = await finders[type](bytes, view);
  return { ...blocks, exif: tiffOf(blocks.exif) };
}

function tiffOf(block: Uint8Array | undefined): Uint8Array | undefined {
  if (!block) return undefined;
  const tiff = isAt(block, 0, EXIF_PREFIX) ? block.subarray(EXIF_PREFIX.length) : block;
  return isAt(tiff, 0, 'II*\0') || isAt(tiff, 0, 'MM\0*') ? tiff : undefined;
}
