import { AkinError } from '../../../base/errors.ts';
import type { Similarity } from './similarity.ts';
import { scaleOf } from './similarity.ts';

/** A decoded, oriented photo that a canvas can draw. Its decoder's caller closes it. */
export type FacePicture = ImageBitmap | OffscreenCanvas | VideoFrame;

/** Reads rotated, scaled and cropped squares of one picture. */
export interface SquareReader {
  /** In pixels, as seen. */
  readonly width: number;
  readonly height: number;
  /**
   * Reads a square; outside the picture it is black.
   *
   * @param map from the picture's pixels to the square's
   * @param side of the square, in pixels
   * @returns `side × side × 4` bytes, RGBA, opaque
   */
  read(map: Similarity, side: number): Uint8ClampedArray<ArrayBuffer>;
}

type Context = OffscreenCanvasRenderingContext2D;

/** Larger pictures are halved first, to keep copies small. */
const MAX_SIDE = 8192;

/** A black canvas in main memory, since everything drawn here is read back. */
function blackCanvas(width: number, height: number): Context {
  const context = new OffscreenCanvas(width, height).getContext('2d', {
    alpha: false,
    colorSpace: 'srgb',
    willReadFrequently: true,
  });
  if (context === null) throw new AkinError('internal', 'The browser gave no canvas to draw on.');
  return context;
}

// Drawn to and read back without an await in between, so all pictures can share them.
const squares = new Map<number, Context>();

function square(side: number): Context {
  let context = squares.get(side);
  if (context === undefined) {
    context = blackCanvas(side, side);
    squares.set(side, context);
  }
  return context;
}

/**
 * Draws the squares on a canvas.
 *
 * When shrinking it averages over areas: the picture is halved as often as needed, where bilinear
 * sampling at the corners of four pixels is their exact mean; the rest, by a factor below two, is
 * sampled from the halved copy. The browser's own smoothing is not used: it differs between
 * browsers, and Chromium would recompute its copies at each drawing.
 */
export class Sampler implements SquareReader {
  readonly width: number;
  readonly height: number;
  readonly #levels: (FacePicture | undefined)[];
  readonly #copies: OffscreenCanvas[] = [];

  constructor(picture: FacePicture) {
    const isFrame = 'displayWidth' in picture;
    this.width = isFrame ? picture.displayWidth : picture.width;
    this.height = isFrame ? picture.displayHeight : picture.height;
    this.#levels = [picture];
    // A frame stores brightness and colour separately; converting it once is cheaper than at each
    // use.
    if (isFrame) this.#levels[0] = this.#copy(picture, this.width, this.height, 1);
  }

  #copy(source: FacePicture, width: number, height: number, scale: number): OffscreenCanvas {
    const context = blackCanvas(Math.max(1, Math.ceil(width)), Math.max(1, Math.ceil(height)));
    context.imageSmoothingQuality = 'low';
    context.setTransform(scale, 0, 0, scale, 0, 0);
    context.drawImage(source, 0, 0);
    this.#copies.push(context.canvas);
    return context.canvas;
  }

  /** The picture, halved `level` times. */
  #level(level: number): FacePicture {
    const made = this.#levels[level];
    if (made !== undefined) return made;
    const scale = 0.5 ** level;
    const half = this.#copy(this.#level(level - 1), this.width * scale, this.height * scale, 0.5);
    this.#levels[level] = half;
    return half;
  }

  read(map: Similarity, side: number): Uint8ClampedArray<ArrayBuffer> {
    const least = Math.max(0, Math.ceil(Math.log2(Math.max(this.width, this.height) / MAX_SIDE)));
    const level = Math.max(least, Math.floor(Math.log2(1 / scaleOf(map)) + 1e-6));
    const context = square(side);
    context.setTransform(1, 0, 0, 1, 0, 0);
    context.fillStyle = '#000';
    context.fillRect(0, 0, side, side);
    const [a, b] = [map.a * 2 ** level, map.b * 2 ** level];
    context.setTransform(a, b, -b, a, map.tx, map.ty);
    context.imageSmoothingQuality = 'low';
    context.drawImage(this.#level(level), 0, 0);
    return context.getImageData(0, 0, side, side).data;
  }

  /** Frees the copies; the caller owns the picture itself. */
  dispose(): void {
    for (const canvas of this.#copies.splice(0)) {
      canvas.width = 0;
      canvas.height = 0;
    }
  }
}
