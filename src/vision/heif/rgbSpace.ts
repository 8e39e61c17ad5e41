/** The meaning of decoded pixel values: how they convert to light of sRGB's primaries. */
export interface RgbSpace {
  /** Linear light for each of the 256 values of red, green and blue; 1 is white. */
  readonly curves: readonly [Float32Array, Float32Array, Float32Array];
  /** Row-major: from linear light of this space to that of sRGB's primaries. */
  readonly matrix: readonly number[];
  /** The brightest light of an HDR space, in multiples of white; else 1. */
  readonly peak: number;
}

type Curve = (value: number) => number;

export const srgbCurve: Curve = (v) => (v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4);

/** @param curve from 0..1 to linear light */
export function sampled(curve: Curve): Float32Array {
  return Float32Array.from({ length: 256 }, (_, i) => curve(i / 255));
}

const IDENTITY = [1, 0, 0, 0, 1, 0, 0, 0, 1];

/** From the primaries of each number in ITU-T H.273, table 2, to sRGB's. White is D65 in all. */
const PRIMARIES: Readonly<Record<number, readonly number[]>> = {
  // BT.2020
  9: [1.660491, -0.587641, -0.07285, -0.12455, 1.1329, -0.008349, -0.018151, -0.100579, 1.11873],
  // Display P3
  12: [1.22494, -0.22494, 0, -0.042057, 1.042057, 0, -0.019638, -0.078636, 1.098274],
};

/** Luminance of white on a page, and the maximum shown for HDR pictures, in cd/m². */
const WHITE_NITS = 203;
const PEAK_NITS = 1000;
const PEAK = PEAK_NITS / WHITE_NITS;

/** SMPTE ST 2084. */
const pq: Curve = (v) => {
  const power = v ** (1 / 78.84375);
  const light = Math.max(0, power - 0.8359375) / (18.8515625 - 18.6875 * power);
  return Math.min(PEAK, (10_000 * light ** (1 / 0.1593017578125)) / WHITE_NITS);
};

/** BT.2100, on a display of 1,000 cd/m², applied per primary. */
const hlg: Curve = (v) => {
  const scene = v <= 0.5 ? v ** 2 / 3 : (Math.exp((v - 0.55991073) / 0.17883277) + 0.28466892) / 12;
  return scene ** 1.2 * PEAK;
};

const TRANSFERS: Readonly<Record<number, Curve>> = {
  4: (v) => v ** 2.2,
  5: (v) => v ** 2.8,
  8: (v) => v,
  16: pq,
  18: hlg,
};

/**
 * The space named by a pair of numbers of ITU-T H.273. Unknown ones count as sRGB, as do video's
 * curves, which differ from it by less than pictures do from one another.
 */
export function codedSpace(primaries: number, transfer: number): RgbSpace {
  const curve = sampled(TRANSFERS[transfer] ?? srgbCurve);
  const matrix = PRIMARIES[primaries] ?? IDENTITY;
  return {
    curves: [curve, curve, curve],
    matrix,
    peak: transfer === 16 || transfer === 18 ? PEAK : 1,
  };
}

export const srgb: RgbSpace = codedSpace(1, 13);

/** Whether a space is visually equal to sRGB: no value is off by a visible step. */
export function isSrgb({ curves, matrix, peak }: RgbSpace): boolean {
  const near = (a: number, b: number, most: number) => Math.abs(a - b) <= most;
  return (
    peak === 1 &&
    matrix.every((value, i) => near(value, IDENTITY[i]!, 0.004)) &&
    curves.every((curve) => curve.every((value, i) => near(value, srgb.curves[0][i]!, 0.003)))
  );
}
