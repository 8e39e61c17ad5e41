import type { HeatMap } from '../../../protocol/index.ts';

/** Pixels per cell: enough for a smooth picture that the browser enlarges. */
const PER_CELL = 16;

/**
 * Colors from no contribution to the largest: dark violet over red and orange to pale yellow. Their
 * lightness only rises, so that they can be told apart without telling hues apart. The dark end
 * dims a picture, the bright end lets it through.
 */
const RAMP = [
  [18, 10, 48, 0.74],
  [74, 16, 108, 0.68],
  [150, 40, 98, 0.58],
  [221, 81, 58, 0.5],
  [250, 150, 20, 0.46],
  [252, 240, 130, 0.42],
] as const;

/** A picture of a heat map, to lay over what it is of. */
export interface HeatPicture {
  readonly width: number;
  readonly height: number;
  /** RGBA, not premultiplied. */
  readonly rgba: Uint8ClampedArray<ArrayBuffer>;
}

/** The ramp as color stops of a CSS gradient, opaque, for a legend. */
export const HEAT_COLORS = RAMP.map(([r, g, b]) => `rgb(${r} ${g} ${b})`).join();

/** Whether any part speaks for the similarity. */
export function hasHeat({ weights }: HeatMap): boolean {
  return weights.some((weight) => weight > 0);
}

/**
 * Draws a heat map from 0 to its largest weight, smoothly: a cubic B-spline through the cells, which
 * neither rings nor shows the grid.
 */
export function heatPicture({ height, width, weights }: HeatMap): HeatPicture {
  const [across, down] = [width * PER_CELL, height * PER_CELL];
  const rows = new Float32Array(height * across);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < across; x++) {
      rows[y * across + x] = spline(x, width, (cell) => Math.max(0, weights[y * width + cell]!));
    }
  }
  const values = new Float32Array(down * across);
  let most = 0;
  for (let y = 0; y < down; y++) {
    for (let x = 0; x < across; x++) {
      const value = spline(y, height, (cell) => rows[cell * across + x]!);
      values[y * across + x] = value;
      most = Math.max(most, value);
    }
  }
  const rgba = new Uint8ClampedArray(4 * values.length);
  for (const [i, value] of values.entries()) paint(rgba, 4 * i, most > 0 ? value / most : 0);
  return { width: across, height: down, rgba };
}

/** The value at a pixel of a line of cells, whose ends are repeated. */
function spline(pixel: number, cells: number, at: (cell: number) => number): number {
  const place = (pixel + 0.5) / PER_CELL - 0.5;
  const first = Math.floor(place);
  const t = place - first;
  const value = (cell: number) => at(Math.min(cells - 1, Math.max(0, cell)));
  return (
    ((1 - t) ** 3 * value(first - 1) +
      (3 * t ** 3 - 6 * t ** 2 + 4) * value(first) +
      (-3 * t ** 3 + 3 * t ** 2 + 3 * t + 1) * value(first + 1) +
      t ** 3 * value(first + 2)) /
    6
  );
}

function paint(rgba: Uint8ClampedArray, at: number, share: number): void {
  const place = share * (RAMP.length - 1);
  const first = Math.min(RAMP.length - 2, Math.floor(place));
  const [from, to] = [RAMP[first]!, RAMP[first + 1]!];
  for (let channel = 0; channel < 4; channel++) {
    const mixed = from[channel]! + (place - first) * (to[channel]! - from[channel]!);
    rgba[at + channel] = channel === 3 ? 255 * mixed : mixed;
  }
}

const PLACES = [
  ['topLeft', 'top', 'topRight'],
  ['left', 'middle', 'right'],
  ['bottomLeft', 'bottom', 'bottomRight'],
] as const;

export type HeatPlace = (typeof PLACES)[number][number];

/** In which ninth of the picture its brightest cell is. */
export function brightestPlace({ height, width, view, weights }: HeatMap): HeatPlace {
  const cell = weights.indexOf(Math.max(...weights));
  const third = (share: number) => Math.min(2, Math.max(0, Math.floor(3 * share)));
  const x = view.x + (view.width * ((cell % width) + 0.5)) / width;
  const y = view.y + (view.height * (Math.floor(cell / width) + 0.5)) / height;
  return PLACES[third(y)]![third(x)]!;
}
