import type { Block, Kernels } from '../kernels/kernels.ts';
import { float32View, uint32View } from '../kernels/kernels.ts';
import { checkpoint, type TrainControl } from './control.ts';
import { Scratch } from './scratch.ts';

/** Multiply-adds of one call of the kernel: what takes it some 10 ms with SIMD. */
const WORK_PER_SLICE = 2 ** 25;
const MAX_SLICE_ROWS = 4096;
const MIN_SLICE_ROWS = 32;

/** Finds the nearest of `k` centroids for many rows, slice by slice: pause and end act between. */
export class Assigner {
  readonly #kernels: Kernels;
  readonly #scratch: Scratch;
  readonly #d: number;
  readonly #k: number;
  readonly #sliceRows: number;
  readonly #rows: Block;
  readonly #centroids: Block;
  readonly #cells: Block;
  readonly #l2sq: Block;

  /** @throws `out-of-memory` */
  constructor(kernels: Kernels, d: number, k: number) {
    this.#kernels = kernels;
    this.#scratch = new Scratch(kernels);
    this.#d = d;
    this.#k = k;
    const affordable = Math.floor(WORK_PER_SLICE / (k * d));
    this.#sliceRows = Math.min(MAX_SLICE_ROWS, Math.max(MIN_SLICE_ROWS, affordable));
    try {
      this.#rows = this.#scratch.alloc(4 * this.#sliceRows * d);
      this.#centroids = this.#scratch.alloc(4 * k * d);
      this.#cells = this.#scratch.alloc(4 * this.#sliceRows);
      this.#l2sq = this.#scratch.alloc(4 * this.#sliceRows);
    } catch (error) {
      this.#scratch.free();
      throw error;
    }
  }

  /**
   * The cell of each row, the number of the centroid nearest to it, and the squared distance.
   *
   * @param vectors `n × d`
   * @param centroids `k × d`
   * @param cells `n`, written
   * @param l2sq `n`, written
   * @throws `aborted`
   */
  async assign(
    vectors: Float32Array,
    centroids: Float32Array,
    cells: Uint32Array,
    l2sq: Float32Array,
    control: TrainControl | undefined,
    stage: string,
  ): Promise<void> {
    const d = this.#d;
    const n = cells.length;
    float32View(this.#centroids, this.#k * d).set(centroids);
    for (let first = 0; first < n; first += this.#sliceRows) {
      if (control) await checkpoint(control, stage, first / n);
      const count = Math.min(this.#sliceRows, n - first);
      float32View(this.#rows, count * d).set(vectors.subarray(first * d, (first + count) * d));
      const rows = { block: this.#rows, offset: 0, stride: d, d, count };
      this.#kernels.assign(rows, this.#centroids, this.#k, this.#cells, this.#l2sq);
      cells.set(uint32View(this.#cells, count), first);
      l2sq.set(float32View(this.#l2sq, count), first);
    }
  }

  /** Gives the blocks back. */
  dispose(): void {
    this.#scratch.free();
  }
}
