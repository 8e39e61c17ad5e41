/**
 * What part of the map is seen: the map point at the canvas's center, and CSS pixels per map unit.
 * Map coordinates are in [0, 1], canvas coordinates CSS pixels; y points down in both.
 */
export interface View {
  readonly x: number;
  readonly y: number;
  readonly scale: number;
}

/** A canvas's size or a position on it, in CSS pixels. */
export type Pixels = readonly [number, number];

/** Space that panels take at the sides of the canvas, in CSS pixels. */
export interface Insets {
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
  readonly left: number;
}

/** A rectangle of the map, or of the canvas. */
export interface Rect {
  readonly x0: number;
  readonly y0: number;
  readonly x1: number;
  readonly y1: number;
}

/** The view is never smaller than this share of the one that shows all. */
export const LEAST_ZOOM = 0.5;
const MOST_ZOOM = 400;

/** From the map to the canvas. */
export function toCanvas(view: View, [width, height]: Pixels, x: number, y: number): Pixels {
  return [width / 2 + (x - view.x) * view.scale, height / 2 + (y - view.y) * view.scale];
}

/** From the canvas to the map; the inverse of `toCanvas`. */
export function toMap(view: View, [width, height]: Pixels, [px, py]: Pixels): [number, number] {
  return [view.x + (px - width / 2) / view.scale, view.y + (py - height / 2) / view.scale];
}

/** A rectangle of the map as large as possible, and in the middle of what `insets` leave free. */
export function fitted(rect: Rect, [width, height]: Pixels, insets: Insets): View {
  const free = {
    width: Math.max(1, width - insets.left - insets.right),
    height: Math.max(1, height - insets.top - insets.bottom),
  };
  // A single photo has no extent.
  const scale = Math.min(
    free.width / Math.max(1e-3, rect.x1 - rect.x0),
    free.height / Math.max(1e-3, rect.y1 - rect.y0),
  );
  const middle: Pixels = [insets.left + free.width / 2, insets.top + free.height / 2];
  return {
    x: (rect.x0 + rect.x1) / 2 - (middle[0] - width / 2) / scale,
    y: (rect.y0 + rect.y1) / 2 - (middle[1] - height / 2) / scale,
    scale,
  };
}

/** Moved with the pointer by `dx` and `dy` CSS pixels. */
export function panned(view: View, dx: number, dy: number): View {
  return { ...view, x: view.x - dx / view.scale, y: view.y - dy / view.scale };
}

/**
 * Magnified by `factor`; the map point at `at` stays where it is.
 *
 * @param fit scale of the view that shows all, which limits the zoom
 */
export function zoomed(view: View, size: Pixels, at: Pixels, factor: number, fit: number): View {
  const scale = Math.min(MOST_ZOOM * fit, Math.max(LEAST_ZOOM * fit, view.scale * factor));
  const [x, y] = toMap(view, size, at);
  const ratio = view.scale / scale;
  return { x: x + (view.x - x) * ratio, y: y + (view.y - y) * ratio, scale };
}

/** Part of the way from one view to another, at a constant rate of zoom; `share` in [0, 1]. */
export function between(from: View, to: View, share: number): View {
  if (share >= 1) return to;
  const scale = from.scale * (to.scale / from.scale) ** share;
  // What is common to both views keeps its place on the screen.
  const moved =
    Math.abs(1 / to.scale - 1 / from.scale) < 1e-9
      ? share
      : (1 / scale - 1 / from.scale) / (1 / to.scale - 1 / from.scale);
  return {
    x: from.x + (to.x - from.x) * moved,
    y: from.y + (to.y - from.y) * moved,
    scale,
  };
}

/** The part of the map that is seen, and `margin` CSS pixels around it. */
export function seen(view: View, [width, height]: Pixels, margin = 0): Rect {
  const dx = (width / 2 + margin) / view.scale;
  const dy = (height / 2 + margin) / view.scale;
  return { x0: view.x - dx, y0: view.y - dy, x1: view.x + dx, y1: view.y + dy };
}

/** Moved so far that at least the middle of the view lies on the map, and never NaN. */
export function kept(view: View, rect: Rect): View {
  const clamp = (value: number, from: number, to: number) =>
    Number.isFinite(value) ? Math.min(to, Math.max(from, value)) : (from + to) / 2;
  return {
    x: clamp(view.x, rect.x0, rect.x1),
    y: clamp(view.y, rect.y0, rect.y1),
    scale: view.scale,
  };
}

/** The smallest rectangle around some points; the whole map if there are none. */
export function boundsOf(positions: Float32Array, indexes?: ArrayLike<number>): Rect {
  let [x0, y0, x1, y1] = [1, 1, 0, 0];
  const count = indexes?.length ?? positions.length / 2;
  if (count === 0) return { x0: 0, y0: 0, x1: 1, y1: 1 };
  for (let k = 0; k < count; k++) {
    const i = indexes ? indexes[k]! : k;
    const x = positions[2 * i]!;
    const y = positions[2 * i + 1]!;
    if (x < x0) x0 = x;
    if (x > x1) x1 = x;
    if (y < y0) y0 = y;
    if (y > y1) y1 = y;
  }
  return { x0, y0, x1, y1 };
}
