import type { Block } from './block.ts';

/**
 * A run of float32 vectors in a block: component `i` of row `r` is its float
 * `offset + r × stride + i`. With `stride` the length of whole vectors and `offset` the first
 * component of a sub-vector, a run is one sub-vector of each of many vectors.
 */
export interface RowRun {
  readonly block: Block;
  /** Floats before the first row. */
  readonly offset: number;
  /** Floats between the starts of adjacent rows. */
  readonly stride: number;
  /** Components per row, at least 1. */
  readonly d: number;
  readonly count: number;
}

/** The shape of a product quantizer: `M` sub-quantizers of `ksub` centroids with `dsub` components. */
export interface PqShape {
  readonly M: number;
  readonly ksub: number;
  readonly dsub: number;
}

/** Maximum components per row of `assign` and `transform`. */
export const MAX_RUN_D = 4096;

/**
 * Kernels for training, encoding and rotation. The twins return identical bits: each sum is one
 * float32 running sum from 0 over the components in ascending order, rounded after every operation.
 */
export interface TrainingKernels {
  /**
   * Finds each row's nearest centroid: `cells[r] = argmin_j |row_r − centroid_j|²`, ties to the
   * lower `j`. A row without a finite distance (because of NaN) gets cell 0 at distance infinity.
   *
   * @param rows at most `MAX_RUN_D` components per row
   * @param centroids `nlist × d` float32, row-major and compact
   * @param nlist at least 1
   * @param cells output, uint32, one per row
   * @param l2sq output, float32, one per row: the squared distance to the centroid
   */
  assign(rows: RowRun, centroids: Block, nlist: number, cells: Block, l2sq: Block | null): void;

  /**
   * Multiplies each row by a matrix: `out[r] = matrix · row_r`.
   *
   * @param matrix `dOut × d` float32, row-major
   * @param rows at most `MAX_RUN_D` components per row
   * @param out output, `count × dOut` float32; must not overlap the others
   */
  transform(matrix: Block, dOut: number, rows: RowRun, out: Block): void;
}
