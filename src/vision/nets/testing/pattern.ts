import type { NetPicture } from '../../types.ts';

/** `pixel[y, x, c] = (3 x + 5 y + 70 c) mod 256` */
export function pattern(width = 240, height = width): NetPicture {
  const rgba = new Uint8ClampedArray(4 * width * height).fill(255);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      for (let c = 0; c < 3; c++) rgba[4 * (y * width + x) + c] = (3 * x + 5 * y + 70 * c) % 256;
    }
  }
  return { rgba, width, height };
}

export const cosine = (a: ArrayLike<number>, b: ArrayLike<number>): number => {
  const dot = Array.from(a).reduce((sum, value, i) => sum + value * b[i]!, 0);
  return dot / (Math.hypot(...Array.from(a)) * Math.hypot(...Array.from(b)));
};

export const farthest = (a: ArrayLike<number>, b: ArrayLike<number>): number =>
  Math.max(...Array.from(a, (value, i) => Math.abs(value - b[i]!)));
