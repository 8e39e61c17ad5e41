import { createPrng } from '../base/prng.ts';

const ROUNDS = 12;
/** Samples that determine the plane, at most. */
const MOST_SAMPLES = 4_000;

/**
 * Projects samples onto the plane of their two principal components, found by power iteration on an
 * even part of them: the start of a layout. It keeps the arrangement of far groups better than a
 * random one does (Kobak and Linderman 2021).
 *
 * @param vectors (n × d) row-major
 * @returns (n × 2), scaled so that the wider axis is in [−`halfWidth`, `halfWidth`]
 */
export function principalPlane(
  vectors: Float32Array,
  d: number,
  { seed, halfWidth }: { readonly seed: number; readonly halfWidth: number },
): Float32Array<ArrayBuffer> {
  const n = vectors.length / d;
  const prng = createPrng(seed);
  const mean = new Float64Array(d);
  const step = Math.max(1, Math.floor(n / MOST_SAMPLES));
  for (let i = 0; i < n; i += step) {
    for (let j = 0; j < d; j++) mean[j]! += vectors[i * d + j]!;
  }
  for (let j = 0; j < d; j++) mean[j]! /= Math.max(1, Math.ceil(n / step));
  const axes: Float64Array[] = [];
  for (let axis = 0; axis < 2; axis++) {
    let direction = Float64Array.from({ length: d }, () => prng.normal());
    for (let round = 0; round < ROUNDS; round++) {
      direction = orthogonalTo(axes, direction);
      const next = new Float64Array(d);
      for (let i = 0; i < n; i += step) {
        const along = dot(vectors, i * d, mean, direction);
        for (let j = 0; j < d; j++) next[j]! += along * (vectors[i * d + j]! - mean[j]!);
      }
      direction = next;
    }
    axes.push(orthogonalTo(axes, direction));
  }
  const plane = new Float32Array(2 * n);
  let most = 0;
  for (let i = 0; i < n; i++) {
    for (let axis = 0; axis < 2; axis++) {
      const along = dot(vectors, i * d, mean, axes[axis]!);
      plane[2 * i + axis] = along;
      most = Math.max(most, Math.abs(along));
    }
  }
  const scale = most > 0 ? halfWidth / most : 0;
  // Copies of a sample must be able to part.
  for (let i = 0; i < plane.length; i++) plane[i] = plane[i]! * scale + 1e-3 * prng.normal();
  return plane;
}

function dot(
  vectors: Float32Array,
  first: number,
  mean: Float64Array,
  direction: Float64Array,
): number {
  let sum = 0;
  for (let j = 0; j < direction.length; j++) {
    sum += (vectors[first + j]! - mean[j]!) * direction[j]!;
  }
  return sum;
}

/** A direction without its parts along others, of unit length unless nothing is left of it. */
function orthogonalTo(
  axes: readonly Float64Array[],
  direction: Float64Array<ArrayBuffer>,
): Float64Array<ArrayBuffer> {
  const rest = direction.slice();
  for (const axis of axes) {
    let along = 0;
    for (let j = 0; j < rest.length; j++) along += rest[j]! * axis[j]!;
    for (let j = 0; j < rest.length; j++) rest[j]! -= along * axis[j]!;
  }
  const length = Math.hypot(...rest);
  if (length > 0) for (let j = 0; j < rest.length; j++) rest[j]! /= length;
  return rest;
}
