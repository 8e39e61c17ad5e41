import type { Prng } from '../../../base/prng.ts';
import type { Kernels } from '../../kernels/kernels.ts';
import { float32View } from '../../kernels/kernels.ts';
import { checkpoint, type TrainControl } from '../control.ts';
import { drawNumbers, gatherRows } from '../rows.ts';
import { Scratch } from '../scratch.ts';

/** Multiply-adds that seeding may cost: some 0.4 s with SIMD. */
const MOST_WORK = 2 ** 29;
/** Rows looked at for each centroid at most: more make no better start, but cost as much again. */
const MOST_ROWS_PER_CENTROID = 16;
/** Multiply-adds between two checkpoints. */
const WORK_BETWEEN = 2 ** 24;

/**
 * Draws `k` rows to start k-means from: k-means++ (Arthur & Vassilvitskii 2007), each next row in
 * proportion to its squared distance to those drawn before it. The cost, `n k d`, is bounded by
 * drawing from a random part of the rows. Where fewer than two rows a centroid can be afforded, the
 * choice would be next to none: the rows are drawn evenly then.
 *
 * @param vectors `n × d`, `n` at least `k`
 * @returns `k × d`; rows occur more than once only where fewer than `k` of those looked at differ
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

/** k-means++ on candidates in random order. */
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
    // The first of a random order is a random row.
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
 * Draws a place in proportion to its weight; evenly where all weights are 0.
 *
 * @param weights at least one, none below 0
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
  // Rounding left a trifle over.
  return last;
}
