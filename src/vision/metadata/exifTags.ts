import { parse, segmentParsers } from 'exifr/dist/mini.esm.mjs';

/** In IFD0: when the file was last changed; `DateTime` in EXIF, `ModifyDate` in other programs. */
const DATE_TIME = 0x0132;
const DATE_TIME_ORIGINAL = 0x9003;
const DATE_TIME_DIGITIZED = 0x9004;
/**
 * Nothing else is read, least of all the location. A single object, since the parser caches each
 * one it sees.
 */
const TAGS = {
  ifd0: [DATE_TIME],
  exif: [DATE_TIME_ORIGINAL, DATE_TIME_DIGITIZED],
  gps: false,
} as const;

/** The longest TIFF in a JPEG segment, whose 16-bit length includes itself and the prefix. */
const LONGEST_TIFF = 0xffff - 8;
/** A date has 20 characters; nothing read here has more values. */
const MOST_VALUES = 64;

const Tiff = segmentParsers.get('tiff')!;

/** The parser allocates as many values as a tag claims to have, which may be billions. */
class BoundedTiff extends Tiff {
  override parseTag(offset: number, tag: number, block: string): unknown {
    const values = this.chunk.getUint32(offset + 4);
    if (values > MOST_VALUES) throw new RangeError(`Tag ${tag} has ${values} values.`);
    return super.parseTag(offset, tag, block);
  }
}
segmentParsers.set('tiff', BoundedTiff);

/** The raw dates of EXIF data. */
export interface ExifDates {
  readonly original: unknown;
  readonly digitized: unknown;
  /** Of the file's last change, including merely rotating it. */
  readonly modified: unknown;
}

/**
 * Reads the dates of EXIF data; all `undefined` if unreadable.
 *
 * The parser gets only the data, at most 64 KB of it and as the only segment of a JPEG: it meets no
 * structure that could loop, and works the same for any format's data.
 *
 * @param tiff untrusted
 */
export async function readExifDates(tiff: Uint8Array): Promise<ExifDates> {
  let tags: unknown;
  try {
    tags = await parse(asJpeg(tiff.subarray(0, LONGEST_TIFF)), TAGS);
  } catch {
    tags = undefined;
  }
  const known = (tags ?? {}) as Readonly<Record<number, unknown>>;
  return {
    original: known[DATE_TIME_ORIGINAL],
    digitized: known[DATE_TIME_DIGITIZED],
    modified: known[DATE_TIME],
  };
}

function asJpeg(tiff: Uint8Array): Uint8Array {
  const length = tiff.length + 8;
  const head = [0xff, 0xd8, 0xff, 0xe1, length >> 8, length & 255, 0x45, 0x78, 0x69, 0x66, 0, 0];
  const jpeg = new Uint8Array(head.length + tiff.length + 2);
  jpeg.set(head);
  jpeg.set(tiff, head.length);
  jpeg.set([0xff, 0xd9], head.length + tiff.length);
  return jpeg;
}
