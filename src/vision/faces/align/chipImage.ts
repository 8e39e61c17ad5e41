import { AkinError } from '../../../base/errors.ts';
import { writeImage } from '../../decoding/writeImage.ts';
import { alignToChip, CHIP_SIDE } from './chip.ts';
import type { Point } from './geometry.ts';
import type { FacePicture } from './sampler.ts';
import { Sampler } from './sampler.ts';

const CHIP_QUALITY = 0.85;

/**
 * A face cut out and levelled, as the embedder sees it: to be shown beside another. It needs no
 * net, only the points that a face keeps.
 *
 * @param picture decoded and oriented; the caller closes it
 * @param points as `Face.points`: shares of the picture's sides
 * @param side of the image, in pixels
 * @returns WebP, or JPEG where the browser cannot write WebP
 * @throws AkinError `invalid-argument` for points that are all in one place
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
 * A chip as an image file.
 *
 * @param chip RGBA, `side × side`
 * @returns WebP, or JPEG where the browser cannot write WebP
 */
export async function writeChip(
  chip: Uint8ClampedArray<ArrayBuffer>,
  side = CHIP_SIDE,
): Promise<Blob> {
  // A canvas of its own: the shared one may be drawn over while the image is written.
  const canvas = new OffscreenCanvas(side, side);
  const context = canvas.getContext('2d');
  if (context === null) throw new AkinError('internal', 'The browser gave no canvas.');
  context.putImageData(new ImageData(chip, side, side), 0, 0);
  return writeImage(canvas, CHIP_QUALITY);
}
