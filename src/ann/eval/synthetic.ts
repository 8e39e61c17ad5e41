import type { Prng } from '../../base/prng.ts';

/** Parameters of `clusteredUnitVectors`. */
export interface SyntheticSource {
  readonly d: number;
  /** Number of cluster centres. */
  readonly centres: number;
}

/** Intrinsic dimension of the clusters: image embeddings fill far fewer than `d` dimensions. */
const INTRINSIC_D = 24;
const SPREAD = 0.9;
const NOISE = 1.2;

/**
 * Creates a source of vectors that resemble image embeddings: unit length, clustered, of low
 * intrinsic dimension. Centres are drawn from a 24-dimensional standard normal and points around
 * them with deviation 0.9; a random normal `24 × d` map projects them, isotropic noise of deviation
 * 1.2 is added, and the result is scaled to unit length. Uniform noise would not do: all its
 * neighbours are equally far, unlike any real set's.
 *
 * @returns a function that draws `count` more vectors from the same distribution (`count × d`,
 *   row-major), so base and queries share a source but no vector
 */
export function clusteredUnitVectors(
  { d, centres }: SyntheticSource,
  prng: Prng,
): (count: number) => Float32Array<ArrayBuffer> {
  const centrePoints = normals(centres * INTRINSIC_D, prng);
  const map = normals(INTRINSIC_D * d, prng);
  return (count) => {
    const vectors = new Float32Array(count * d);
    const point = new Float64Array(INTRINSIC_D);
    for (let row = 0; row < count; row++) {
      const centre = prng.below(centres) * INTRINSIC_D;
      for (let i = 0; i < INTRINSIC_D; i++) {
        point[i] = centrePoints[centre + i]! + SPREAD * prng.normal();
      }
      const vector = vectors.subarray(row * d, (row + 1) * d);
      for (let j = 0; j < d; j++) vector[j] = NOISE * prng.normal();
      for (let i = 0; i < INTRINSIC_D; i++) {
        for (let j = 0; j < d; j++) vector[j]! += point[i]! * map[i * d + j]!;
      }
      scaleToUnitLength(vector);
    }
    return vectors;
  };
}

function normals(count: number, prng: Prng): Float64Array {
  return Float64Array.from({ length: count }, () => prng.normal());
}

function scaleToUnitLength(vector: Float32Array): void {
  let lengthSq = 0;
  for (const x of vector) lengthSq += x * x;
  const scale = 1 / Math.sqrt(lengthSq);
  for (let i = 0; i < vector.length; i++) vector[i]! *= scale;
}
