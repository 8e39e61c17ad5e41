import { CODEBOOK, CODEBOOK_SIZE } from '../../base/colors/codebook.ts';
import { countColor } from '../../base/colors/countColor.ts';
import { type ColorDescriptor, DESCRIPTOR_BYTES } from '../../base/colors/descriptor.ts';
import { labOf } from '../../base/colors/lab.ts';

/**
 * How much the colors of a photo are what is sought, from 0 to 1.
 *
 * @param bytes descriptors
 * @param at where that of the photo begins
 */
export type ColorMeasure = (bytes: Uint8Array, at: number) => number;

/** A color sought, and its share among those sought together. */
export interface ColorShare {
  /** `#rrggbb`. */
  readonly color: string;
  /** Above 0; relative to the others of the term. */
  readonly weight: number;
}

const HEX = /^#[0-9a-f]{6}$/i;

/** Whether a value from outside is a color as `#rrggbb`. */
export function isHexColor(value: unknown): value is string {
  return typeof value === 'string' && HEX.test(value);
}

/**
 * How alike the colors of two photos are: the Bhattacharyya coefficient of their shares,
 * Σ √(p·q), as for objects in Comaniciu, Ramesh and Meer (2003), which also weight the center more.
 * Levels are square roots of shares, so it is their cosine.
 */
export function likeColorsOf(descriptor: ColorDescriptor): ColorMeasure {
  const own = descriptor.slice();
  const ownSquare = squareOf(own, 0);
  return (bytes, at) => {
    let product = 0;
    for (let i = 0; i < DESCRIPTOR_BYTES; i++) {
      const one = own[i]!;
      const other = bytes[at + i]!;
      product += (one & 15) * (other & 15) + (one >> 4) * (other >> 4);
    }
    return product / Math.sqrt(ownSquare * squareOf(bytes, at));
  };
}

/** How far a color reaches (σ), as a difference of CIE94. */
const REACH = 7;
/** CIE94's weight of lightness for textiles: light and shadow. */
const LIGHTNESS_LENIENCE = 2;

/**
 * How much of a photo has certain colors, in the proportion sought: Σ √(t·m) over the colors, where
 * t is the share sought and m the share of the photo that looks like the color. For one color, that
 * is the square root of its share; of several, each counts the more the less there is of it.
 *
 * @param colors one to `MOST_TERM_COLORS`
 */
export function hasColors(colors: readonly ColorShare[]): ColorMeasure {
  const total = colors.reduce((sum, { weight }) => sum + weight, 0);
  const count = colors.length;
  const shares = Float64Array.from(colors, ({ weight }) => weight / total);
  // (CODEBOOK_SIZE × count), so that one pass over a descriptor measures all colors.
  const closeness = new Float64Array(CODEBOOK_SIZE * count);
  for (const [c, { color }] of colors.entries()) {
    for (const [i, close] of closenessTo(color).entries()) closeness[i * count + c] = close;
  }
  const found = new Float64Array(count);
  return (bytes, at) => {
    found.fill(0);
    let square = 0;
    for (let i = 0; i < CODEBOOK_SIZE; i++) {
      const byte = bytes[at + (i >> 1)]!;
      const level = i & 1 ? byte >> 4 : byte & 15;
      if (level === 0) continue;
      const area = level * level;
      square += area;
      for (let c = 0; c < count; c++) found[c]! += area * closeness[i * count + c]!;
    }
    let score = 0;
    for (let c = 0; c < count; c++)
      score += Math.sqrt(shares[c]! * Math.min(1, found[c]! / square));
    return Math.min(1, score);
  };
}

/**
 * (CODEBOOK_SIZE) how much each color of the codebook looks like a color, so that a photo all of
 * that color has 1 of it. Differences are those of CIE94 (CIE 116-1995), which for a vivid color
 * counts chroma less than hue: denim is blue.
 */
function closenessTo(color: string): Float64Array {
  const [l, a, b] = labOf(color);
  const chroma = Math.hypot(a, b);
  const closeness = Float64Array.from({ length: CODEBOOK_SIZE }, (_, i) => {
    const [otherL, otherA, otherB] = CODEBOOK.slice(3 * i, 3 * i + 3) as [number, number, number];
    const byChroma = chroma - Math.hypot(otherA, otherB);
    const byHue = Math.max(0, (a - otherA) ** 2 + (b - otherB) ** 2 - byChroma ** 2);
    const square =
      ((l - otherL) / LIGHTNESS_LENIENCE) ** 2 +
      (byChroma / (1 + 0.045 * chroma)) ** 2 +
      byHue / (1 + 0.015 * chroma) ** 2;
    return Math.exp(-square / (2 * REACH * REACH));
  });
  const shares = new Float64Array(CODEBOOK_SIZE);
  countColor(Float64Array.of(l, a, b), 1, shares);
  const all = shares.reduce((sum, share, i) => sum + share * closeness[i]!, 0);
  return closeness.map((each) => each / all);
}

/** Sum of the squared levels: the whole area. */
function squareOf(bytes: Uint8Array, at: number): number {
  let sum = 0;
  for (let i = at; i < at + DESCRIPTOR_BYTES; i++) {
    const low = bytes[i]! & 15;
    const high = bytes[i]! >> 4;
    sum += low * low + high * high;
  }
  return sum;
}
