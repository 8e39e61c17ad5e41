import type { Block, Kernels } from '../../src/ann/index.ts';
import { float32View } from '../../src/ann/index.ts';
import type { DataSet } from './dataSet.ts';

const REPS = 7;

/**
 * The baseline for this machine at this moment: all inner products of one query with the base, and
 * nothing else. A shared machine varies in speed over time, but as a whole, so a time relative to
 * this one is more meaningful than the time itself.
 */
export class BareScan {
  readonly #kernels: Kernels;
  readonly #vectors: Block;
  readonly #query: Block;
  readonly #set: DataSet;
  #sink = 0;

  /** @param kernels SIMD kernels; the base is copied into their memory */
  constructor(kernels: Kernels, set: DataSet) {
    this.#kernels = kernels;
    this.#set = set;
    this.#vectors = kernels.alloc(4 * set.n * set.d);
    this.#query = kernels.alloc(4 * set.d);
    float32View(this.#vectors, set.n * set.d).set(set.base);
    this.times();
  }

  /** Times of a few consecutive scans, in milliseconds. */
  times(): number[] {
    const { n, d, queries } = this.#set;
    return Array.from({ length: REPS }, (_, rep) => {
      const at = (rep * d) % queries.length;
      float32View(this.#query, d).set(queries.subarray(at, at + d));
      const from = performance.now();
      this.#sink += this.#kernels.bareScan(this.#query, this.#vectors, d, n);
      const ms = performance.now() - from;
      if (!Number.isFinite(this.#sink)) throw new Error('the bare scan gave no number');
      return ms;
    });
  }
}
