import type { AssignPool, TrainControl } from '../control.ts';

/**
 * Multiply-adds per slice of a task: about 10 ms with SIMD kernels. Tasks of only a few slices are
 * faster without distributing them.
 */
export const WORK_PER_SLICE = 2 ** 25;
const WORTH_SHARING = 4 * WORK_PER_SLICE;
const MAX_SLICE_ROWS = 4096;
const MIN_SLICE_ROWS = 32;

/** Rows per slice, if each is compared with `k` centroids of `d` components. */
export function rowsPerSlice(d: number, k: number): number {
  const affordable = Math.floor(WORK_PER_SLICE / (k * d));
  return Math.min(MAX_SLICE_ROWS, Math.max(MIN_SLICE_ROWS, affordable));
}

/** The pool of a training, if comparing `n` rows with `k` centroids is worth it. */
export function poolFor(
  control: TrainControl | undefined,
  n: number,
  d: number,
  k: number,
): AssignPool | undefined {
  return n * d * k >= WORTH_SHARING ? control?.pool : undefined;
}
