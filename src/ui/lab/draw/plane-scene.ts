import type { LabSample } from '../../../protocol/index.ts';

/** Colors of a drawing, resolved for the theme. */
export interface DrawColors {
  readonly text: string;
  readonly muted: string;
  readonly line: string;
  readonly accent: string;
  readonly soft: string;
  readonly missed: string;
  readonly surface: string;
}

/**
 * Reads the colors of a drawing from its style sheet. Canvas doesn't know `light-dark()`, so they
 * are set as properties that resolve it: see `.lab-canvas`.
 */
export function drawColors(canvas: HTMLCanvasElement): DrawColors {
  const style = getComputedStyle(canvas);
  return {
    text: style.color,
    muted: style.caretColor,
    line: style.columnRuleColor,
    accent: style.outlineColor,
    soft: style.textDecorationColor,
    missed: style.textEmphasisColor || style.color,
    surface: style.backgroundColor,
  };
}

/** From the plane of the sample to the pixels of a drawing, with equal scales and y up. */
export interface PlaneView {
  readonly width: number;
  readonly height: number;
  readonly x: (u: number) => number;
  readonly y: (v: number) => number;
  /** The plane's rectangle that is seen: u and v of two corners, the lower first. */
  readonly seen: readonly [u0: number, v0: number, u1: number, v1: number];
}

/** Share of a drawing left free at each edge. */
const MARGIN = 0.06;

export function planeView(
  plane: Float32Array,
  { width, height }: { readonly width: number; readonly height: number },
): PlaneView {
  let [u0, v0, u1, v1] = [Infinity, Infinity, -Infinity, -Infinity];
  for (let i = 0; i < plane.length; i += 2) {
    u0 = Math.min(u0, plane[i]!);
    u1 = Math.max(u1, plane[i]!);
    v0 = Math.min(v0, plane[i + 1]!);
    v1 = Math.max(v1, plane[i + 1]!);
  }
  const room = 1 - 2 * MARGIN;
  const scale = Math.min((room * width) / (u1 - u0 || 1), (room * height) / (v1 - v0 || 1));
  const [u, v] = [(u0 + u1) / 2, (v0 + v1) / 2];
  const [halfU, halfV] = [width / 2 / scale, height / 2 / scale];
  return {
    width,
    height,
    x: (at) => width / 2 + (at - u) * scale,
    y: (at) => height / 2 - (at - v) * scale,
    seen: [u - halfU, v - halfV, u + halfU, v + halfV],
  };
}

/** The row of the photo nearest to a place in the drawing; -1 if none is near. */
export function rowAt(
  { plane }: Pick<LabSample, 'plane'>,
  view: PlaneView,
  x: number,
  y: number,
  reach = 16,
): number {
  let best = -1;
  let least = reach * reach;
  for (let row = 0; 2 * row < plane.length; row++) {
    const dx = view.x(plane[2 * row]!) - x;
    const dy = view.y(plane[2 * row + 1]!) - y;
    const l2sq = dx * dx + dy * dy;
    if (l2sq < least) {
      least = l2sq;
      best = row;
    }
  }
  return best;
}
