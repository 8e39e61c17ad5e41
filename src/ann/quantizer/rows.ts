import { checkInteger } from '../../base/checks.ts';
import { AkinError } from '../../base/errors.ts';
import type { Prng } from '../../base/prng.ts';

/** Up to here no squared distance of two rows can leave the range of float32. */
const MAX_LENGTH_SQ = 2 ** 125;

/**
 * Checks training vectors: whole rows of finite numbers. Zero rows are allowed, since residuals may
 * be zero.
 *
 * @param vectors `n × d`, row-major
 * @returns `n`
 * @throws `invalid-argument` if `d` is not a valid dimension, `bad-vector` if a row is truncated,
 *   not finite, or too long to compare
 */
export function checkRows(vectors: Float32Array, d: number): number {
  checkInteger('d', d, 1, 4096);
  if (vectors.length % d !== 0) {
    throw new AkinError('bad-vector', `${vectors.length} components are no rows of ${d}`);
  }
  for (let start = 0; start < vectors.length; start += d) {
    let lengthSq = 0;
    for (let i = start; i < start + d; i++) lengthSq += vectors[i]! * vectors[i]!;
    // Also false for NaN: any NaN component makes the sum NaN.
    if (!(lengthSq <= MAX_LENGTH_SQ)) {
      throw new AkinError(
        'bad-vector',
        `vector ${start / d} is not finite, or too long to compare`,
      );
    }
  }
  return vectors.length / d;
}

/**
 * Draws `count` distinct numbers of `0 … n − 1`, in random order, all orders equally likely.
 * `count` is at most `n`.
 */
export function drawNumbers(n: number, count: number, prng: Prng): Uint32Array<ArrayBuffer> {
  const numbers = Uint32Array.from({ length: n }, (_, i) => i);
  for (let i = 0; i < count; i++) {
    const j = i + prng.below(n - i);
    [numbers[i], numbers[j]] = [numbers[j]!, numbers[i]!];
  }
  return numbers.slice(0, count);
}

/** Gathers the given rows, in order. */
export function gatherRows(
  vectors: Float32Array,
  d: number,
  numbers: Uint32Array,
): Float32Array<ArrayBuffer> {
  const rows = new Float32Array(numbers.length * d);
  numbers.forEach((row, i) => {
    rows.set(vectors.subarray(row * d, (row + 1) * d), i * d);
  });
  return rows;
}

/**
 * Returns at most `count` rows: all of them, not copied, or `count` sampled, in their order.
 *
 * @param vectors `n × d`
 */
export function sampleRows(
  vectors: Float32Array,
  d: number,
  count: number,
  prng: Prng,
): Float32Array {
  const n = vectors.length / d;
  return n <= count ? vectors : gatherRows(vectors, d, drawNumbers(n, count, prng).sort());
}

/** Components `first … first + width − 1` of every row, compact. */
export function columns(
  vectors: Float32Array,
  d: number,
  first: number,
  width: number,
): Float32Array<ArrayBuffer> {
  const n = vectors.length / d;
  const out = new Float32Array(n * width);
  for (let row = 0, to = 0; row < n; row++) {
    for (let from = row * d + first, end = from + width; from < end; from++) {
      out[to++] = vectors[from]!;
    }
  }
  return out;
}

/**
 * Sums each cell's rows, in row order.
 *
 * @param vectors `n × d`
 * @param cells `n`, each below `k`
 * @returns `k × d` float64
 */
export function sumsByCell(
  vectors: Float32Array,
  d: number,
  cells: Uint32Array,
  k: number,
): Float64Array {
  const sums = new Float64Array(k * d);
  const wholeFours = d - (d % 4);
  for (let row = 0; row < cells.length; row++) {
    const to = cells[row]! * d;
    const from = row * d;
    let i = 0;
    // Four at a time is two to three times as fast as one, and this dominates OPQ's own work.
    for (; i < wholeFours; i += 4) {
      sums[to + i] = sums[to + i]! + vectors[from + i]!;
      sums[to + i + 1] = sums[to + i + 1]! + vectors[from + i + 1]!;
      sums[to + i + 2] = sums[to + i + 2]! + vectors[from + i + 2]!;
      sums[to + i + 3] = sums[to + i + 3]! + vectors[from + i + 3]!;
    }
    for (; i < d; i++) sums[to + i] = sums[to + i]! + vectors[from + i]!;
  }
  return sums;
}
