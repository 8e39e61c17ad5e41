import { isSrgb, type RgbSpace } from './rgbSpace.ts';

/** RGBA, four bytes per pixel, not premultiplied. */
export interface Pixels {
  readonly data: Uint8Array;
  /** Bytes between the starts of adjacent rows. */
  readonly stride: number;
  readonly width: number;
  readonly height: number;
}

export interface SrgbPixels {
  readonly data: Uint8ClampedArray<ArrayBuffer>;
  readonly width: number;
  readonly height: number;
}

/** Resolution of linear light: the darkest steps of sRGB are 5 of these wide. */
const STEPS = 16_384;
let encoded: Uint8Array | undefined;

/** Maps linear light in `STEPS` to sRGB bytes. */
function encoding(): Uint8Array {
  encoded ??= Uint8Array.from({ length: STEPS }, (_, i) => {
    const light = i / (STEPS - 1);
    const value = light <= 0.0031308 ? 12.92 * light : 1.055 * light ** (1 / 2.4) - 0.055;
    return Math.round(255 * value);
  });
  return encoded;
}

/**
 * Scales pixels down by an integer factor, averaging each square, and converts them to sRGB. Drops
 * rows and columns that don't fill a square.
 *
 * @param factor 1 keeps the size
 */
export function toSrgb(pixels: Pixels, space: RgbSpace, factor: number): SrgbPixels {
  const width = Math.max(1, Math.floor(pixels.width / factor));
  const height = Math.max(1, Math.floor(pixels.height / factor));
  const data = new Uint8ClampedArray(width * height * 4);
  if (factor === 1) copy(pixels, data);
  else average(pixels, data, width, height, factor);
  if (!isSrgb(space)) convert(data, space);
  return { data, width, height };
}

function copy({ data, stride, width, height }: Pixels, to: Uint8ClampedArray): void {
  for (let y = 0; y < height; y++) {
    to.set(data.subarray(y * stride, y * stride + width * 4), y * width * 4);
  }
}

/** Transparent pixels have no color, so each pixel is weighted by its alpha. */
function average(
  { data, stride, width: sourceWidth, height: sourceHeight }: Pixels,
  to: Uint8ClampedArray,
  width: number,
  height: number,
  factor: number,
): void {
  // If a side is shorter than the factor, average over all of it.
  const across = Math.min(factor, sourceWidth);
  const down = Math.min(factor, sourceHeight);
  const sums = new Float64Array(width * 4);
  for (let y = 0; y < height; y++) {
    sums.fill(0);
    for (let row = y * factor; row < y * factor + down; row++) {
      let from = row * stride;
      for (let x = 0; x < width * 4; x += 4) {
        for (let i = 0; i < across; i++, from += 4) {
          const alpha = data[from + 3]!;
          sums[x] = sums[x]! + data[from]! * alpha;
          sums[x + 1] = sums[x + 1]! + data[from + 1]! * alpha;
          sums[x + 2] = sums[x + 2]! + data[from + 2]! * alpha;
          sums[x + 3] = sums[x + 3]! + alpha;
        }
      }
    }
    const at = y * width * 4;
    for (let x = 0; x < width * 4; x += 4) {
      const alpha = sums[x + 3]!;
      const scale = alpha > 0 ? 1 / alpha : 0;
      to[at + x] = sums[x]! * scale;
      to[at + x + 1] = sums[x + 1]! * scale;
      to[at + x + 2] = sums[x + 2]! * scale;
      to[at + x + 3] = alpha / (across * down);
    }
  }
}

/**
 * In place. Clips colors outside sRGB per primary; compresses light above white as browsers do:
 * `m (1 + m / peak²) / (1 + m)` for the brightest primary `m`.
 */
function convert(data: Uint8ClampedArray, { curves, matrix, peak }: RgbSpace): void {
  const encode = encoding();
  const [red, green, blue] = curves;
  const [m0, m1, m2, m3, m4, m5, m6, m7, m8] = matrix as [
    number,
    number,
    number,
    number,
    number,
    number,
    number,
    number,
    number,
  ];
  const top = STEPS - 1;
  for (let at = 0; at < data.length; at += 4) {
    let r = red[data[at]!]!;
    let g = green[data[at + 1]!]!;
    let b = blue[data[at + 2]!]!;
    if (peak > 1) {
      const most = Math.max(r, g, b);
      const scale = (1 + most / (peak * peak)) / (1 + most);
      r *= scale;
      g *= scale;
      b *= scale;
    }
    const lr = m0 * r + m1 * g + m2 * b;
    const lg = m3 * r + m4 * g + m5 * b;
    const lb = m6 * r + m7 * g + m8 * b;
    data[at] = encode[lr <= 0 ? 0 : lr >= 1 ? top : (lr * top + 0.5) | 0]!;
    data[at + 1] = encode[lg <= 0 ? 0 : lg >= 1 ? top : (lg * top + 0.5) | 0]!;
    data[at + 2] = encode[lb <= 0 ? 0 : lb >= 1 ? top : (lb * top + 0.5) | 0]!;
  }
}
