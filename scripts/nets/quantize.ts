/** A weight as TF.js stores it: its bytes, and how to decode them unless they are float32. */
export interface StoredWeight {
  readonly bytes: Uint8Array;
  readonly quantization?:
    | { readonly dtype: 'uint8'; readonly scale: number; readonly min: number }
    | { readonly dtype: 'float16' };
}

/** Fractions of the range to try: a few outliers cost all other values precision. */
const SHARES = Array.from({ length: 51 }, (_, i) => 1 - i / 100);

/**
 * One byte per value: `min + scale × byte`. Clips the range to minimize the squared error, and
 * represents zero exactly, so zero weights stay zero.
 *
 * @param levels of the 256 of a byte; fewer compress better
 */
export function toUint8(values: Float32Array, levels = 256): StoredWeight {
  const top = levels - 1;
  let lowest = 0;
  let highest = 0;
  for (const value of values) {
    lowest = Math.min(lowest, value);
    highest = Math.max(highest, value);
  }
  let best = { error: Number.POSITIVE_INFINITY, scale: 1, zero: 0 };
  for (const share of SHARES) {
    const scale = ((highest - lowest) * share) / top || 1;
    const zero = Math.round((-lowest * share) / scale);
    let error = 0;
    for (const value of values)
      error += ((level(value, scale, zero, top) - zero) * scale - value) ** 2;
    if (error < best.error) best = { error, scale, zero };
  }
  const { scale, zero } = best;
  const bytes = Uint8Array.from(values, (value) => level(value, scale, zero, top));
  return { bytes, quantization: { dtype: 'uint8', scale, min: -zero * scale } };
}

const level = (value: number, scale: number, zero: number, top: number): number =>
  Math.max(0, Math.min(top, Math.round(value / scale) + zero));

/** Two bytes per value, rounded to nearest (IEEE 754 half precision). */
export function toFloat16(values: Float32Array): StoredWeight {
  const halves = new Uint16Array(values.length);
  for (const [i, value] of values.entries()) halves[i] = half(value);
  return { bytes: new Uint8Array(halves.buffer), quantization: { dtype: 'float16' } };
}

export function toFloat32(values: Float32Array): StoredWeight {
  return { bytes: new Uint8Array(values.slice().buffer) };
}

function half(value: number): number {
  const sign = value < 0 || Object.is(value, -0) ? 0x8000 : 0;
  const size = Math.abs(value);
  // Values above 65,504 would be infinite; no weight is that large.
  if (!(size <= 65_504)) throw new RangeError(`${value} has no half precision`);
  const exponent = Math.max(-14, Math.floor(Math.log2(size || 2 ** -24)));
  // Rounding up may carry into the exponent, which is correct.
  const mantissa = Math.round((size / 2 ** exponent) * 1024);
  return sign | (exponent === -14 ? mantissa : mantissa - 1024 + ((exponent + 15) << 10));
}
