import { AkinError } from '../base/errors.ts';
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
 * @throws AkinError `damaged-picture`, `too-many-pixels`
 */
export async function decode(
  bytes: Uint8Array<ArrayBuffer>,
  inspected: Inspected,
  shortSide = SHORT_SIDE,
): Promise<Decoded> {
  const { type, mime, width, height } = inspected;
  const large = Math.min(width, height) > 1.5 * shortSide;
  let decoded: Decoded;
  try {
    decoded =
      type === 'jpeg' && large && (await canScaleJpeg())
        ? await decodeScaled(bytes, inspected, shortSide)
        : await decodeWhole(bytes, mime);
  } catch (cause) {
    throw damaged(cause);
  }
  try {
    // A header that lied about the size is caught here at the latest.
    checkPixels(decoded.width, decoded.height);
    return decoded;
  } catch (error) {
    decoded.close();
    throw error;
  }
}
