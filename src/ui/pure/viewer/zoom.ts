import { isLong, shownAspect } from '../gallery/justify.ts';

/** How a picture fits: pixels of the picture, and CSS pixels on the page. */
export interface Fit {
  /** Pixels of the picture. */
  readonly width: number;
  readonly height: number;
  /** Width at which it is shown whole, in CSS pixels. */
  readonly fitWidth: number;
  /** The room that a zoomed picture has, in CSS pixels. */
  readonly roomWidth: number;
  readonly roomHeight: number;
  /** Device pixels per CSS pixel. */
  readonly dpr: number;
}

/** Small pictures are enlarged to this at most: beyond it they look worse than they are. */
export const MOST_ENLARGED = 2;
/** What a click enlarges at least, where there are no more pixels to see. */
const CLICK = 2;
/** Beyond one to one, nobody needs more than this. */
const BEYOND_ONE_TO_ONE = 4;

/** The zoom at which a pixel of the picture is a pixel of the screen. */
function oneToOne({ width, fitWidth, dpr }: Fit): number {
  return width / (fitWidth * dpr);
}

/**
 * The zoom that a click leads to: 100 %, or twice the size where that is less. A panorama or a long
 * screenshot is made to fill the shorter side of the room instead, and stays whole across it.
 */
export function clickZoom(fit: Fit): number {
  if (!(fit.fitWidth > 0)) return CLICK;
  const one = oneToOne(fit);
  if (!isLong(fit)) return Math.max(CLICK, one);
  const aspect = fit.width / fit.height;
  const across =
    aspect > 1 ? fit.roomHeight / (fit.fitWidth / aspect) : fit.roomWidth / fit.fitWidth;
  // In a grid it would be this much larger.
  const tile = Math.max(aspect / shownAspect(aspect), shownAspect(aspect) / aspect);
  const enlarged = (MOST_ENLARGED * fit.width) / fit.fitWidth;
  return Math.max(1, Math.min(across, Math.max(one, Math.min(tile, enlarged))));
}

/** The largest zoom. */
export function mostZoom(fit: Fit): number {
  if (!(fit.fitWidth > 0)) return BEYOND_ONE_TO_ONE;
  return Math.max(clickZoom(fit), BEYOND_ONE_TO_ONE, oneToOne(fit) * BEYOND_ONE_TO_ONE);
}

/** What the wheel says. */
export interface Wheel {
  readonly deltaX: number;
  readonly deltaY: number;
  readonly deltaMode: number;
  readonly ctrlKey: boolean;
}

/** Pixels that a notch of a wheel is at least; fingers on a trackpad move by fewer at a time. */
const NOTCH = 100;
const PER_NOTCH = 1.25;
/** Trackpads report a pinch as a wheel with Ctrl; this follows the fingers. */
const PER_PINCHED_PIXEL = 0.01;

/** Whether a wheel with notches turned, and not fingers on a trackpad, which move a picture. */
export function isNotch({ deltaX, deltaY, deltaMode }: Wheel): boolean {
  return deltaX === 0 && deltaY !== 0 && (deltaMode !== 0 || Math.abs(deltaY) >= NOTCH);
}

/** By how much a turn of the wheel, or a pinch on a trackpad, enlarges. */
export function wheelFactor(wheel: Wheel): number {
  if (isNotch(wheel)) return wheel.deltaY < 0 ? PER_NOTCH : 1 / PER_NOTCH;
  return Math.exp(-PER_PINCHED_PIXEL * wheel.deltaY);
}
