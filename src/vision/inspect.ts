import { imageDimensionsFromData } from 'image-dimensions';
import { AkinError } from '../base/errors.ts';
import { isComplete } from './complete.ts';
import { heifHeader } from './heif/heifHeader.ts';
import { sniffPicture } from './sniff.ts';
import type { PictureType } from './types.ts';

/** Most pixels of a picture: decoded, four bytes each. */
export const MAX_PIXELS = 120_000_000;
/** Most bytes of a file: no picture within `MAX_PIXELS` is honestly larger. */
export const MAX_BYTES = 400 * 2 ** 20;

/** What the header says, before anything is decoded. */
export interface Inspected {
  readonly type: PictureType;
  readonly mime: string;
  /** As stored, before any EXIF orientation. */
  readonly width: number;
  readonly height: number;
  /** How a HEIC picture is coded: `hvc1`, or `av01` as AVIF's are. */
  readonly codec?: string;
}

const count = (value: number): string => value.toLocaleString('en-US');

/** @throws AkinError `file-too-large` */
export function checkFileSize(bytes: number): void {
  if (bytes <= MAX_BYTES) return;
  const [has, may] = [bytes, MAX_BYTES].map((size) => `${count(Math.ceil(size / 2 ** 20))} MB`);
  throw new AkinError('file-too-large', `The file has ${has}; Akin reads files of up to ${may}.`);
}

/** @throws AkinError `too-many-pixels` */
export function checkPixels(width: number, height: number): void {
  if (width * height <= MAX_PIXELS) return;
  throw new AkinError(
    'too-many-pixels',
    `The picture has ${count(width)} × ${count(height)} pixels; Akin reads up to ${count(MAX_PIXELS / 1e6)} megapixels.`,
  );
}

/** Width and height of a BMP: 16 bits in the oldest header, else 32, the height negative if top-down. */
function bmpDimensions(bytes: Uint8Array): { width: number; height: number } | undefined {
  if (bytes.length < 26) return undefined;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  return view.getUint32(14, true) === 12
    ? { width: view.getUint16(18, true), height: view.getUint16(20, true) }
    : { width: view.getInt32(18, true), height: Math.abs(view.getInt32(22, true)) };
}

/** How pictures in HEIF files are coded that can be decoded: by libheif, or by the browser. */
const HEIF_CODECS: readonly string[] = ['hvc1', 'hev1', 'av01'];

function heifDimensions(bytes: Uint8Array): ReturnType<typeof heifHeader> {
  const header = heifHeader(bytes);
  if (header === undefined || HEIF_CODECS.includes(header.codec)) return header;
  throw new AkinError(
    'unsupported-format',
    'This HEIF picture is coded in a way that Akin can’t read; it reads HEVC and AV1.',
  );
}

/**
 * Tells type and size of a picture from its bytes and checks that they are all there.
 *
 * @param bytes the whole file
 * @throws AkinError `empty-file`, `file-too-large`, `unsupported-format`, `too-many-pixels`,
 *   `damaged-picture`
 */
export function inspect(bytes: Uint8Array): Inspected {
  checkFileSize(bytes.length);
  const { type, mime } = sniffPicture(bytes);
  const header = type === 'heic' ? heifDimensions(bytes) : undefined;
  const size =
    type === 'heic'
      ? header
      : type === 'bmp'
        ? bmpDimensions(bytes)
        : imageDimensionsFromData(bytes);
  if (size === undefined || !(size.width > 0 && size.height > 0)) {
    throw new AkinError(
      'damaged-picture',
      'The picture is damaged: its size cannot be read from its first bytes.',
    );
  }
  const { width, height } = size;
  checkPixels(width, height);
  if (!isComplete(type, bytes)) {
    throw new AkinError('damaged-picture', 'The picture is cut off: its end is missing.');
  }
  return { type, mime, width, height, ...(header && { codec: header.codec }) };
}
