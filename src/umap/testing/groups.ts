import { createPrng } from '../../base/prng.ts';

/** Unit vectors around a few random directions, group after group. */
export function groupedVectors(
  groups: number,
  perGroup: number,
  d: number,
  spread = 0.3,
): Float32Array<ArrayBuffer> {
  const prng = createPrng(7);
  const vectors = new Float32Array(groups * perGroup * d);
  for (let group = 0; group < groups; group++) {
    const center = Float64Array.from({ length: d }, () => prng.normal());
    const length = Math.hypot(...center);
    for (let i = 0; i < perGroup; i++) {
      const row = vectors.subarray((group * perGroup + i) * d, (group * perGroup + i + 1) * d);
      for (let j = 0; j < d; j++) {
        row[j] = center[j]! / length + (spread * prng.normal()) / Math.sqrt(d);
      }
      const norm = Math.hypot(...row);
      for (let j = 0; j < d; j++) row[j]! /= norm;
    }
  }
  return vectors;
}

/** The exact neighbours of every row, nearest first. */
export function neighboursOf(vectors: Float32Array, d: number, k: number) {
  const n = vectors.length / d;
  const neighbours = new Uint32Array(n * k);
  const l2sq = new Float32Array(n * k);
  for (let i = 0; i < n; i++) {
    const distances = Float64Array.from({ length: n }, (_, j) => {
      let sum = 0;
      for (let at = 0; at < d; at++) sum += (vectors[i * d + at]! - vectors[j * d + at]!) ** 2;
      return sum;
    });
    const others = Array.from({ length: n }, (_, j) => j).filter((j) => j !== i);
    others.sort((a, b) => distances[a]! - distances[b]! || a - b);
    for (let j = 0; j < k; j++) {
      neighbours[i * k + j] = others[j]!;
      l2sq[i * k + j] = distances[others[j]!]!;
    }
  }
  return { k, neighbours, l2sq };
}
