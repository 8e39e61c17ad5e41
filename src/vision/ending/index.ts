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

/** A picture missing more than a tenth of its rows is rejected. */
const LEAST_SHARE = 0.9;

const finders: Record<PictureType, FindEnding> = {
  jpeg: jpegEnding,
  png: pngEnding,
  gif: gifEnding,
  webp: webpEnding,
  avif: avifEnding,
  heic: avifEnding,
  bmp: bmpEnding,
  // The decoder chooses which of its pictures to show.
  ico: () => 'whole',
};

/**
 * Checks that a picture's bytes reach the end announced by its own structure. Strict decoders
 * reject a picture without its end although every viewer shows it; the missing part can be filled
 * in, so that any engine decodes it.
 *
 * Checks only the ending: bytes changed in the middle are left to the decoder.
 *
 * @param bytes the whole file
 * @returns if its end is missing, a function that returns bytes with an end; the file is not
 *   modified
 * @throws AkinError `damaged-picture` if a tenth of the picture's rows or more don't decode
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
    // A size points outside the file.
    if (thrown instanceof RangeError) return { share: 0 };
    throw thrown;
  }
}
