import { Assigner, type AssignTask, type Kernels, rowsPerSlice } from '../../ann/index.ts';

/** A task in memory that several threads see. Its slices go to whoever asks first. */
export interface AssignJob extends AssignTask {
  /** The slice that is given out next; then for each slice whether it is done, 0 or 1. */
  readonly state: Int32Array<SharedArrayBuffer>;
}

/** Given out as the next slice once no more are to be begun. */
const ENDED = 2 ** 30;

/**
 * Makes a job of what is to be compared; what comes out of it has memory of its own, so that a thread
 * that is late with one job never writes into the next.
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

/** The share of the slices that were given out. */
export function shareBegun(job: AssignJob): number {
  return Math.min(1, Atomics.load(job.state, 0) / Math.max(1, sliceCount(job)));
}

/** Gives no more slices out. */
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

  /** Does the next slice that nobody has begun. Returns false where there is none. */
  doNext(): boolean {
    const slice = Atomics.add(this.#job.state, 0, 1);
    if (slice >= sliceCount(this.#job)) return false;
    this.#do(slice);
    return true;
  }

  /**
   * Makes sure that a slice is done, which another thread may have begun: waits for that one a while,
   * then does it here. Twice done is done the same.
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

/** Takes part in a job until no slice of it is left. @throws `out-of-memory` */
export function takePart(kernels: Kernels, job: AssignJob): void {
  // A thread that comes late need not even take the centroids.
  if (shareBegun(job) === 1) return;
  const part = new JobPart(kernels, job);
  try {
    while (part.doNext());
  } finally {
    part.dispose();
  }
}
