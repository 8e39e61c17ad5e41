import type { Block, Kernels } from '../../kernels/kernels.ts';
import { float32View, uint32View } from '../../kernels/kernels.ts';
import { type AssignTask, checkpoint, type RowAssigner, type TrainControl } from '../control.ts';
import { Scratch } from '../scratch.ts';
import { poolFor, rowsPerSlice } from './assignPool.ts';

/** Finds the nearest of `k` centroids with one thread's kernels, slice by slice. */
export class Assigner implements RowAssigner {
  /** Rows per slice. */
  readonly sliceRows: number;
  readonly #kernels: Kernels;
  readonly #scratch: Scratch;
  readonly #d: number;
  readonly #k: number;
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
    this.sliceRows = rowsPerSlice(d, k);
    try {
      this.#rows = this.#scratch.alloc(4 * this.sliceRows * d);
      this.#centroids = this.#scratch.alloc(4 * k * d);
      this.#cells = this.#scratch.alloc(4 * this.sliceRows);
      this.#l2sq = this.#scratch.alloc(4 * this.sliceRows);
    } catch (error) {
      this.#scratch.free();
      throw error;
    }
  }

  /** @param task with this `d` and `k` */
  async assign(task: AssignTask, control: TrainControl | undefined, stage: string): Promise<void> {
    const n = task.cells.length;
    this.load(task.centroids);
    for (let first = 0; first < n; first += this.sliceRows) {
      if (control) await checkpoint(control, stage, first / n);
      this.assignSlice(task, first);
    }
  }

  /** Loads the centroids for the next slices. */
  load(centroids: Float32Array): void {
    float32View(this.#centroids, this.#k * this.#d).set(centroids);
  }

  /**
   * Processes the slice of a task that begins at row `first`, using the loaded centroids.
   *
   * @param first a multiple of `sliceRows`
   */
  assignSlice({ vectors, cells, l2sq }: Omit<AssignTask, 'centroids'>, first: number): void {
    const d = this.#d;
    const count = Math.min(this.sliceRows, cells.length - first);
    float32View(this.#rows, count * d).set(vectors.subarray(first * d, (first + count) * d));
    const rows = { block: this.#rows, offset: 0, stride: d, d, count };
    this.#kernels.assign(rows, this.#centroids, this.#k, this.#cells, l2sq && this.#l2sq);
    cells.set(uint32View(this.#cells, count), first);
    l2sq?.set(float32View(this.#l2sq, count), first);
  }

  /** Frees the blocks. */
  dispose(): void {
    this.#scratch.free();
  }
}

/**
 * Finds each vector's cell, the index of its nearest centroid, using the control's pool if
 * worthwhile.
 *
 * @param vectors `n × d`, finite
 * @param centroids `k × d`
 * @throws `aborted`, `out-of-memory`
 */
export async function cellsOf(
  kernels: Kernels,
  vectors: Float32Array,
  centroids: Float32Array,
  d: number,
  control?: TrainControl,
): Promise<Uint32Array<ArrayBuffer>> {
  const n = vectors.length / d;
  const k = centroids.length / d;
  const cells = new Uint32Array(n);
  const task = { vectors, centroids, d, cells, l2sq: null };
  const pool = poolFor(control, n, d, k);
  if (pool) {
    await pool.assign(task, control, 'assigning');
    return cells;
  }
  const assigner = new Assigner(kernels, d, k);
  try {
    await assigner.assign(task, control, 'assigning');
  } finally {
    assigner.dispose();
  }
  return cells;
}
