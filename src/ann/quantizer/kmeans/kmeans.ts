import { checkInteger } from '../../../base/checks.ts';
import { AkinError } from '../../../base/errors.ts';
import { createPrng, type Prng } from '../../../base/prng.ts';
import type { Kernels } from '../../kernels/kernels.ts';
import { partOf, type RowAssigner, type TrainControl } from '../control.ts';
import { checkRows, sampleRows, sumsByCell } from '../rows.ts';
import { Assigner } from './assigner.ts';
import { poolFor } from './assignPool.ts';
import { drawWeighted, seedCentroids } from './kmeansSeeding.ts';

/** Rounds that lower the error by less than this share are hardly worth their time. */
export const DEFAULT_TOLERANCE = 1e-3;

/** Options of `kmeans`. */
export interface KmeansOptions {
  /** Components of a vector. */
  readonly d: number;
  /** Number of centroids. */
  readonly k: number;
  /** Maximum rounds of assigning and averaging, at least 1. Default 25. */
  readonly iterations?: number;
  readonly seed: number;
  /** Samples the rows if there are more than this per centroid. Default 256. */
  readonly maxPointsPerCentroid?: number;
  /** Stops when a round lowers the error by a smaller share than this. Default 0.001. */
  readonly tolerance?: number;
  /** `k × d`: initial centroids, instead of random ones. */
  readonly initial?: Float32Array;
}

/** Result of `kmeans`. */
export interface KmeansResult {
  /** `k × d` float32, row-major. */
  readonly centroids: Float32Array<ArrayBuffer>;
  /**
   * The mean squared distance of a trained row to its centroid in each round, before moving the
   * centroids: the last one bounds that of `centroids` from above, up to rounding.
   */
  readonly l2sq: Float64Array;
  /** The cell of each training row in the last round; of all rows if none were left out. */
  readonly cells: Uint32Array<ArrayBuffer>;
}

/**
 * Lloyd's k-means by squared L2 (Lloyd 1982), seeded by k-means++. An empty cell is given a row of
 * the cell with the greatest error, drawn in proportion to its own error. Sums are float64, in row
 * order, so the result depends only on the arguments and not on the kernels.
 *
 * Fewer distinct rows than `k`, even all equal, are not an error: some centroids are equal then,
 * and all but the first of equals have no rows.
 *
 * @param vectors `n × d` float32, row-major
 * @throws `invalid-argument` if there are fewer rows than `k` or an option is out of range;
 *   `bad-vector` if a row is not finite; `aborted`, `out-of-memory`. No block stays allocated.
 */
export async function kmeans(
  kernels: Kernels,
  vectors: Float32Array,
  options: KmeansOptions,
  control?: TrainControl,
): Promise<KmeansResult> {
  const {
    d,
    k,
    iterations = 25,
    seed,
    maxPointsPerCentroid = 256,
    tolerance = DEFAULT_TOLERANCE,
  } = options;
  const n = checkRows(vectors, d);
  checkInteger('iterations', iterations, 1, 1e6);
  checkInteger('maxPointsPerCentroid', maxPointsPerCentroid, 1, 0xffffffff);
  checkInteger('k', k, 1, 0xffffffff);
  if (n < k) {
    throw new AkinError('invalid-argument', `${n} vectors are too few for ${k} centroids`);
  }
  const prng = createPrng(seed);
  const rows = sampleRows(vectors, d, k * maxPointsPerCentroid, prng);
  const seeding = partOf(control, 0, 1 / (iterations + 1));
  const initial = options.initial ?? (await seedCentroids(kernels, rows, d, k, prng, seeding));
  if (initial.length !== k * d || checkRows(initial, d) !== k) {
    throw new AkinError('invalid-argument', `initial must be ${k} centroids of ${d} components`);
  }
  const pool = poolFor(control, rows.length / d, d, k);
  const clustering = new Clustering(pool?.share(rows) ?? rows, d, initial);
  const history: number[] = [];
  const own = pool ? null : new Assigner(kernels, d, k);
  try {
    for (let round = 0; round < iterations; round++) {
      const part = partOf(control, (round + 1) / (iterations + 1), 1 / (iterations + 1));
      const changed = await clustering.assign(pool ?? own!, part);
      history.push(clustering.meanError());
      if (!changed) break;
      clustering.average(prng);
      if (history[round - 1]! - history[round]! < tolerance * history[round - 1]!) break;
    }
  } finally {
    own?.dispose();
  }
  return {
    centroids: clustering.centroids,
    l2sq: Float64Array.from(history),
    cells: clustering.cells,
  };
}

class Clustering {
  readonly centroids: Float32Array<ArrayBuffer>;
  cells: Uint32Array<ArrayBuffer>;
  readonly #rows: Float32Array;
  readonly #d: number;
  readonly #l2sq: Float32Array;
  #first = true;

  constructor(rows: Float32Array, d: number, initial: Float32Array) {
    const n = rows.length / d;
    this.#rows = rows;
    this.#d = d;
    this.centroids = Float32Array.from(initial);
    this.cells = new Uint32Array(n);
    this.#l2sq = new Float32Array(n);
  }

  /** Returns whether any row changed its cell. */
  async assign(assigner: RowAssigner, control: TrainControl | undefined): Promise<boolean> {
    const before = this.cells.slice();
    const { centroids, cells } = this;
    const task = { vectors: this.#rows, centroids, d: this.#d, cells, l2sq: this.#l2sq };
    await assigner.assign(task, control, 'clustering');
    const first = this.#first;
    this.#first = false;
    return first || this.cells.some((cell, row) => cell !== before[row]);
  }

  meanError(): number {
    let sum = 0;
    for (const x of this.#l2sq) sum += x;
    return sum / this.#l2sq.length;
  }

  /**
   * Moves each centroid to the mean of its rows, and those without rows to a poorly represented
   * row.
   */
  average(prng: Prng): void {
    const d = this.#d;
    const k = this.centroids.length / d;
    const sums = sumsByCell(this.#rows, d, this.cells, k);
    const counts = new Uint32Array(k);
    for (const cell of this.cells) counts[cell]!++;
    for (let cell = 0; cell < k; cell++) {
      const count = counts[cell]!;
      if (count === 0) continue;
      for (let i = cell * d; i < (cell + 1) * d; i++) this.centroids[i] = sums[i]! / count;
    }
    if (counts.includes(0)) this.#fillEmpty(counts, prng);
  }

  #fillEmpty(counts: Uint32Array, prng: Prng): void {
    const d = this.#d;
    const errors = new Float64Array(counts.length);
    const members = Array.from(counts, (): number[] => []);
    this.cells.forEach((cell, row) => {
      errors[cell]! += this.#l2sq[row]!;
      members[cell]!.push(row);
    });
    // A cell with one row has none to spare.
    counts.forEach((count, cell) => {
      if (count < 2) errors[cell] = 0;
    });
    counts.forEach((count, empty) => {
      if (count > 0) return;
      const donor = errors.reduce((best, x, cell) => (x > errors[best]! ? cell : best), 0);
      if (errors[donor] === 0) return;
      const rows = members[donor]!;
      const at = drawWeighted(
        Float64Array.from(rows, (row) => this.#l2sq[row]!),
        prng,
      );
      const [row] = rows.splice(at, 1);
      this.centroids.set(this.#rows.subarray(row! * d, (row! + 1) * d), empty * d);
      errors[donor]! = rows.length < 2 ? 0 : errors[donor]! / 2;
    });
  }
}
