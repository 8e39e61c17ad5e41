import { AkinError } from '../../base/errors.ts';

/** How the caller of a long training follows it, lets others work in between, helps and ends it. */
export interface TrainControl {
  /** Told what is being done and how much of it is, from 0 to 1. */
  progress?(stage: string, share: number): void;
  /** Awaited between steps of about 20 ms of work, so that a worker can answer its messages. */
  pause?(): Promise<void>;
  /** Asked between steps. True ends the training with `aborted`. */
  aborted?(): boolean;
  /** Threads that take part in what is dearest. The result does not depend on how many they are. */
  readonly pool?: AssignPool | undefined;
}

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
 * Stands between two steps of a training. The kernels' memory may grow while it waits: no view of
 * a block may be kept across it.
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

/** The control of a part that is `share` of the whole, from `start` on: its progress is fitted in. */
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

/** Work done between two checkpoints, in multiply-adds of plain TypeScript: about 20 ms. */
const WORK_BETWEEN = 2 ** 24;

/**
 * Counts work, as there is no clock here, and comes to a checkpoint when enough is done.
 *
 * @returns a function to tell how many multiply-adds were done since the last call, and what share
 *   of the stage is done in all; what it returns is to be awaited, where it is not `undefined`
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
