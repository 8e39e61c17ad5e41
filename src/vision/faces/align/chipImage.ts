import { AkinError } from '../../../base/errors.ts';
import { writeImage } from '../../decoding/writeImage.ts';
import { alignToChip, CHIP_SIDE } from './chip.ts';
import type { Point } from './geometry.ts';
import type { FacePicture } from './sampler.ts';
import { Sampler } from './sampler.ts';

const CHIP_QUALITY = 0.85;

/**
 * Draws a face cropped and aligned as the embedder sees it, to show beside others. Needs no net,
 * only the stored points of a face.
 *
 * @param picture decoded and oriented; the caller closes it
 * @param points as `Face.points`: fractions of the picture's sides
 * @param side of the image, in pixels
 * @returns WebP, or JPEG if the browser can't write WebP
 * @throws AkinError `invalid-argument` if the points all coincide
 */
export async function drawChip(
  picture: FacePicture,
  points: readonly Point[],
  side = CHIP_SIDE,
): Promise<Blob> {
  const sampler = new Sampler(picture);
  try {
    const { width, height } = sampler;
    const map = alignToChip(points.map(({ x, y }) => ({ x: x * width, y: y * height })));
    if (map === null) {
      throw new AkinError('invalid-argument', 'The points of the face are all in one place.');
    }
    const { a, b, tx, ty } = map;
    const scale = side / CHIP_SIDE;
    const scaled = { a: scale * a, b: scale * b, tx: scale * tx, ty: scale * ty };
    const drawn = sampler.read(scaled, side);
    return await writeChip(drawn, side);
  } finally {
    sampler.dispose();
  }
}

/**
 * Encodes a chip.
 *
 * @param chip RGBA, `side × side`
 * @returns WebP, or JPEG if the browser can't write WebP
 */
export async function writeChip(
  chip: Uint8ClampedArray<ArrayBuffer>,
  side = CHIP_SIDE,
): Promise<Blob> {
  // A separate canvas: the shared one may be redrawn while the image is encoded.
  const canvas = new OffscreenCanvas(side, side);
  const context = canvas.getContext('2d');
  if (context === null) throw new AkinError('internal', 'The browser gave no canvas.');
  context.putImageData(new ImageData(chip, side, side), 0, 0);
  return writeImage(canvas, CHIP_QUALITY);
}
