import { CODEBOOK, CODEBOOK_SIZE, LIGHTNESS_WEIGHT } from '../../base/colors/codebook.ts';
import { type ColorDescriptor, DESCRIPTOR_BYTES } from '../../base/colors/descriptor.ts';
import { toLab } from '../../base/colors/lab.ts';

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

/** Colors in one term. */
export const MOST_COLORS = 3;
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

/**
 * How far a color reaches (σ), in units of L*a*b*, with lightness as in the codebook: a named color
 * has lighter and darker shades.
 */
const REACH = 18;

/**
 * How much of a photo has certain colors, in the proportion sought: Σ √(t·m) over the colors, where
 * t is the share sought and m the share of the photo that looks like the color. For one color, that
 * is the square root of its share; of several, each counts the more the less there is of it.
 *
 * @param colors one to `MOST_COLORS`
 */
export function hasColors(colors: readonly ColorShare[]): ColorMeasure {
  const total = colors.reduce((sum, { weight }) => sum + weight, 0);
  const sought = colors.map(({ color, weight }) => ({
    share: weight / total,
    closeness: closenessTo(color),
  }));
  return (bytes, at) => {
    const square = squareOf(bytes, at);
    let score = 0;
    for (let c = 0; c < sought.length; c++) {
      const { share, closeness } = sought[c]!;
      let found = 0;
      for (let i = 0; i < DESCRIPTOR_BYTES; i++) {
        const byte = bytes[at + i]!;
        const low = byte & 15;
        const high = byte >> 4;
        found += low * low * closeness[2 * i]! + high * high * closeness[2 * i + 1]!;
      }
      score += Math.sqrt((share * found) / square);
    }
    return Math.min(1, score);
  };
}

/** (CODEBOOK_SIZE) how much each color of the codebook looks like a color, from 0 to 1. */
function closenessTo(color: string): Float64Array {
  const lab = new Float64Array(3);
  const rgb = Number.parseInt(color.slice(1), 16);
  toLab(rgb >> 16, (rgb >> 8) & 255, rgb & 255, lab, 0);
  return Float64Array.from({ length: CODEBOOK_SIZE }, (_, i) => {
    const l = lab[0]! - CODEBOOK[3 * i]!;
    const a = lab[1]! - CODEBOOK[3 * i + 1]!;
    const b = lab[2]! - CODEBOOK[3 * i + 2]!;
    return Math.exp(-(LIGHTNESS_WEIGHT * l * l + a * a + b * b) / (2 * REACH * REACH));
  });
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
