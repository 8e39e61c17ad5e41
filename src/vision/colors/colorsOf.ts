import type { ColorDescriptor } from '../../base/colors/descriptor.ts';
import { AkinError } from '../../base/errors.ts';
import { colorsOfPixels } from './colorsOfPixels.ts';

/** Pixels each way: enough for shares of colors. */
const SIDE = 32;

let context: OffscreenCanvasRenderingContext2D | null = null;

/** The colors of a thumbnail, opaque and in any size; its aspect ratio doesn't matter. */
export function colorsOf(thumbnail: CanvasImageSource): ColorDescriptor {
  context ??= new OffscreenCanvas(SIDE, SIDE).getContext('2d', {
    colorSpace: 'srgb',
    willReadFrequently: true,
  });
  if (context === null) throw new AkinError('internal', 'The browser gave no canvas to draw on.');
  context.imageSmoothingQuality = 'high';
  context.drawImage(thumbnail, 0, 0, SIDE, SIDE);
  return colorsOfPixels(context.getImageData(0, 0, SIDE, SIDE).data, SIDE, SIDE);
}

/**
 * The colors of a stored thumbnail.
 *
 * @throws AkinError `damaged-picture` if it can't be decoded
 */
export async function colorsOfStored(thumbnail: ArrayBuffer): Promise<ColorDescriptor> {
  const picture = await createImageBitmap(new Blob([thumbnail])).catch((cause: unknown) => {
    throw new AkinError('damaged-picture', 'The thumbnail can’t be decoded.', { cause });
  });
  try {
    return colorsOf(picture);
  } finally {
    picture.close();
  }
}
