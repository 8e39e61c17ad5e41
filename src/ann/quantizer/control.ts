import { AkinError } from '../../base/errors.ts';

/** How a caller follows, pauses, parallelizes and aborts a long training. */
export interface TrainControl {
  /** Reports the current stage and its progress, from 0 to 1. */
  progress?(stage: string, share: number): void;
  /** Awaited between steps of about 20 ms of work, so that a worker can handle messages. */
  pause?(): Promise<void>;
  /** Polled between steps. True ends the training with `aborted`. */
  aborted?(): boolean;
  /** Threads for the most expensive parts. The result does not depend on their number. */
  readonly pool?: AssignPool | undefined;
}

/** Rows, and the centroids among which to find the nearest for each. */
export interface AssignTask {
  /** `n × d`, row-major, finite. */
  readonly vectors: Float32Array;
  /** `k × d`, row-major, finite. */
  readonly centroids: Float32Array;
  /** Components of a vector. */
  readonly d: number;
  /** Output, `n`: the index of the nearest centroid by squared L2, ties to the lowest. */
  readonly cells: Uint32Array;
  /** Output, `n`: the squared distance to it. `null`: not wanted. */
  readonly l2sq: Float32Array | null;
}

/** Finds the nearest centroids of rows: one thread's kernels, or a thread pool. */
export interface RowAssigner {
  /**
   * Runs a task, pausing or aborting only between slices. The result depends on the task alone:
   * cells and distances are bit-identical whichever thread and kernels compute them.
   *
   * @param stage name for progress reports
   * @throws `aborted`, `out-of-memory`
   */
  assign(task: AssignTask, control: TrainControl | undefined, stage: string): Promise<void>;
}

/** Threads that run a task together, one task at a time. */
export interface AssignPool extends RowAssigner {
  /**
   * Returns the numbers in shared memory: unchanged if they are already there, else a copy. Share
   * once what several tasks use; `assign` copies unshared input each time.
   */
  share(numbers: Float32Array): Float32Array;
}

/**
 * Pauses between two training steps. Kernel memory may grow meanwhile: do not keep views of blocks
 * across it.
 *
 * @throws `aborted`
 */
export async function checkpoint(
  control: TrainControl | undefined,
  stage: string,
  share: number,
): Promise<void> {
  if (!control) return;
  throwIfAborted(control);
  control.progress?.(stage, share);
  if (control.pause) {
    await control.pause();
    throwIfAborted(control);
  }
}

/** A control for a part that is `share` of the whole, from `start` on: scales its progress. */
export function partOf(
  control: TrainControl | undefined,
  start: number,
  share: number,
): TrainControl | undefined {
  if (!control?.progress) return control;
  return {
    progress: (stage, done) => control.progress?.(stage, start + share * done),
    ...(control.pause && { pause: () => control.pause!() }),
    ...(control.aborted && { aborted: () => control.aborted!() }),
    pool: control.pool,
  };
}

/** Work between two checkpoints, in multiply-adds of plain TypeScript: about 20 ms. */
const WORK_BETWEEN = 2 ** 24;

/**
 * Counts work, since there is no clock here, and pauses at a checkpoint when enough is done.
 *
 * @returns a function that takes the multiply-adds since the last call and the overall share of the
 *   stage done; await its result unless `undefined`
 */
export function pacer(
  control: TrainControl | undefined,
  stage: string,
): (work: number, share: number) => Promise<void> | undefined {
  let done = 0;
  return (work, share) => {
    done += work;
    if (!control || done < WORK_BETWEEN) return undefined;
    done = 0;
    return checkpoint(control, stage, share);
  };
}

function throwIfAborted(control: TrainControl): void {
  if (control.aborted?.()) throw new AkinError('aborted', 'the training was ended');
}
