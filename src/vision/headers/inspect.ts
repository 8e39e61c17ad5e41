import { AkinError } from '../../base/errors.ts';
import { checkEnding } from '../ending/index.ts';
import { heifHeader } from '../heif/heifHeader.ts';
import { FACE_SHORT_SIDE, type PictureType } from '../types.ts';
import { blockCount, type JpegFrame, jpegFrame } from './jpegHeader.ts';
import { pictureSize } from './pictureSize.ts';
import { sniffPicture } from './sniff.ts';

/** Most pixels of a picture that is decoded whole, to four bytes each. */
export const MAX_PIXELS = 120_000_000;
/** Most memory that decoding one picture may take, in bytes, beside the file itself. */
export const MAX_DECODED_BYTES = 4 * MAX_PIXELS;
/** Most bytes of a file: no picture within these limits is honestly larger. */
export const MAX_BYTES = 400 * 2 ** 20;
/** Least share of a picture that must be there, in what a header promises of its data. */
const LEAST_DATA = 0.9;

/** What the header says, before anything is decoded. */
export interface Inspected {
  readonly type: PictureType;
  readonly mime: string;
  /** As stored, before any EXIF orientation. */
  readonly width: number;
  readonly height: number;
  /** How a JPEG is coded. */
  readonly frame?: JpegFrame | undefined;
  /** Where the end of the file is missing: makes bytes that decode, with an end to them. */
  readonly mend?: (() => Uint8Array<ArrayBuffer>) | undefined;
  /** How a HEIC picture is coded: `hvc1`, or `av01` as AVIF's are. */
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
 * Memory that decoding a JPEG to about `shortSide` takes, in bytes: four a pixel of the smallest
 * eighth of its size that is no smaller, and two a coefficient where all scans must have come before
 * there is a pixel. Infinite where its coding doesn't scale.
 */
export function scaledJpegBytes(frame: JpegFrame, shortSide: number): number {
  if (frame.sof > 0xc2) return Number.POSITIVE_INFINITY;
  const { width, height } = frame;
  const eighths = Math.min(8, Math.ceil((8 * shortSide) / Math.min(width, height)));
  const pixels = Math.ceil((width * eighths) / 8) * Math.ceil((height * eighths) / 8);
  return 4 * pixels + (frame.sof === 0xc2 ? 128 * blockCount(frame) : 0);
}

/** How pictures in HEIF files are coded that can be decoded: by libheif, or by the browser. */
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
 * Every block of a JPEG takes two bits at least, one in a progressive picture. A header alone that
 * promises gigapixels is told by it.
 */
function lacksData(frame: JpegFrame, bytes: number): boolean {
  const bits = frame.sof === 0xc2 ? 1 : 2;
  return frame.sof <= 0xc2 && 8 * bytes < LEAST_DATA * bits * blockCount(frame);
}

/**
 * Tells type and size of a picture from its bytes, bounds what decoding it may take and checks that
 * all of it is there, or nearly all.
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
