import { Assigner, type AssignTask, type Kernels, rowsPerSlice } from '../../ann/index.ts';

/** A task in memory shared by several threads. Slices go to whichever thread asks first. */
export interface AssignJob extends AssignTask {
  /** The next slice to hand out; then per slice whether it is done, 0 or 1. */
  readonly state: Int32Array<SharedArrayBuffer>;
}

/** Value of the next slice once no more may be started. */
const ENDED = 2 ** 30;

/**
 * Creates a job. Its results have memory of their own, so a late thread never writes into the next
 * job.
 *
 * @param vectors `n × d`, shared
 * @param centroids `k × d`, shared
 */
export function assignJob(vectors: Float32Array, centroids: Float32Array, d: number): AssignJob {
  const n = vectors.length / d;
  const slices = Math.ceil(n / rowsPerSlice(d, centroids.length / d));
  return {
    vectors,
    centroids,
    d,
    cells: new Uint32Array(new SharedArrayBuffer(4 * n)),
    l2sq: new Float32Array(new SharedArrayBuffer(4 * n)),
    state: new Int32Array(new SharedArrayBuffer(4 * (1 + slices))),
  };
}

export function sliceCount({ state }: AssignJob): number {
  return state.length - 1;
}

/** The share of the slices handed out. */
export function shareBegun(job: AssignJob): number {
  return Math.min(1, Atomics.load(job.state, 0) / Math.max(1, sliceCount(job)));
}

/** Stops handing out slices. */
export function endJob({ state }: AssignJob): void {
  Atomics.store(state, 0, ENDED);
}

/** One thread's part in a job. */
export class JobPart {
  readonly #job: AssignJob;
  readonly #assigner: Assigner;

  /** @throws `out-of-memory` */
  constructor(kernels: Kernels, job: AssignJob) {
    this.#job = job;
    this.#assigner = new Assigner(kernels, job.d, job.centroids.length / job.d);
    this.#assigner.load(job.centroids);
  }

  /** Processes the next free slice. Returns false if there is none. */
  doNext(): boolean {
    const slice = Atomics.add(this.#job.state, 0, 1);
    if (slice >= sliceCount(this.#job)) return false;
    this.#do(slice);
    return true;
  }

  /**
   * Ensures that a slice is done: waits a while for a thread that may have started it, then
   * processes it here. Processing a slice twice is harmless.
   *
   * @param patience milliseconds
   */
  finish(slice: number, patience: number): void {
    const { state } = this.#job;
    const at = 1 + slice;
    if (Atomics.load(state, at) === 1) return;
    Atomics.wait(state, at, 0, patience);
    if (Atomics.load(state, at) === 0) this.#do(slice);
  }

  dispose(): void {
    this.#assigner.dispose();
  }

  #do(slice: number): void {
    const { state } = this.#job;
    this.#assigner.assignSlice(this.#job, slice * this.#assigner.sliceRows);
    Atomics.store(state, 1 + slice, 1);
    Atomics.notify(state, 1 + slice);
  }
}

/** Processes slices of a job until none are left. @throws `out-of-memory` */
export function takePart(kernels: Kernels, job: AssignJob): void {
  // A late thread need not even load the centroids.
  if (shareBegun(job) === 1) return;
  const part = new JobPart(kernels, job);
  try {
    while (part.doNext());
  } finally {
    part.dispose();
  }
}
