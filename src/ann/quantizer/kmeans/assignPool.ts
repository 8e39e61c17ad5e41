import type { TrainControl } from '../control.ts';

/** Rows, and the centroids of which each is to be given the nearest. */
export interface AssignTask {
  /** `n × d`, row-major, finite. */
  readonly vectors: Float32Array;
  /** `k × d`, row-major, finite. */
  readonly centroids: Float32Array;
  /** Components of a vector. */
  readonly d: number;
  /** `n`, written: the number of the nearest centroid by squared L2, of equals the lowest. */
  readonly cells: Uint32Array;
  /** `n`, written: the squared distance to it. `null`: not wanted. */
  readonly l2sq: Float32Array | null;
}

/** What finds the nearest centroids of rows: the kernels of one thread, or a pool of threads. */
export interface RowAssigner {
  /**
   * Fulfils a task; pause and end act between its slices. What comes out depends on the task alone:
   * a row's cell and distance are the same bits, whichever thread and kernels compute them.
   *
   * @param stage as progress is to call it
   * @throws `aborted`, `out-of-memory`
   */
  assign(task: AssignTask, control: TrainControl | undefined, stage: string): Promise<void>;
}

/** Threads that fulfil a task together, one task at a time. */
export interface AssignPool extends RowAssigner {
  /**
   * The numbers in memory that all threads see: those given, where they are in such memory already,
   * or a copy. What is used in several tasks is best shared once before them; `assign` copies what
   * is not shared each time.
   */
  share(numbers: Float32Array): Float32Array;
}

/**
 * Multiply-adds of one slice of a task: what takes the kernels some 10 ms with SIMD. A task of fewer
 * than a few slices is done sooner than told to others.
 */
export const WORK_PER_SLICE = 2 ** 25;
const WORTH_SHARING = 4 * WORK_PER_SLICE;
const MAX_SLICE_ROWS = 4096;
const MIN_SLICE_ROWS = 32;

/** Rows of one slice, where each is compared with `k` centroids of `d` components. */
export function rowsPerSlice(d: number, k: number): number {
  const affordable = Math.floor(WORK_PER_SLICE / (k * d));
  return Math.min(MAX_SLICE_ROWS, Math.max(MIN_SLICE_ROWS, affordable));
}

/** The pool of a training, where comparing `n` rows with `k` centroids is work enough for it. */
export function poolFor(
  control: TrainControl | undefined,
  n: number,
  d: number,
  k: number,
): AssignPool | undefined {
  return n * d * k >= WORTH_SHARING ? control?.pool : undefined;
}
