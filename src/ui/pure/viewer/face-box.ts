import type { FaceBox } from '../../../protocol/index.ts';

/** Step of an arrow key, as a fraction of the picture. */
const STEP = 0.01;

/** How far each arrow key moves a box, or one of its corners. */
export const ARROW_STEPS: Readonly<Record<string, readonly [number, number]>> = {
  ArrowLeft: [-STEP, 0],
  ArrowRight: [STEP, 0],
  ArrowUp: [0, -STEP],
  ArrowDown: [0, STEP],
};

/** A point as fractions of a picture's width and height. */
export interface SharePoint {
  readonly x: number;
  readonly y: number;
}

/** Minimum side, as a fraction of the picture; smaller boxes are accidental. */
export const LEAST_SIDE = 0.01;

const clamp = (value: number, low: number, high: number) => Math.min(high, Math.max(low, value));

/** The box between two corners, clipped to the picture; `null` if too small to be intended. */
export function boxBetween(a: SharePoint, b: SharePoint): FaceBox | null {
  const left = clamp(Math.min(a.x, b.x), 0, 1);
  const top = clamp(Math.min(a.y, b.y), 0, 1);
  const width = clamp(Math.max(a.x, b.x), 0, 1) - left;
  const height = clamp(Math.max(a.y, b.y), 0, 1) - top;
  if (!(width >= LEAST_SIDE && height >= LEAST_SIDE)) return null;
  return { x: left, y: top, width, height };
}

/** Initial box in the middle: upright like a face, whatever the picture's shape. */
export function firstBox(aspect: number): FaceBox {
  const height = 0.3 * Math.min(1, aspect);
  const width = Math.min(0.9, (0.8 * height) / aspect);
  return { x: (1 - width) / 2, y: (1 - height) / 2, width, height };
}

/** The box moved, but kept inside the picture. */
export function movedBox(box: FaceBox, dx: number, dy: number): FaceBox {
  return {
    ...box,
    x: clamp(box.x + dx, 0, 1 - box.width),
    y: clamp(box.y + dy, 0, 1 - box.height),
  };
}

/** The box with its bottom right corner moved. */
export function resizedBox(box: FaceBox, dx: number, dy: number): FaceBox {
  return {
    ...box,
    width: clamp(box.width + dx, LEAST_SIDE, 1 - box.x),
    height: clamp(box.height + dy, LEAST_SIDE, 1 - box.y),
  };
}

/** CSS position of a box over its picture. */
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

/** Sorts boxes largest first, so that a small face in front of a large one can be hovered. */
export function largestFirst<T extends { readonly box: FaceBox }>(faces: readonly T[]): T[] {
  const area = ({ box }: T) => box.width * box.height;
  return faces.toSorted((a, b) => area(b) - area(a));
}
