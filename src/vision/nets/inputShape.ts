import type { NetInputSpec } from './spec.ts';

/** A net's input size, and the part of the picture drawn to it, in pixels. */
export interface InputShape {
  readonly width: number;
  readonly height: number;
  /** In pixels of the picture. */
  readonly left: number;
  readonly top: number;
  readonly sourceWidth: number;
  readonly sourceHeight: number;
}

/** A picture this close to a shape's aspect ratio is stretched to it: 1,000 × 751 is 4 to 3. */
const NEARLY = 1.01;

/**
 * Computes a net's view of a picture. If the aspect ratio is preserved, the shape is the longest
 * that the picture fills; both ends of the long side are cropped. So there are at most five shapes,
 * each of which needs its own GPU programs.
 *
 * @param width of the picture as seen, in pixels; likewise `height`
 */
export function inputShape(
  width: number,
  height: number,
  { side, aspect, longSides }: Pick<NetInputSpec, 'side' | 'aspect' | 'longSides'>,
): InputShape {
  if (aspect === 'squash') {
    return { width: side, height: side, left: 0, top: 0, sourceWidth: width, sourceHeight: height };
  }
  const short = Math.min(width, height);
  const long = Math.max(width, height);
  const shapes = aspect === 'keep' ? longSides : [side];
  let longSide = side;
  for (const each of shapes) if (each / side <= (long / short) * NEARLY) longSide = each;
  const shown = Math.min(long, (short * longSide) / side);
  const lies = width >= height;
  return {
    width: lies ? longSide : side,
    height: lies ? side : longSide,
    left: lies ? (long - shown) / 2 : 0,
    top: lies ? 0 : (long - shown) / 2,
    sourceWidth: lies ? shown : short,
    sourceHeight: lies ? short : shown,
  };
}
