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
/** So are groups of colors whose means are this close: a color may lie between two of the codebook. */
const SAME = 32;
/** Smaller parts of a photo are no main color of it. */
const LEAST = 0.06;

interface Group {
  /** (3) The sum of its colors, L*, a* and b*, by their shares. */
  readonly sum: [number, number, number];
  weight: number;
}

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
  const groups: Group[] = [];
  for (;;) {
    const next = takeLargest(left);
    if (next.weight === 0 || next.weight < LEAST * total) break;
    const same = groups.find((group) => distance(meanOf(group), meanOf(next)) <= SAME);
    if (same) {
      same.weight += next.weight;
      for (let k = 0; k < 3; k++) same.sum[k]! += next.sum[k]!;
    } else if (groups.length < most) {
      groups.push(next);
    } else break;
  }
  return groups
    .map((group) => ({ color: hexOf(meanOf(group)), weight: group.weight / total }))
    .sort((a, b) => b.weight - a.weight);
}

/** Takes the color of the largest share, with its shades, out of `left`. */
function takeLargest(left: Float64Array): Group {
  const largest = left.indexOf(Math.max(...left));
  const group: Group = { sum: [0, 0, 0], weight: 0 };
  for (let i = 0; i < CODEBOOK_SIZE; i++) {
    const share = left[i]!;
    if (share === 0 || distance(labAt(i), labAt(largest)) > SHADE) continue;
    group.weight += share;
    for (const [k, value] of labAt(i).entries()) group.sum[k]! += share * value;
    left[i] = 0;
  }
  return group;
}

const meanOf = ({ sum, weight }: Group): Lab => [sum[0] / weight, sum[1] / weight, sum[2] / weight];

const labAt = (i: number): Lab => [CODEBOOK[3 * i]!, CODEBOOK[3 * i + 1]!, CODEBOOK[3 * i + 2]!];

function distance(one: Lab, other: Lab): number {
  const [l, a, b] = [one[0] - other[0], one[1] - other[1], one[2] - other[2]];
  return Math.sqrt(LIGHTNESS_WEIGHT * l * l + a * a + b * b);
}
