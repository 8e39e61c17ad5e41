import { CODEBOOK, CODEBOOK_SIZE, LIGHTNESS_WEIGHT } from '../../base/colors/codebook.ts';
import { type ColorDescriptor, encodeColors } from '../../base/colors/descriptor.ts';
import { toLab } from '../../base/colors/lab.ts';

/** The middle half in each direction. */
const CENTRAL_FROM = 0.25;
const CENTRAL_TO = 0.75;
const CENTRAL_WEIGHT = 2;
/** Colors of the codebook that share a pixel, and by how far from it their share falls (σ). */
const NEAREST = 4;
const SPREAD = 8;

// Reused, since a descriptor is computed without an await.
const lab = new Float64Array(3);
const shares = new Float64Array(CODEBOOK_SIZE);
/** (NEAREST) squared distances of the nearest colors, ascending, and which they are. */
const nearest = new Float64Array(NEAREST);
const places = new Uint8Array(NEAREST);
const portions = new Float64Array(NEAREST);

/**
 * The color descriptor of a picture: a histogram over the codebook in which each pixel is shared
 * among its nearest colors, so that a slightly different light gives slightly different counts.
 *
 * @param rgba `width · height · 4` bytes, opaque, sRGB; at least one pixel
 */
export function colorsOfPixels(
  rgba: Uint8ClampedArray,
  width: number,
  height: number,
): ColorDescriptor {
  shares.fill(0);
  for (let y = 0, at = 0; y < height; y++) {
    const isMiddle = isCentral(y, height);
    for (let x = 0; x < width; x++, at += 4) {
      toLab(rgba[at]!, rgba[at + 1]!, rgba[at + 2]!, lab, 0);
      count(isMiddle && isCentral(x, width) ? CENTRAL_WEIGHT : 1);
    }
  }
  return encodeColors(shares);
}

function isCentral(at: number, length: number): boolean {
  const middle = (at + 0.5) / length;
  return middle >= CENTRAL_FROM && middle < CENTRAL_TO;
}

/** Adds the pixel in `lab` to the shares of its nearest colors. */
function count(weight: number): void {
  nearest.fill(Infinity);
  for (let i = 0; i < CODEBOOK_SIZE; i++) {
    const l = lab[0]! - CODEBOOK[3 * i]!;
    const a = lab[1]! - CODEBOOK[3 * i + 1]!;
    const b = lab[2]! - CODEBOOK[3 * i + 2]!;
    const distance = LIGHTNESS_WEIGHT * l * l + a * a + b * b;
    if (distance >= nearest[NEAREST - 1]!) continue;
    let to = NEAREST - 1;
    for (; to > 0 && distance < nearest[to - 1]!; to--) {
      nearest[to] = nearest[to - 1]!;
      places[to] = places[to - 1]!;
    }
    nearest[to] = distance;
    places[to] = i;
  }
  let sum = 0;
  for (let i = 0; i < NEAREST; i++) {
    portions[i] = Math.exp((nearest[0]! - nearest[i]!) / (2 * SPREAD * SPREAD));
    sum += portions[i]!;
  }
  for (let i = 0; i < NEAREST; i++) shares[places[i]!]! += (weight * portions[i]!) / sum;
}
