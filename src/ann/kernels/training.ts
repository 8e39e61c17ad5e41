import type { Block } from './block.ts';

/**
 * A run of float32 vectors inside a block: component `i` of row `r` is float
 * `offset + r × stride + i` of it. With `stride` the whole vectors' length and `offset` a
 * sub-vector's first component, a run is one sub-vector of each of many vectors.
 */
export interface RowRun {
  readonly block: Block;
  /** Floats before the first row. */
  readonly offset: number;
  /** Floats from one row's start to the next one's. */
  readonly stride: number;
  /** Components of a row, at least 1. */
  readonly d: number;
  readonly count: number;
}

/** The shape of a product quantizer: `M` sub-quantizers of `ksub` centroids with `dsub` components. */
export interface PqShape {
  readonly M: number;
  readonly ksub: number;
  readonly dsub: number;
}

/** The most components of a row that `assign` and `transform` take. */
export const MAX_RUN_D = 4096;

/**
 * The kernels that train, encode and rotate. The twins give the same bits: each sum is one float32
 * running sum from 0 over the components in rising order, rounded after every operation.
 */
export interface TrainingKernels {
  /**
   * Finds each row's nearest centroid: `cells[r] = argmin_j |row_r − centroid_j|²`, of equal
   * distances the lower `j`. A row with no distance below infinity (it has a NaN) gets cell 0 at
   * distance infinity.
   *
   * @param rows at most `MAX_RUN_D` components a row
   * @param centroids `nlist × d` float32, row-major and compact
   * @param nlist at least 1
   * @param cells uint32, one a row, written
   * @param l2sq float32, one a row, written: the squared distance to the centroid
   */
  assign(rows: RowRun, centroids: Block, nlist: number, cells: Block, l2sq: Block | null): void;

  /**
   * Multiplies each row by a matrix: `out[r] = matrix · row_r`.
   *
   * @param matrix `dOut × d` float32, row-major
   * @param rows at most `MAX_RUN_D` components a row
   * @param out `count × dOut` float32, written; must not overlap the others
   */
  transform(matrix: Block, dOut: number, rows: RowRun, out: Block): void;
}
