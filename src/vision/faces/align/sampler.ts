import { AkinError } from '../../../base/errors.ts';
import type { Similarity } from './similarity.ts';
import { scaleOf } from './similarity.ts';

/** A decoded photo, oriented: what a canvas can draw. Whoever decoded it closes it. */
export type FacePicture = ImageBitmap | OffscreenCanvas | VideoFrame;

/** Reads turned, scaled and cropped squares of one picture. */
export interface SquareReader {
  /** Of the picture as it is seen, in pixels. */
  readonly width: number;
  readonly height: number;
  /**
   * What lies outside of the picture is black.
   *
   * @param map from the picture's pixels to the square's
   * @param side of the square, in pixels
   * @returns `side × side × 4` bytes, RGBA, opaque
   */
  read(map: Similarity, side: number): Uint8ClampedArray<ArrayBuffer>;
}

type Context = OffscreenCanvasRenderingContext2D;

/** A larger picture is halved before anything else, so that its copies stay small. */
const MAX_SIDE = 8192;

/** A canvas in main memory, since all that is drawn here is read back; black where nothing is. */
function blackCanvas(width: number, height: number): Context {
  const context = new OffscreenCanvas(width, height).getContext('2d', {
    alpha: false,
    colorSpace: 'srgb',
    willReadFrequently: true,
  });
  if (context === null) throw new AkinError('internal', 'The browser gave no canvas to draw on.');
  return context;
}

// Drawn on and read back in one go, never across an await, so all pictures may share them.
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
 * Where it shrinks it averages over areas: the picture is halved as often as needed, which by
 * bilinear sampling at the corners of four pixels is their exact mean, and the rest, less than
 * half again, is sampled from the halved copy. A browser's own smoothing is left out: what it
 * does differs between browsers, and Chromium would make its copies anew at each drawing.
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
    // A frame holds brightness and colour apart; converting it once is cheaper than at each use.
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

  /** The picture halved `level` times. */
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

  /** Frees the copies; the picture itself is the caller's. */
  dispose(): void {
    for (const canvas of this.#copies.splice(0)) {
      canvas.width = 0;
      canvas.height = 0;
    }
  }
}
