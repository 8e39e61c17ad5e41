import type { Prng } from '../../../base/prng.ts';
import type { Kernels } from '../../kernels/kernels.ts';
import { float32View } from '../../kernels/kernels.ts';
import { checkpoint, type TrainControl } from '../control.ts';
import { drawNumbers, gatherRows } from '../rows.ts';
import { Scratch } from '../scratch.ts';

/** Multiply-adds allowed for seeding: about 0.4 s with SIMD. */
const MOST_WORK = 2 ** 29;
/**
 * Maximum candidate rows per centroid: more don't improve the start, but add the same cost again.
 */
const MOST_ROWS_PER_CENTROID = 16;
/** Multiply-adds between two checkpoints. */
const WORK_BETWEEN = 2 ** 24;

/**
 * Draws `k` rows to start k-means from: k-means++ (Arthur & Vassilvitskii 2007), each next row in
 * proportion to its squared distance to those already drawn. The cost, `n k d`, is bounded by
 * drawing from a random subset of the rows. If it allows fewer than two rows per centroid, there
 * would be almost no choice, so rows are drawn uniformly.
 *
 * @param vectors `n × d`, `n` at least `k`
 * @returns `k × d`; rows repeat only if fewer than `k` of the candidates differ
 * @throws `aborted`, `out-of-memory`
 */
export async function seedCentroids(
  kernels: Kernels,
  vectors: Float32Array,
  d: number,
  k: number,
  prng: Prng,
  control?: TrainControl,
): Promise<Float32Array<ArrayBuffer>> {
  const n = vectors.length / d;
  const affordable = Math.min(MOST_ROWS_PER_CENTROID * k, Math.floor(MOST_WORK / (k * d)));
  if (affordable < 2 * k) return gatherRows(vectors, d, drawNumbers(n, k, prng));
  const candidates = gatherRows(vectors, d, drawNumbers(n, Math.min(n, affordable), prng));
  return drawApart(kernels, candidates, d, k, prng, control);
}

/** k-means++ on randomly ordered candidates. */
async function drawApart(
  kernels: Kernels,
  candidates: Float32Array,
  d: number,
  k: number,
  prng: Prng,
  control: TrainControl | undefined,
): Promise<Float32Array<ArrayBuffer>> {
  const count = candidates.length / d;
  const drawn = new Float32Array(k * d);
  const nearest = new Float64Array(count).fill(Number.POSITIVE_INFINITY);
  const scratch = new Scratch(kernels);
  try {
    const block = scratch.alloc(4 * count * d);
    const centroid = scratch.alloc(4 * d);
    const cells = scratch.alloc(4 * count);
    const l2sq = scratch.alloc(4 * count);
    float32View(block, count * d).set(candidates);
    const rows = { block, offset: 0, stride: d, d, count };
    let work = 0;
    // The first in random order is a random row.
    for (let j = 0, next = 0; j < k; j++) {
      const row = candidates.subarray(next * d, (next + 1) * d);
      drawn.set(row, j * d);
      work += count * d;
      if (work >= WORK_BETWEEN) {
        work = 0;
        await checkpoint(control, 'seeding', j / k);
      }
      float32View(centroid, d).set(row);
      kernels.assign(rows, centroid, 1, cells, l2sq);
      const distances = float32View(l2sq, count);
      for (let i = 0; i < count; i++) {
        if (distances[i]! < nearest[i]!) nearest[i] = distances[i]!;
      }
      next = drawWeighted(nearest, prng);
    }
  } finally {
    scratch.free();
  }
  return drawn;
}

/**
 * Draws an index in proportion to its weight; uniformly if all weights are 0.
 *
 * @param weights at least one, none negative
 */
export function drawWeighted(weights: Float64Array, prng: Prng): number {
  let total = 0;
  for (let i = 0; i < weights.length; i++) total += weights[i]!;
  if (total === 0) return prng.below(weights.length);
  let left = prng.float() * total;
  let last = 0;
  for (let i = 0; i < weights.length; i++) {
    if (weights[i] === 0) continue;
    last = i;
    left -= weights[i]!;
    if (left < 0) return i;
  }
  // Rounding left a remainder.
  return last;
}
