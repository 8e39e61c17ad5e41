import type { Box } from '../../base/boxes.ts';
import { normalize, type Projection, vectorOf } from './projection.ts';

// Free of TF.js: see `projection.ts`.

/** A net's map of one picture. */
export interface FeatureMap {
  readonly height: number;
  readonly width: number;
  /** (height × width × dims), row by row. */
  readonly cells: Float32Array;
  /** `dims` values: the mean of the cells that are pooled, or of the central square's. */
  readonly features: Float32Array;
}

/** Boxes are stored in steps of 1/255. */
const SLACK = 1 / 128;

/** The vector of one part of a space. @returns a unit vector of `d` values */
export function partVector(
  features: Float32Array,
  projection: Projection | null,
): Float32Array<ArrayBuffer> {
  return vectorOf([projection], [features]);
}

/**
 * How much each cell of a picture's map contributes to the cosine of the picture and another one.
 *
 * Until it is normalized, a vector is linear in the cells it is the mean of: with the features
 * `f = mean(f_c)`, the projection `P` and its mean `m`, it is `P(f / |f| − m) / L`. So its cosine
 * with the unit vector `u` is the mean of
 *
 * ```text
 * ( f_c · Pᵀu / |f|  −  m · Pᵀu ) / L
 * ```
 *
 * over the cells pooled, exactly. This is class activation mapping (Zhou et al. 2016) with the other
 * picture in place of a class.
 *
 * @param other `d` values: the other picture's unit vector of the same part
 * @returns (height × width) contributions; all 0 for a picture without features
 */
export function contributions(
  { height, width, cells, features }: FeatureMap,
  projection: Projection | null,
  other: Float32Array,
): Float32Array<ArrayBuffer> {
  const dims = features.length;
  const direction = projection ? backProjected(other, projection) : other;
  const length = Math.hypot(...features);
  const grid = new Float32Array(height * width);
  if (length === 0) return grid;
  const offset = projection ? dot(projection.mean, 0, direction) : 0;
  const scale = projection ? projectedLength(features, projection) : 1;
  if (scale === 0) return grid;
  for (let c = 0; c < grid.length; c++) {
    grid[c] = (dot(cells, c * dims, direction) / length - offset) / scale;
  }
  return grid;
}

/**
 * The features of a part of a picture, up to a factor: the sum of the cells whose center it
 * contains, weighted as in `poolWindows`. Those of the whole picture if it contains none.
 *
 * @param box in fractions of the map
 */
export function featuresIn(map: FeatureMap, box: Box): Float32Array {
  const { height, width, cells, features } = map;
  const dims = features.length;
  const sum = new Float32Array(dims);
  let found = false;
  for (let row = 0; row < height; row++) {
    for (let column = 0; column < width; column++) {
      const [x, y] = [(column + 0.5) / width, (row + 0.5) / height];
      const { x: left, y: top } = box;
      if (x < left - SLACK || x > left + box.width + SLACK) continue;
      if (y < top - SLACK || y > top + box.height + SLACK) continue;
      found = true;
      const from = (row * width + column) * dims;
      let squares = 0;
      for (let i = 0; i < dims; i++) squares += cells[from + i]! ** 2;
      for (let i = 0; i < dims; i++) sum[i]! += squares * cells[from + i]!;
    }
  }
  return found ? sum : features;
}

/** `Pᵀu`: `dims` values. */
function backProjected(
  u: Float32Array,
  { d, dims, rowScale, components }: Projection,
): Float32Array {
  const direction = new Float32Array(dims);
  for (let row = 0; row < d; row++) {
    const factor = u[row]! * rowScale[row]!;
    for (let i = 0; i < dims; i++) direction[i]! += factor * components[row * dims + i]!;
  }
  return direction;
}

/** `L`: the length of the projected features before they are normalized. */
function projectedLength(
  features: Float32Array,
  { d, dims, mean, rowScale, components }: Projection,
): number {
  const centered = Float32Array.from(features);
  normalize(centered);
  for (let i = 0; i < dims; i++) centered[i]! -= mean[i]!;
  let squares = 0;
  for (let row = 0; row < d; row++) {
    let sum = 0;
    for (let i = 0; i < dims; i++) sum += components[row * dims + i]! * centered[i]!;
    squares += (sum * rowScale[row]!) ** 2;
  }
  return Math.sqrt(squares);
}

function dot(a: Float32Array, from: number, b: Float32Array): number {
  let sum = 0;
  for (let i = 0; i < b.length; i++) sum += a[from + i]! * b[i]!;
  return sum;
}
