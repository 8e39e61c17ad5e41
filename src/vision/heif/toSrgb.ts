import { isSrgb, type RgbSpace } from './rgbSpace.ts';

/** RGBA, four bytes a pixel, not multiplied by alpha. */
export interface Pixels {
  readonly data: Uint8Array;
  /** Bytes from one row to the next. */
  readonly stride: number;
  readonly width: number;
  readonly height: number;
}

export interface SrgbPixels {
  readonly data: Uint8ClampedArray<ArrayBuffer>;
  readonly width: number;
  readonly height: number;
}

/** Steps of linear light that are told apart: the darkest steps of sRGB are 5 of them wide. */
const STEPS = 16_384;
let encoded: Uint8Array | undefined;

/** Linear light in `STEPS` to the byte that sRGB writes for it. */
function encoding(): Uint8Array {
  encoded ??= Uint8Array.from({ length: STEPS }, (_, i) => {
    const light = i / (STEPS - 1);
    const value = light <= 0.0031308 ? 12.92 * light : 1.055 * light ** (1 / 2.4) - 0.055;
    return Math.round(255 * value);
  });
  return encoded;
}

/**
 * Scales pixels down by a whole number, as the mean of each square, and converts them to sRGB.
 * Rows and columns that fill no square are left out.
 *
 * @param factor 1 leaves them as large as they are
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

/** What is transparent has no color, so each pixel counts by its alpha. */
function average(
  { data, stride, width: sourceWidth, height: sourceHeight }: Pixels,
  to: Uint8ClampedArray,
  width: number,
  height: number,
  factor: number,
): void {
  // A side shorter than the factor is all there is to average over.
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
 * In place. Colors outside sRGB go to its edge, each primary by itself; light beyond white is
 * compressed as browsers do it: `m (1 + m / peak²) / (1 + m)` for the brightest primary `m`.
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
