import { AkinError } from '../base/errors.ts';
import { brandedAvif, decodeHeic } from './heif/decodeHeic.ts';
import type { Inspected } from './inspect.ts';
import { checkPixels } from './inspect.ts';

/** A decoded picture, oriented, to be drawn and then closed. */
export interface Decoded {
  readonly source: ImageBitmap | VideoFrame;
  /** Of the original, oriented; `source` itself may be smaller. */
  readonly width: number;
  readonly height: number;
  close(): void;
}

/**
 * A JPEG larger than this on its short side is decoded straight to about this size, which its
 * transform allows at a fraction of the cost, and still leaves more than the nets' 512 pixels.
 */
export const SHORT_SIDE = 768;

// Asked once; a browser without it decodes whole.
let scalesJpeg: Promise<boolean> | undefined;
const canScaleJpeg = (): Promise<boolean> => {
  scalesJpeg ??=
    typeof ImageDecoder === 'undefined'
      ? Promise.resolve(false)
      : ImageDecoder.isTypeSupported('image/jpeg');
  return scalesJpeg;
};

const damaged = (cause: unknown): AkinError =>
  new AkinError('damaged-picture', 'The picture is damaged: it cannot be decoded.', { cause });

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

/**
 * Decodes off the thread: oriented by EXIF, the first frame of an animation. Colour profiles are
 * honoured when it is drawn. Close it in every case.
 *
 * @param bytes the whole file, as inspected
 * @param shortSide pixels that are needed; a large picture may come no larger than this
 * @param signal ends the decoding of a HEIC picture; no other takes long enough
 * @throws AkinError `damaged-picture`, `too-many-pixels`; of a HEIC picture also `aborted`,
 *   `decoder-failed`, `decoder-missing`, `unsupported-format`
 */
export async function decode(
  bytes: Uint8Array<ArrayBuffer>,
  inspected: Inspected,
  shortSide = SHORT_SIDE,
  signal?: AbortSignal,
): Promise<Decoded> {
  const { type, mime, width, height } = inspected;
  const large = Math.min(width, height) > 1.5 * shortSide;
  let decoded: Decoded;
  if (type === 'heic' && inspected.codec !== 'av01') {
    decoded = await decodeHeic(bytes, inspected, shortSide, signal);
    return checked(decoded);
  }
  try {
    decoded =
      type === 'jpeg' && large && (await canScaleJpeg())
        ? await decodeScaled(bytes, inspected, shortSide)
        : type === 'heic'
          ? await decodeWhole(brandedAvif(bytes), 'image/avif')
          : await decodeWhole(bytes, mime);
  } catch (cause) {
    throw damaged(cause);
  }
  return checked(decoded);
}

/** A header that lied about the size is caught here at the latest. */
function checked(decoded: Decoded): Decoded {
  try {
    checkPixels(decoded.width, decoded.height);
    return decoded;
  } catch (error) {
    decoded.close();
    throw error;
  }
}
