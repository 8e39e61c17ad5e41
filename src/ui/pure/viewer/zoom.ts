import { isLong, shownAspect } from '../gallery/justify.ts';

/** How a picture fits the page: image pixels and CSS pixels. */
export interface Fit {
  /** In image pixels. */
  readonly width: number;
  readonly height: number;
  /** Width at which the whole picture fits, in CSS pixels. */
  readonly fitWidth: number;
  /** Space available to a zoomed picture, in CSS pixels. */
  readonly roomWidth: number;
  readonly roomHeight: number;
  /** Device pixels per CSS pixel. */
  readonly dpr: number;
}

/** Maximum enlargement of small pictures; beyond it they look bad. */
export const MOST_ENLARGED = 2;
/** Minimum zoom of a click, where there are no more pixels to show. */
const CLICK = 2;
/** Maximum zoom relative to 100 %. */
const BEYOND_ONE_TO_ONE = 4;

/** The zoom at which one image pixel covers one device pixel. */
function oneToOne({ width, fitWidth, dpr }: Fit): number {
  return width / (fitWidth * dpr);
}

/**
 * Zoom level after a click: 100 %, but at least twice the fitted size. Panoramas and long
 * screenshots fill the shorter side of the available space instead.
 */
export function clickZoom(fit: Fit): number {
  if (!(fit.fitWidth > 0)) return CLICK;
  const one = oneToOne(fit);
  if (!isLong(fit)) return Math.max(CLICK, one);
  const aspect = fit.width / fit.height;
  const across =
    aspect > 1 ? fit.roomHeight / (fit.fitWidth / aspect) : fit.roomWidth / fit.fitWidth;
  // Enlargement that a grid tile, which crops it, would show it at.
  const tile = Math.max(aspect / shownAspect(aspect), shownAspect(aspect) / aspect);
  const enlarged = (MOST_ENLARGED * fit.width) / fit.fitWidth;
  return Math.max(1, Math.min(across, Math.max(one, Math.min(tile, enlarged))));
}

/** The maximum zoom. */
export function mostZoom(fit: Fit): number {
  if (!(fit.fitWidth > 0)) return BEYOND_ONE_TO_ONE;
  return Math.max(clickZoom(fit), BEYOND_ONE_TO_ONE, oneToOne(fit) * BEYOND_ONE_TO_ONE);
}

/** The part of a `WheelEvent` that zooming uses. */
export interface Wheel {
  readonly deltaX: number;
  readonly deltaY: number;
  readonly deltaMode: number;
  readonly ctrlKey: boolean;
}

/** Minimum delta of a wheel notch, in pixels; trackpads report smaller steps. */
const NOTCH = 100;
const PER_NOTCH = 1.25;
/** Trackpads report a pinch as a wheel event with Ctrl; this factor follows the fingers. */
const PER_PINCHED_PIXEL = 0.01;

/** Whether the event comes from a notched wheel and not from a trackpad, which pans. */
export function isNotch({ deltaX, deltaY, deltaMode }: Wheel): boolean {
  return deltaX === 0 && deltaY !== 0 && (deltaMode !== 0 || Math.abs(deltaY) >= NOTCH);
}

/** Zoom factor of a wheel event or trackpad pinch. */
export function wheelFactor(wheel: Wheel): number {
  if (isNotch(wheel)) return wheel.deltaY < 0 ? PER_NOTCH : 1 / PER_NOTCH;
  return Math.exp(-PER_PINCHED_PIXEL * wheel.deltaY);
}
