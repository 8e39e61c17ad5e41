import { CODEBOOK_SIZE } from '../../base/colors/codebook.ts';
import { countColor } from '../../base/colors/countColor.ts';
import { type ColorDescriptor, encodeColors } from '../../base/colors/descriptor.ts';
import { toLab } from '../../base/colors/lab.ts';

/** The middle half in each direction. */
const CENTRAL_FROM = 0.25;
const CENTRAL_TO = 0.75;
const CENTRAL_WEIGHT = 2;

// Reused, since a descriptor is computed without an await.
const lab = new Float64Array(3);
const shares = new Float64Array(CODEBOOK_SIZE);

/**
 * The color descriptor of a picture: the shares of its area that the codebook’s colors cover.
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
      countColor(lab, isMiddle && isCentral(x, width) ? CENTRAL_WEIGHT : 1, shares);
    }
  }
  return encodeColors(shares);
}

function isCentral(at: number, length: number): boolean {
  const middle = (at + 0.5) / length;
  return middle >= CENTRAL_FROM && middle < CENTRAL_TO;
}
