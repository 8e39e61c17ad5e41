import { AkinError } from '../../base/errors.ts';
import type { Inspected } from '../headers/inspect.ts';
import { checkPixels } from '../headers/inspect.ts';
import { brandedAvif, decodeHeic } from '../heif/decodeHeic.ts';
import type { Decoded } from './decoded.ts';

// Asked once; a browser without it decodes whole.
let scalesJpeg: Promise<boolean> | undefined;

/**
 * Whether the browser decodes a JPEG to less than its size when it is asked to. Some have the
 * interface and pay no heed to the size, so it is tried.
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

/** Why a picture does not decode: because it is of a rare kind, or because it is damaged. */
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
  // C3, C7, CB and CF; C5 to C7 and from CD on for differences between sizes; from C9 on arithmetic.
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
    // The frame's own size is the scaled one; whether it stands or lies tells the orientation.
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

/** Size of what was really decoded. */
function decodedSize(source: Decoded['source']): [width: number, height: number] {
  return source instanceof ImageBitmap
    ? [source.width, source.height]
    : [source.displayWidth, source.displayHeight];
}

/**
 * Decodes off the thread: oriented by EXIF, the first frame of an animation. Colour profiles are
 * honoured when it is drawn. Close it in every case.
 *
 * @param bytes the whole file, as inspected
 * @param shortSide pixels that are needed; a large picture may come no larger than this
 * @param signal ends the decoding of a HEIC picture; no other takes long enough
 * @throws AkinError `damaged-picture`, `too-many-pixels`, `unsupported-format`; of a HEIC picture
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
  // Within the limit only if it is scaled: see `inspect`.
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

/** A header that lied about the size is caught here at the latest. */
function checked(decoded: Decoded): Decoded {
  try {
    checkPixels(...decodedSize(decoded.source));
    return decoded;
  } catch (error) {
    decoded.close();
    throw error;
  }
}
