/**
 * What several pictures show of themselves, the same part of each: the zoom, 1 for the whole, and
 * the point in the middle, in fractions of the picture's width and height.
 */
export interface CompareView {
  readonly zoom: number;
  readonly x: number;
  readonly y: number;
}

export const WHOLE: CompareView = { zoom: 1, x: 0.5, y: 0.5 };
export const MOST_ZOOM = 16;
/** Zoom levels below this snap back to the whole pictures. */
const SNAP = 1.02;

/** A place in a picture's frame, from its middle, in fractions of the picture that fits into it. */
export interface FramePoint {
  readonly x: number;
  readonly y: number;
}

const MIDDLE: FramePoint = { x: 0, y: 0 };

/** Zooms by a factor, so that the point of the picture at `at` stays, or moves to `to`. */
export function zoomedBy(
  { zoom, x, y }: CompareView,
  factor: number,
  at: FramePoint = MIDDLE,
  to: FramePoint = at,
): CompareView {
  const next = Math.min(MOST_ZOOM, zoom * factor);
  if (next < SNAP) return WHOLE;
  return within({
    zoom: next,
    x: x + at.x / zoom - to.x / next,
    y: y + at.y / zoom - to.y / next,
  });
}

/** Moves the pictures by a way in the frame. */
export function pannedBy({ zoom, x, y }: CompareView, by: FramePoint): CompareView {
  return within({ zoom, x: x - by.x / zoom, y: y - by.y / zoom });
}

/** Keeps the frames filled, as far as the whole pictures fill them. */
function within({ zoom, x, y }: CompareView): CompareView {
  const half = 0.5 / zoom;
  const inside = (value: number) => Math.min(1 - half, Math.max(half, value));
  return { zoom, x: inside(x), y: inside(y) };
}

/** The transform that shows it of a picture which fits into its frame, from the middle. */
export function transformOf({ zoom, x, y }: CompareView): string {
  return `translate(${(0.5 - x) * zoom * 100}%, ${(0.5 - y) * zoom * 100}%) scale(${zoom})`;
}
