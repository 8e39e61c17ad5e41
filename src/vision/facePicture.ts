import { AkinError } from '../base/errors.ts';
import type { Decoded } from './decode.ts';
import { decode } from './decode.ts';
import { fileBytes } from './fileBytes.ts';
import { checkFileSize, inspect } from './inspect.ts';

/**
 * Longest side of the picture that faces are looked for in. Larger ones show no face that matters
 * less small: what has 24 pixels here has 60 in a photo of 12 megapixels.
 */
const FACE_LONG_SIDE = 1600;
/** Short side that a large photo is decoded to for it, as most have sides of 4 to 3. */
export const FACE_SHORT_SIDE = 1200;

/** The picture for a search for faces, over white as the other nets see it. */
export function drawFacePicture({ source, width, height }: Decoded): ImageBitmap {
  const scale = Math.min(1, FACE_LONG_SIDE / Math.max(width, height));
  const [w, h] = [width, height].map((side) => Math.max(1, Math.round(side * scale)));
  const canvas = new OffscreenCanvas(w!, h!);
  const context = canvas.getContext('2d', { colorSpace: 'srgb' });
  if (context === null) throw new AkinError('internal', 'The browser gave no canvas to draw on.');
  context.imageSmoothingQuality = 'high';
  context.fillStyle = '#fff';
  context.fillRect(0, 0, w!, h!);
  context.drawImage(source, 0, 0, w!, h!);
  return canvas.transferToImageBitmap();
}

/**
 * Decodes a file for a search for faces alone. To be transferred, or closed.
 *
 * @throws AkinError as `prepare`
 */
export async function facePicture(file: Blob): Promise<ImageBitmap> {
  checkFileSize(file.size);
  const content = await fileBytes(file);
  const decoded = await decode(content, inspect(content), FACE_SHORT_SIDE);
  try {
    return drawFacePicture(decoded);
  } finally {
    decoded.close();
  }
}
