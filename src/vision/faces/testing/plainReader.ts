import type { Sharp } from 'sharp';
import type { SquareReader } from '../align/sampler.ts';
import { apply, invert, type Similarity, scaleOf } from '../align/similarity.ts';

/** Maximum samples along each side of a shrunk pixel. */
const MAX_SAMPLES = 4;

/**
 * Reads squares of a picture in plain JavaScript, without a canvas: the mean of samples spread
 * evenly over each pixel.
 */
export class PlainReader implements SquareReader {
  readonly width: number;
  readonly height: number;
  readonly #rgb: Uint8Array;

  constructor(rgb: Uint8Array, width: number, height: number) {
    this.#rgb = rgb;
    this.width = width;
    this.height = height;
  }

  static async of(picture: Sharp): Promise<PlainReader> {
    const { data, info } = await picture
      .removeAlpha()
      .toColourspace('srgb')
      .raw()
      .toBuffer({ resolveWithObject: true });
    return new PlainReader(data, info.width, info.height);
  }

  /** Adds the bilinear interpolation of the four pixels around a point; black outside. */
  #addTo(sum: Float64Array, x: number, y: number): void {
    const [u, v] = [Math.floor(x - 0.5), Math.floor(y - 0.5)];
    const [p, q] = [x - 0.5 - u, y - 0.5 - v];
    for (let k = 0; k < 4; k++) {
      const [i, j] = [u + (k & 1), v + (k >> 1)];
      if (i < 0 || j < 0 || i >= this.width || j >= this.height) continue;
      const share = (k & 1 ? p : 1 - p) * (k >> 1 ? q : 1 - q);
      const at = 3 * (j * this.width + i);
      for (let c = 0; c < 3; c++) sum[c]! += share * this.#rgb[at + c]!;
    }
  }

  read(map: Similarity, side: number): Uint8ClampedArray<ArrayBuffer> {
    const back = invert(map);
    const n = Math.min(MAX_SAMPLES, Math.max(1, Math.ceil(scaleOf(back))));
    const pixels = new Uint8ClampedArray(4 * side * side).fill(255);
    const sum = new Float64Array(3);
    for (let i = 0; i < side * side; i++) {
      sum.fill(0);
      for (let s = 0; s < n * n; s++) {
        const { x, y } = apply(back, {
          x: (i % side) + ((s % n) + 0.5) / n,
          y: Math.floor(i / side) + (Math.floor(s / n) + 0.5) / n,
        });
        this.#addTo(sum, x, y);
      }
      for (let c = 0; c < 3; c++) pixels[4 * i + c] = sum[c]! / n ** 2;
    }
    return pixels;
  }
}
