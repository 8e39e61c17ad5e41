/** A photo's neighbor, and the cosine between the two. */
export interface Neighbor {
  /** `d` values, unit length. */
  readonly vector: Float32Array;
  readonly cosine: number;
}

/** Neighbors that are averaged in. */
export const NEIGHBORS = 3;

/**
 * Averages a vector with those of its nearest photos, weighted by the cube of their cosine: alpha
 * query expansion (Radenović, Tolias and Chum 2018, α = 3), applied to candidates as in
 * database-side augmentation (Turcot and Lowe 2009). Photos of one thing then agree on what it looks
 * like, so odd views of it rank higher.
 *
 * @param vector `d` values, unit length
 * @param neighbors the nearest first; further ones than `NEIGHBORS` are ignored
 * @returns `d` values, unit length
 */
export function smooth(
  vector: Float32Array,
  neighbors: readonly Neighbor[],
): Float32Array<ArrayBuffer> {
  const mean = Float32Array.from(vector);
  for (const { vector: other, cosine } of neighbors.slice(0, NEIGHBORS)) {
    const weight = Math.max(0, cosine) ** 3;
    for (let i = 0; i < mean.length; i++) mean[i]! += weight * other[i]!;
  }
  let sum = 0;
  for (const value of mean) sum += value * value;
  const scale = sum > 0 ? 1 / Math.sqrt(sum) : 0;
  for (let i = 0; i < mean.length; i++) mean[i]! *= scale;
  return mean;
}
