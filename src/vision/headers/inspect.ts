import { AkinError } from '../../base/errors.ts';
import { checkEnding } from '../ending/index.ts';
import { heifHeader } from '../heif/heifHeader.ts';
import { FACE_SHORT_SIDE, type PictureType } from '../types.ts';
import { blockCount, type JpegFrame, jpegFrame } from './jpegHeader.ts';
import { pictureSize } from './pictureSize.ts';
import { sniffPicture } from './sniff.ts';

/** Maximum pixels of a picture decoded at full size, with four bytes each. */
export const MAX_PIXELS = 120_000_000;
/** Maximum memory for decoding one picture, in bytes, besides the file itself. */
export const MAX_DECODED_BYTES = 4 * MAX_PIXELS;
/** Maximum file size in bytes: no valid picture within these limits is larger. */
export const MAX_BYTES = 400 * 2 ** 20;
/** Minimum share of the data promised by the header that must be present. */
const LEAST_DATA = 0.9;

/** What the header says, before decoding. */
export interface Inspected {
  readonly type: PictureType;
  readonly mime: string;
  /** As stored, before any EXIF orientation. */
  readonly width: number;
  readonly height: number;
  /** How a JPEG is coded. */
  readonly frame?: JpegFrame | undefined;
  /** If the end of the file is missing: creates decodable bytes with an end. */
  readonly mend?: (() => Uint8Array<ArrayBuffer>) | undefined;
  /** Codec of a HEIC picture: `hvc1`, or `av01` as in AVIF. */
  readonly codec?: string;
}

const count = (value: number): string => value.toLocaleString('en-US');

/** @throws AkinError `file-too-large` */
export function checkFileSize(bytes: number): void {
  if (bytes <= MAX_BYTES) return;
  const [has, may] = [bytes, MAX_BYTES].map((size) => `${count(Math.ceil(size / 2 ** 20))} MB`);
  throw new AkinError('file-too-large', `The file has ${has}; Akin reads files of up to ${may}.`, {
    details: { sizeBytes: bytes, limitBytes: MAX_BYTES },
  });
}

/** @throws AkinError `too-many-pixels` */
export function checkPixels(width: number, height: number): void {
  if (width * height > MAX_PIXELS) throw tooManyPixels(width, height);
}

function tooManyPixels(width: number, height: number): AkinError {
  return new AkinError(
    'too-many-pixels',
    `The picture has ${count(width)} × ${count(height)} pixels; Akin reads up to ${count(MAX_PIXELS / 1e6)} megapixels.`,
    { details: { reason: 'size', width, height, limit: MAX_PIXELS / 1e6 } },
  );
}

/**
 * Memory for decoding a JPEG to about `shortSide`, in bytes: four per pixel of the smallest
 * sufficient eighth of its size, and two per coefficient if all scans must be read before the first
 * pixel. Infinite if its coding can't be scaled.
 */
export function scaledJpegBytes(frame: JpegFrame, shortSide: number): number {
  if (frame.sof > 0xc2) return Number.POSITIVE_INFINITY;
  const { width, height } = frame;
  const eighths = Math.min(8, Math.ceil((8 * shortSide) / Math.min(width, height)));
  const pixels = Math.ceil((width * eighths) / 8) * Math.ceil((height * eighths) / 8);
  return 4 * pixels + (frame.sof === 0xc2 ? 128 * blockCount(frame) : 0);
}

/** Decodable codecs in HEIF files: by libheif, or by the browser. */
const HEIF_CODECS: readonly string[] = ['hvc1', 'hev1', 'av01'];

/** @throws AkinError `unsupported-format` */
function heifCodec(bytes: Uint8Array): string | undefined {
  const codec = heifHeader(bytes)?.codec;
  if (codec === undefined || HEIF_CODECS.includes(codec)) return codec;
  throw new AkinError(
    'unsupported-format',
    'This HEIF picture is coded in a way that Akin can’t read; it reads HEVC and AV1.',
    { details: { reason: 'heif' } },
  );
}

/**
 * Every block of a JPEG takes at least two bits, or one in a progressive picture. Detects a bare
 * header that promises gigapixels.
 */
function lacksData(frame: JpegFrame, bytes: number): boolean {
  const bits = frame.sof === 0xc2 ? 1 : 2;
  return frame.sof <= 0xc2 && 8 * bytes < LEAST_DATA * bits * blockCount(frame);
}

/**
 * Determines type and size of a picture from its bytes, limits the memory to decode it, and checks
 * that all, or nearly all, of it is present.
 *
 * @param bytes the whole file
 * @throws AkinError `empty-file`, `file-too-large`, `unsupported-format`, `too-many-pixels`,
 *   `damaged-picture`
 */
export function inspect(bytes: Uint8Array): Inspected {
  checkFileSize(bytes.length);
  const { type, mime } = sniffPicture(bytes);
  const codec = type === 'heic' ? heifCodec(bytes) : undefined;
  const size = pictureSize(type, bytes);
  if (size === undefined) {
    throw new AkinError(
      'damaged-picture',
      'The picture is damaged: its size cannot be read from its first bytes.',
    );
  }
  const { width, height } = size;
  const frame = type === 'jpeg' ? jpegFrame(bytes) : undefined;
  if (!frame) checkPixels(width, height);
  else if (width * height > MAX_PIXELS) {
    if (scaledJpegBytes(frame, FACE_SHORT_SIDE) > MAX_DECODED_BYTES) {
      throw tooManyPixels(width, height);
    }
    if (lacksData(frame, bytes.length)) {
      throw new AkinError(
        'too-many-pixels',
        `The picture claims ${count(width)} × ${count(height)} pixels, but the file is too small to hold them.`,
        { details: { reason: 'claim', width, height } },
      );
    }
  }
  return {
    type,
    mime,
    width,
    height,
    frame,
    mend: checkEnding(type, size, bytes),
    ...(codec !== undefined && { codec }),
  };
}
