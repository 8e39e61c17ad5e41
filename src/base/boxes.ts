import { isRecord } from './isRecord.ts';

/** An axis-aligned rectangle; `x`, `y` is its upper left corner. */
export interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** Boxes in a photo with a higher `iou` are the same face. */
export const SAME_FACE_IOU = 0.5;

/** Rounding errors of boxes computed from pixels. */
const SLACK = 1e-6;

/**
 * Whether a value is a box with an area, no part of which is outside its picture, in fractions of
 * the picture's width and height.
 */
export function isBoxInside(value: unknown): value is Box {
  if (!isRecord(value)) return false;
  const { x, y, width, height } = value;
  const fits = (from: unknown, length: unknown): boolean =>
    Number.isFinite(from) &&
    Number.isFinite(length) &&
    (from as number) >= -SLACK &&
    (length as number) > 0 &&
    (from as number) + (length as number) <= 1 + SLACK;
  return fits(x, width) && fits(y, height);
}

export const areaOf = ({ width, height }: Box): number => width * height;

/** Area of the intersection. */
export function intersection(a: Box, b: Box): number {
  const width = Math.min(a.x + a.width, b.x + b.width) - Math.max(a.x, b.x);
  const height = Math.min(a.y + a.height, b.y + b.height) - Math.max(a.y, b.y);
  return width > 0 && height > 0 ? width * height : 0;
}

/** Intersection over union, in [0, 1]; 0 for boxes without area. */
export function iou(a: Box, b: Box): number {
  const shared = intersection(a, b);
  return shared === 0 ? 0 : shared / (areaOf(a) + areaOf(b) - shared);
}
