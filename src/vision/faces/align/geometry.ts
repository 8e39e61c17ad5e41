import type { Box } from '../../../base/boxes.ts';
import { areaOf, intersection } from '../../../base/boxes.ts';

/** A point in a picture: x to the right, y down. */
export interface Point {
  readonly x: number;
  readonly y: number;
}

export const centreOf = ({ x, y, width, height }: Box): Point => ({
  x: x + width / 2,
  y: y + height / 2,
});

export const middle = (a: Point, b: Point): Point => ({ x: (a.x + b.x) / 2, y: (a.y + b.y) / 2 });

/** Share of the smaller box that lies in the other, in [0, 1]. */
export function overlapOfSmaller(a: Box, b: Box): number {
  const shared = intersection(a, b);
  return shared === 0 ? 0 : shared / Math.min(areaOf(a), areaOf(b));
}

/** The bounding box of some points. */
export function boundsOf(points: readonly Point[]): Box {
  let [left, top, right, bottom] = [Infinity, Infinity, -Infinity, -Infinity];
  for (const { x, y } of points) {
    left = Math.min(left, x);
    top = Math.min(top, y);
    right = Math.max(right, x);
    bottom = Math.max(bottom, y);
  }
  return { x: left, y: top, width: right - left, height: bottom - top };
}

/**
 * Converts a box to fractions of a picture's sides, clipped to the picture: within [0, 1], with
 * sides of 0 if it lies outside.
 *
 * @param width of the picture, in the box's unit
 */
export function normalise(box: Box, width: number, height: number): Box {
  const share = (value: number, side: number) => Math.min(1, Math.max(0, value / side));
  const [x, y] = [share(box.x, width), share(box.y, height)];
  return {
    x,
    y,
    width: share(box.x + box.width, width) - x,
    height: share(box.y + box.height, height) - y,
  };
}
