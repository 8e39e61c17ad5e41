/** Squared L2 distance. */
function l2sqOf(a: Float32Array, b: Float32Array): number {
  let sum = 0;
  for (let j = 0; j < a.length; j++) sum += (a[j]! - b[j]!) ** 2;
  return sum;
}

/**
 * How far the neighbours on a map are true neighbours (Venna and Kaski 2001): 1 if the k nearest
 * points of every point are its k nearest samples, less for every stranger, by how far away it is.
 *
 * @param vectors (n × d) row-major
 * @param positions (n × 2)
 * @param queries points to judge by; all by default
 * @returns in [0, 1]; NaN if n is at most 2k
 */
export function trustworthiness(
  vectors: Float32Array,
  d: number,
  positions: Float32Array,
  k: number,
  queries?: readonly number[],
): number {
  const n = vectors.length / d;
  if (n <= 2 * k) return Number.NaN;
  const among = queries ?? Array.from({ length: n }, (_, i) => i);
  const rank = new Uint32Array(n);
  let penalty = 0;
  for (const i of among) {
    const byVector = nearest(vectors, d, i);
    byVector.forEach((j, at) => {
      rank[j] = at + 1;
    });
    for (const j of nearest(positions, 2, i).slice(0, k)) penalty += Math.max(0, rank[j]! - k);
  }
  return 1 - (2 * penalty) / (among.length * k * (2 * n - 3 * k - 1));
}

/** All other rows, nearest first. */
function nearest(rows: Float32Array, width: number, i: number): number[] {
  const row = (at: number) => rows.subarray(at * width, (at + 1) * width);
  const n = rows.length / width;
  const l2sq = Float64Array.from({ length: n }, (_, j) => l2sqOf(row(i), row(j)));
  const others = Array.from({ length: n }, (_, j) => j).filter((j) => j !== i);
  return others.sort((a, b) => l2sq[a]! - l2sq[b]! || a - b);
}
