import type { NetPicture } from '../../types.ts';

/** Catmull-Rom spline, the usual interpolation in training. */
function cubic(x: number): number {
  const t = Math.abs(x);
  if (t < 1) return (1.5 * t - 2.5) * t * t + 1;
  return t < 2 ? ((-0.5 * t + 2.5) * t - 4) * t + 2 : 0;
}

/** For each of `to` pixels, the first of its source pixels in `from`, and their weights. */
function taps(from: number, to: number): { first: number; weights: number[] }[] {
  const scale = from / to;
  const stretch = Math.max(1, scale);
  return Array.from({ length: to }, (_, i) => {
    const center = (i + 0.5) * scale;
    const first = Math.max(0, Math.floor(center - 2 * stretch + 0.5));
    const end = Math.min(from, Math.floor(center + 2 * stretch + 0.5));
    const raw = Array.from({ length: end - first }, (_, k) =>
      cubic((first + k + 0.5 - center) / stretch),
    );
    const sum = raw.reduce((total, weight) => total + weight, 0);
    return { first, weights: raw.map((weight) => weight / sum) };
  });
}

const byte = (value: number): number => Math.max(0, Math.min(255, Math.round(value)));

/**
 * Scales a square of RGB bytes down by bicubic interpolation with antialiasing, rows first and
 * rounded in between, as PIL does: the references were made this way.
 */
export function bicubicSquare(rgb: Uint8Array, from: number, to: number): NetPicture {
  const line = taps(from, to);
  const narrow = new Uint8Array(from * to * 3);
  for (let y = 0; y < from; y++) {
    for (const [x, { first, weights }] of line.entries()) {
      for (let c = 0; c < 3; c++) {
        const sum = weights.reduce((s, w, k) => s + w * rgb[3 * (y * from + first + k) + c]!, 0);
        narrow[3 * (y * to + x) + c] = byte(sum);
      }
    }
  }
  const rgba = new Uint8ClampedArray(4 * to * to).fill(255);
  for (const [y, { first, weights }] of line.entries()) {
    for (let x = 0; x < to; x++) {
      for (let c = 0; c < 3; c++) {
        const sum = weights.reduce((s, w, k) => s + w * narrow[3 * ((first + k) * to + x) + c]!, 0);
        rgba[4 * (y * to + x) + c] = byte(sum);
      }
    }
  }
  return { rgba, width: to, height: to };
}
