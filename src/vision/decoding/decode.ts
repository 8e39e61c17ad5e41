import { AkinError } from '../../base/errors.ts';
import type { Inspected } from '../headers/inspect.ts';
import { checkPixels } from '../headers/inspect.ts';
import { brandedAvif, decodeHeic } from '../heif/decodeHeic.ts';
import type { Decoded } from './decoded.ts';

// Checked once; a browser without it decodes at full size.
let scalesJpeg: Promise<boolean> | undefined;

/**
 * Whether the browser scales a JPEG while decoding if asked to. Some have the API but ignore the
 * size, so try it.
 */
function canScaleJpeg(): Promise<boolean> {
  scalesJpeg ??= triesScaling().catch(() => false);
  return scalesJpeg;
}

async function triesScaling(): Promise<boolean> {
  if (typeof ImageDecoder === 'undefined') return false;
  const canvas = new OffscreenCanvas(64, 64);
  canvas.getContext('2d');
  const blob = await canvas.convertToBlob({ type: 'image/jpeg' });
  const decoder = new ImageDecoder({
    type: 'image/jpeg',
    data: await blob.arrayBuffer(),
    desiredWidth: 16,
    desiredHeight: 16,
  });
  try {
    const { image } = await decoder.decode();
    const { displayWidth } = image;
    image.close();
    return displayWidth < 64;
  } finally {
    decoder.close();
  }
}

/** Explains why a picture does not decode: an unsupported variant, or damage. */
function undecodable({ frame }: Inspected, cause: unknown): AkinError {
  const kind = frame && rareJpeg(frame);
  return kind === undefined
    ? new AkinError('damaged-picture', 'The picture is damaged: it cannot be decoded.', { cause })
    : new AkinError(
        'unsupported-format',
        `The picture is ${kind}, which this browser can’t read. Save it as an ordinary JPEG, and add that.`,
        { cause, details: { reason: 'browser' } },
      );
}

function rareJpeg({ sof, precision }: NonNullable<Inspected['frame']>): string | undefined {
  // C3, C7, CB and CF; C5 to C7 and from CD on are differential; from C9 on arithmetic.
  if ((sof & 3) === 3) return 'a lossless JPEG';
  if (precision !== 8) return `a JPEG of ${precision} bits a color`;
  if (sof >= 0xc9) return 'a JPEG with arithmetic coding';
  return sof >= 0xc5 ? 'a hierarchical JPEG' : undefined;
}

/** Decodes a large JPEG to a fraction of its size. The frame knows its rotation and its colours. */
async function decodeScaled(
  bytes: Uint8Array<ArrayBuffer>,
  { mime, width, height }: Inspected,
  shortSide: number,
): Promise<Decoded> {
  const scale = shortSide / Math.min(width, height);
  const decoder = new ImageDecoder({
    type: mime,
    data: bytes,
    desiredWidth: Math.ceil(width * scale),
    desiredHeight: Math.ceil(height * scale),
  });
  try {
    const { image } = await decoder.decode();
    // The frame's own size is the scaled one; whether it is portrait or landscape reveals the
    // orientation.
    const { displayWidth, displayHeight } = image;
    const turned =
      displayWidth !== displayHeight && displayWidth > displayHeight !== width > height;
    return {
      source: image,
      width: turned ? height : width,
      height: turned ? width : height,
      close: () => image.close(),
    };
  } finally {
    decoder.close();
  }
}

async function decodeWhole(bytes: Uint8Array<ArrayBuffer>, mime: string): Promise<Decoded> {
  const bitmap = await createImageBitmap(new Blob([bytes], { type: mime }));
  const { width, height } = bitmap;
  return { source: bitmap, width, height, close: () => bitmap.close() };
}

/** The size actually decoded. */
function decodedSize(source: Decoded['source']): [width: number, height: number] {
  return source instanceof ImageBitmap
    ? [source.width, source.height]
    : [source.displayWidth, source.displayHeight];
}

/**
 * Decodes asynchronously: oriented by EXIF, the first frame of an animation. Colour profiles are
 * applied when it is drawn. Always close the result.
 *
 * @param bytes the whole file, as inspected
 * @param shortSide pixels needed; a large picture may be scaled down to this
 * @param signal cancels decoding a HEIC picture; no other takes long enough
 * @throws AkinError `damaged-picture`, `too-many-pixels`, `unsupported-format`; for a HEIC picture
 *   also `aborted`, `decoder-failed`, `decoder-missing`
 */
export async function decode(
  bytes: Uint8Array<ArrayBuffer>,
  inspected: Inspected,
  shortSide: number,
  signal?: AbortSignal,
): Promise<Decoded> {
  const { type, mime, width, height, frame, mend, codec } = inspected;
  const large = frame !== undefined && Math.min(width, height) > 1.5 * shortSide;
  const scaled = large && (await canScaleJpeg());
  // Scaled JPEGs are within the limit: see `inspect`.
  if (!scaled) checkPixels(width, height);
  const whole = mend?.() ?? bytes;
  let decoded: Decoded;
  if (type === 'heic' && codec !== 'av01') {
    decoded = await decodeHeic(bytes, inspected, shortSide, signal);
    return checked(decoded);
  }
  try {
    if (scaled) decoded = await decodeScaled(whole, inspected, shortSide);
    else if (type === 'heic') decoded = await decodeWhole(brandedAvif(whole), 'image/avif');
    else decoded = await decodeWhole(whole, mime);
  } catch (cause) {
    throw undecodable(inspected, cause);
  }
  return checked(decoded);
}

/** Catches a header that lied about the size. */
function checked(decoded: Decoded): Decoded {
  try {
    checkPixels(...decodedSize(decoded.source));
    return decoded;
  } catch (error) {
    decoded.close();
    throw error;
  }
}
