import {
  between,
  fitted,
  type Insets,
  kept,
  type Pixels,
  panned,
  type Rect,
  toCanvas,
  toMap,
  type View,
  zoomed,
} from '../pure/view.ts';

const FLIGHT_MS = 320;
/** How far inside the view a photo is brought, in CSS pixels. */
const EDGE = 60;

/** The view of the map as it moves, and the canvas it is seen on. */
export class Viewpoint {
  readonly #bounds: Rect;
  readonly #onMove: () => void;
  #size: Pixels = [1, 1];
  #insets: Insets = { top: 0, right: 0, bottom: 0, left: 0 };
  #view: View = { x: 0.5, y: 0.5, scale: 1 };
  #flight: { readonly from: View; readonly to: View; readonly start: number } | null = null;

  /** @param bounds what of the map has photos */
  constructor(bounds: Rect, onMove: () => void) {
    this.#bounds = bounds;
    this.#onMove = onMove;
  }

  get view(): View {
    return this.#view;
  }

  /** Of the canvas, in CSS pixels. */
  get size(): Pixels {
    return this.#size;
  }

  /** The view that shows the whole map. */
  get fitView(): View {
    return fitted(this.#bounds, this.#size, this.#insets);
  }

  get fit(): number {
    return this.fitView.scale;
  }

  setView(view: View): void {
    this.#flight = null;
    this.#view = kept(view, this.#bounds);
    this.#onMove();
  }

  /** Moves to a view within a moment, or at once with reduced motion. */
  flyTo(view: View): void {
    if (isStill()) {
      this.setView(view);
      return;
    }
    this.#flight = { from: this.#view, to: kept(view, this.#bounds), start: performance.now() };
    this.#onMove();
  }

  /** Shows a part of the map, no larger than at `closest`. */
  show(rect: Rect, closest: number): void {
    const view = fitted(rect, this.#size, this.#insets);
    if (view.scale <= closest) this.flyTo(view);
    else {
      const middle = { x: (rect.x0 + rect.x1) / 2, y: (rect.y0 + rect.y1) / 2 };
      const point = { x0: middle.x, x1: middle.x, y0: middle.y, y1: middle.y };
      const near = fitted(point, this.#size, this.#insets);
      const factor = near.scale / closest;
      // Where the panels leave room is off the center, by the same pixels at any scale.
      this.flyTo({
        x: middle.x + (near.x - middle.x) * factor,
        y: middle.y + (near.y - middle.y) * factor,
        scale: closest,
      });
    }
  }

  pan(dx: number, dy: number): void {
    this.setView(panned(this.#view, dx, dy));
  }

  /** Magnifies around a place of the canvas. */
  zoom(at: Pixels, factor: number): void {
    this.setView(zoomed(this.#view, this.#size, at, factor, this.fit));
  }

  /** Magnifies around the middle, within a moment. */
  zoomStep(factor: number): void {
    const [width, height] = this.#size;
    const from = this.#flight?.to ?? this.#view;
    this.flyTo(zoomed(from, this.#size, [width / 2, height / 2], factor, this.fit));
  }

  /** Moves the view if a place of the map isn't well inside it. */
  reveal(x: number, y: number): void {
    const view = this.#flight?.to ?? this.#view;
    const [px, py] = toCanvas(view, this.#size, x, y);
    const [width, height] = this.#size;
    const { top, right, bottom, left } = this.#insets;
    const beyond = (at: number, from: number, to: number) =>
      at < from ? from - at : at > to ? to - at : 0;
    const dx = beyond(px, left + EDGE, width - right - EDGE);
    const dy = beyond(py, top + EDGE, height - bottom - EDGE);
    if (dx !== 0 || dy !== 0) this.flyTo(panned(view, dx, dy));
  }

  resize(size: Pixels, insets: Insets): void {
    // The left top corner stays where it is, since that is where the canvas stays.
    const [dx, dy] = [(size[0] - this.#size[0]) / 2, (size[1] - this.#size[1]) / 2];
    this.#view = panned(this.#view, -dx, -dy);
    if (this.#flight) this.#flight = { ...this.#flight, to: panned(this.#flight.to, -dx, -dy) };
    this.#size = size;
    this.#insets = insets;
  }

  /** Goes on with a flight; returns whether it has not ended yet. */
  step(now: number): boolean {
    if (!this.#flight) return false;
    const { from, to, start } = this.#flight;
    const share = Math.max(0, Math.min(1, (now - start) / FLIGHT_MS));
    this.#view = between(from, to, 1 - (1 - share) ** 3);
    if (share === 1) this.#flight = null;
    return true;
  }

  /** Where a place of the map is on the canvas. */
  toCanvas(x: number, y: number): Pixels {
    return toCanvas(this.#view, this.#size, x, y);
  }

  /** The place of the map under a place of the canvas. */
  toMap(at: Pixels): Pixels {
    return toMap(this.#view, this.#size, at);
  }
}

/** Whether the user asked for reduced motion. */
export function isStill(): boolean {
  return matchMedia('(prefers-reduced-motion: reduce)').matches;
}
