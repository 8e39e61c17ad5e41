import { isAt } from './bytes.ts';

/** A picture's metadata, as views of its bytes or, if they were compressed, copies. */
export interface MetadataBlocks {
  /** From the TIFF header on. */
  exif?: Uint8Array | undefined;
  /** The XMP packet: supposedly XML. */
  xmp?: Uint8Array | undefined;
  /** Photoshop's image resources, or the IPTC records alone. */
  iptc?: Uint8Array | undefined;
}

export const EXIF_PREFIX = 'Exif\0\0';
const XMP_PREFIX = 'http://ns.adobe.com/xap/1.0/\0';
const PHOTOSHOP_PREFIX = 'Photoshop 3.0\0';

/** Adds a JPEG's segment if it is the first of its kind. */
export function takeSegment(blocks: MetadataBlocks, segment: Uint8Array): void {
  if (isAt(segment, 0, EXIF_PREFIX)) blocks.exif ??= segment;
  else if (isAt(segment, 0, XMP_PREFIX)) blocks.xmp ??= segment.subarray(XMP_PREFIX.length);
  else if (isAt(segment, 0, PHOTOSHOP_PREFIX)) {
    blocks.iptc ??= segment.subarray(PHOTOSHOP_PREFIX.length);
  }
}
