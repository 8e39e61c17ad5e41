import { CODEBOOK, CODEBOOK_SIZE, LIGHTNESS_WEIGHT } from './codebook.ts';
import type { ColorDescriptor } from './descriptor.ts';
import { hexOf, type Lab } from './lab.ts';

/** A color, `#rrggbb`, and how much of a photo it covers: above 0, up to 1. */
export interface MainColor {
  readonly color: string;
  readonly weight: number;
}

/** Colors of the codebook within this distance of a main color are shades of it. */
const SHADE = 26;
/** Smaller parts of a photo are no main color of it. */
const LEAST = 0.06;

/**
 * The main colors of a photo, largest first: again and again, the color that covers most of what is
 * left, with its shades.
 */
export function mainColors(descriptor: ColorDescriptor, most: number): readonly MainColor[] {
  const left = Float64Array.from({ length: CODEBOOK_SIZE }, (_, i) => {
    const level = i & 1 ? descriptor[i >> 1]! >> 4 : descriptor[i >> 1]! & 15;
    return level * level;
  });
  const total = left.reduce((sum, share) => sum + share, 0);
  const colors: MainColor[] = [];
  while (colors.length < most) {
    const largest = left.indexOf(Math.max(...left));
    let weight = 0;
    const mean = [0, 0, 0];
    for (let i = 0; i < CODEBOOK_SIZE; i++) {
      const share = left[i]!;
      if (share === 0 || distance(i, largest) > SHADE) continue;
      weight += share;
      for (let k = 0; k < 3; k++) mean[k]! += share * CODEBOOK[3 * i + k]!;
      left[i] = 0;
    }
    if (weight < LEAST * total) break;
    const lab = mean.map((sum) => sum / weight) as unknown as Lab;
    colors.push({ color: hexOf(lab), weight: weight / total });
  }
  return colors.sort((a, b) => b.weight - a.weight);
}

function distance(i: number, j: number): number {
  const l = CODEBOOK[3 * i]! - CODEBOOK[3 * j]!;
  const a = CODEBOOK[3 * i + 1]! - CODEBOOK[3 * j + 1]!;
  const b = CODEBOOK[3 * i + 2]! - CODEBOOK[3 * j + 2]!;
  return Math.sqrt(LIGHTNESS_WEIGHT * l * l + a * a + b * b);
}
