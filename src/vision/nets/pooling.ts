import type { Tensor, Tensor2D, Tensor4D } from '@tensorflow/tfjs-core';
import { concat, div, max, maximum, mean, mul, slice, square, sum } from '@tensorflow/tfjs-core';
import type { NetSpec } from './spec.ts';

/** Keeps an all-zero map from being divided by zero. */
const TINY = 1e-6;

/** The axes of a map's height, width and channels. */
function axesOf({ layout }: NetSpec['input']) {
  return layout === 'nhwc'
    ? { down: 1, across: 2, channels: 3 }
    : { down: 2, across: 3, channels: 1 };
}

/** The central square of a map; a square map is returned unchanged. */
function centralSquare(map: Tensor4D, input: NetSpec['input']): Tensor4D {
  const { down, across } = axesOf(input);
  const sides = [map.shape[down]!, map.shape[across]!];
  const side = Math.min(...sides);
  if (sides[0] === sides[1]) return map;
  const begin = [0, 0, 0, 0];
  const size = [...map.shape];
  for (const [i, axis] of [down, across].entries()) {
    begin[axis] = Math.floor((sides[i]! - side) / 2);
    size[axis] = side;
  }
  return slice(map, begin, size);
}

/** The features of a batch: `[n, dims]`. */
export function pool(tap: Tensor, { input, tap: { pooling } }: NetSpec): Tensor2D {
  if (pooling === 'none') return tap as Tensor2D;
  const map = pooling === 'mean' ? (tap as Tensor4D) : centralSquare(tap as Tensor4D, input);
  const { down, across } = axesOf(input);
  return mean(map, [down, across]);
}

/** Windows along each side of a map, each half as long as the side. */
export const WINDOWS = 3;

/**
 * The windows of a map, `[n, 9 · dims]`, row by row and up to a factor: each is half as high and half
 * as wide as the map, and overlaps the next one by half. A window is the sum of its cells, weighted by
 * their squared length, since cells that show nothing in particular are short.
 */
export function poolWindows(map: Tensor4D, { input }: NetSpec): Tensor2D {
  const { down, across, channels } = axesOf(input);
  const squares = sum(square(map), channels, true);
  // At most 1: half-precision textures hold no large values.
  const longest = maximum(max(squares, [down, across], true), TINY);
  const weighted = mul(map, div(squares, longest)) as Tensor4D;
  const [height, width] = [map.shape[down]!, map.shape[across]!];
  const windows = startsOf(height).flatMap((top) =>
    startsOf(width).map((left) => {
      const begin = [0, 0, 0, 0];
      const size = [...map.shape];
      [begin[down], begin[across]] = [top, left];
      [size[down], size[across]] = [Math.ceil(height / 2), Math.ceil(width / 2)];
      return mean(slice(weighted, begin, size), [down, across]) as Tensor2D;
    }),
  );
  return concat(windows, 1);
}

/** The first cell of each window along a side. */
function startsOf(cells: number): number[] {
  const last = Math.floor(cells / 2);
  return Array.from({ length: WINDOWS }, (_, i) => Math.round((i * last) / (WINDOWS - 1)));
}
