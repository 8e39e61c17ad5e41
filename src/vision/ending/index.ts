import { AkinError } from '../../base/errors.ts';
import type { PictureSize } from '../headers/pictureSize.ts';
import type { PictureType } from '../types.ts';
import { avifEnding } from './avifEnding.ts';
import { bmpEnding } from './bmpEnding.ts';
import { gifEnding } from './gifEnding.ts';
import { jpegEnding } from './jpegEnding.ts';
import { pngEnding } from './pngEnding.ts';
import type { Ending, FindEnding } from './types.ts';
import { webpEnding } from './webpEnding.ts';

/** A picture of which more is missing than a tenth of its rows is refused. */
const LEAST_SHARE = 0.9;

const finders: Record<PictureType, FindEnding> = {
  jpeg: jpegEnding,
  png: pngEnding,
  gif: gifEnding,
  webp: webpEnding,
  avif: avifEnding,
  heic: avifEnding,
  bmp: bmpEnding,
  // Which of its pictures is shown is up to the decoder.
  ico: () => 'whole',
};

/**
 * Checks that a picture's bytes reach the end that its own structure announces. Decoders that get
 * them whole refuse a picture without its end, which every viewer shows; what is missing can be made
 * up, so that it decodes in any engine.
 *
 * Only the ending is looked at: bytes changed in the middle are left to the decoder.
 *
 * @param bytes the whole file
 * @returns where its end is missing, what makes bytes with an end to them; the file stays as it is
 * @throws AkinError `damaged-picture` where a tenth of the picture's rows or more don't decode
 */
export function checkEnding(
  type: PictureType,
  size: PictureSize,
  bytes: Uint8Array,
): (() => Uint8Array<ArrayBuffer>) | undefined {
  const ending = endingOf(type, size, bytes);
  if (ending === 'whole') return undefined;
  if (!ending.mend || !(ending.share > LEAST_SHARE)) {
    throw new AkinError('damaged-picture', 'The picture is cut off: its end is missing.', {
      details: { reason: 'cut' },
    });
  }
  return ending.mend;
}

function endingOf(type: PictureType, size: PictureSize, bytes: Uint8Array): Ending {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  try {
    return finders[type](bytes, size, view);
  } catch (thrown) {
    // A size that leads out of the file.
    if (thrown instanceof RangeError) return { share: 0 };
    throw thrown;
  }
}
