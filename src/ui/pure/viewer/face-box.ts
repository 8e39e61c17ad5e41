import type { FaceBox } from '../../../protocol/index.ts';

/** A place in shares of a picture's width and height. */
export interface SharePoint {
  readonly x: number;
  readonly y: number;
}

/** Smaller than this share of a side nobody draws on purpose. */
export const LEAST_SIDE = 0.01;

const clamp = (value: number, low: number, high: number) => Math.min(high, Math.max(low, value));

/** The box between two corners, inside the picture; `null` where it is too small to be meant. */
export function boxBetween(a: SharePoint, b: SharePoint): FaceBox | null {
  const left = clamp(Math.min(a.x, b.x), 0, 1);
  const top = clamp(Math.min(a.y, b.y), 0, 1);
  const width = clamp(Math.max(a.x, b.x), 0, 1) - left;
  const height = clamp(Math.max(a.y, b.y), 0, 1) - top;
  if (!(width >= LEAST_SIDE && height >= LEAST_SIDE)) return null;
  return { x: left, y: top, width, height };
}

/** A box in the middle to begin with: upright, as faces are, whatever the picture's shape. */
export function firstBox(aspect: number): FaceBox {
  const height = 0.3 * Math.min(1, aspect);
  const width = Math.min(0.9, (0.8 * height) / aspect);
  return { x: (1 - width) / 2, y: (1 - height) / 2, width, height };
}

/** The box moved, as far as the picture goes. */
export function movedBox(box: FaceBox, dx: number, dy: number): FaceBox {
  return {
    ...box,
    x: clamp(box.x + dx, 0, 1 - box.width),
    y: clamp(box.y + dy, 0, 1 - box.height),
  };
}

/** The box with its lower right corner moved. */
export function resizedBox(box: FaceBox, dx: number, dy: number): FaceBox {
  return {
    ...box,
    width: clamp(box.width + dx, LEAST_SIDE, 1 - box.x),
    height: clamp(box.height + dy, LEAST_SIDE, 1 - box.y),
  };
}

/** Where a box is over its picture, for CSS. */
export function boxStyle(box: FaceBox): {
  left: string;
  top: string;
  width: string;
  height: string;
} {
  const share = (value: number) => `${100 * clamp(value, 0, 1)}%`;
  return {
    left: share(box.x),
    top: share(box.y),
    width: share(box.width),
    height: share(box.height),
  };
}

/** The boxes with the smallest last, so that a face before another one can be pointed at. */
export function largestFirst<T extends { readonly box: FaceBox }>(faces: readonly T[]): T[] {
  const area = ({ box }: T) => box.width * box.height;
  return faces.toSorted((a, b) => area(b) - area(a));
}
