import type { AssignPool, TrainControl } from '../control.ts';

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
