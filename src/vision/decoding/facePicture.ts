import { AkinError } from '../../base/errors.ts';
import { checkFileSize, inspect } from '../headers/inspect.ts';
import { FACE_SHORT_SIDE } from '../types.ts';
import { backdropOf } from './backdrop.ts';
import { decode } from './decode.ts';
import type { Decoded } from './decoded.ts';
import { fileBytes } from './fileBytes.ts';

/**
 * Longest side of the picture scanned for faces. Larger ones gain only insignificant faces: 24
 * pixels here are 60 in a photo of 12 megapixels.
 */
const FACE_LONG_SIDE = 1600;

/** Draws the picture to scan for faces, over the same backdrop as for the other nets. */
export function drawFacePicture({ source, width, height }: Decoded, backdrop: string): ImageBitmap {
  const scale = Math.min(1, FACE_LONG_SIDE / Math.max(width, height));
  const [w, h] = [width, height].map((side) => Math.max(1, Math.round(side * scale)));
  const canvas = new OffscreenCanvas(w!, h!);
  const context = canvas.getContext('2d', { colorSpace: 'srgb' });
  if (context === null) throw new AkinError('internal', 'The browser gave no canvas to draw on.');
  context.imageSmoothingQuality = 'high';
  context.fillStyle = backdrop;
  context.fillRect(0, 0, w!, h!);
  context.drawImage(source, 0, 0, w!, h!);
  return canvas.transferToImageBitmap();
}

/**
 * Decodes a file for a face scan alone. Transfer or close the result.
 *
 * @throws AkinError as `prepare`
 */
export async function facePicture(file: Blob): Promise<ImageBitmap> {
  checkFileSize(file.size);
  const content = await fileBytes(file);
  const decoded = await decode(content, inspect(content), FACE_SHORT_SIDE);
  try {
    return drawFacePicture(decoded, backdropOf(decoded) ?? '#ffffff');
  } finally {
    decoded.close();
  }
}
