import type { AssignPool, Kernels } from '../../ann/index.ts';
import { checkpoint } from '../../ann/index.ts';
import { assignJob, endJob, JobPart, shareBegun, sliceCount } from './assignJob.ts';

/** More threads would wait for memory rather than compute. */
const MOST_THREADS = 8;
/**
 * How long to wait, after all slices were handed out, for a thread still processing one: many times
 * what a slice takes. After that the thread counts as dead. Milliseconds.
 */
const PATIENCE = 100;

/** Another thread as the pool sees it: receives jobs and answers only through shared memory. */
export type AssignThread = Pick<Worker, 'postMessage' | 'terminate'>;

/** A pool that owns its threads. */
export interface OwnedPool extends AssignPool {
  /** Terminates the threads. */
  dispose(): void;
}

/**
 * Lets other threads help to find nearest centroids. This thread takes part with its own kernels
 * and finally does whatever the others have not: threads that are still loading, have died or never
 * started cost nothing but their help.
 *
 * Blocks as only workers may: not for the page's main thread.
 *
 * @param start starts the threads; called at the first task
 */
export function poolOf(kernels: Kernels, start: () => readonly AssignThread[]): OwnedPool {
  let threads: readonly AssignThread[] | null = null;
  const rows = new SharedScratch();
  const middles = new SharedScratch();
  return {
    share: (numbers) => (isShared(numbers) ? numbers : new SharedScratch().hold(numbers)),

    async assign({ vectors, centroids, d, cells, l2sq }, control, stage) {
      const job = assignJob(rows.hold(vectors), middles.hold(centroids), d);
      threads ??= start();
      for (const thread of threads) thread.postMessage(job);
      try {
        const part = new JobPart(kernels, job);
        try {
          do await checkpoint(control, stage, shareBegun(job));
          while (part.doNext());
          for (let slice = 0; slice < sliceCount(job); slice++) part.finish(slice, PATIENCE);
        } finally {
          part.dispose();
        }
      } finally {
        endJob(job);
      }
      cells.set(job.cells);
      l2sq?.set(job.l2sq!);
    },

    dispose() {
      for (const thread of threads ?? []) thread.terminate();
      threads = [];
    },
  };
}

/**
 * A pool with one worker per other core, if the page is cross-origin isolated and can share memory;
 * otherwise, or on a single core, `undefined`.
 */
export function openAssignPool(kernels: Kernels): OwnedPool | undefined {
  const threads = Math.min(MOST_THREADS, navigator.hardwareConcurrency || 1);
  // WebKitGTK is isolated but has no shared memory.
  const shares = crossOriginIsolated && typeof SharedArrayBuffer === 'function';
  if (!shares || threads < 2) return undefined;
  return poolOf(kernels, () => Array.from({ length: threads - 1 }, spawn));
}

function spawn(): Worker {
  const worker = new Worker(new URL('../assign.worker.ts', import.meta.url), {
    type: 'module',
    name: 'akin-assign',
  });
  // Unhandled, it would count as an error of the training worker, which can do without this one.
  worker.addEventListener('error', (event) => event.preventDefault());
  return worker;
}

/**
 * Shared memory reused by the next task: it doesn't count towards triggering garbage collection and
 * would pile up. A thread late with the previous task then reads other data, but no one uses its
 * result any more.
 */
class SharedScratch {
  #buffer = new SharedArrayBuffer(0);

  /** The numbers in shared memory, copied there if necessary; valid until the next call. */
  hold(numbers: Float32Array): Float32Array {
    if (isShared(numbers)) return numbers;
    const { length, byteLength } = numbers;
    if (this.#buffer.byteLength < byteLength) this.#buffer = new SharedArrayBuffer(byteLength);
    const held = new Float32Array(this.#buffer, 0, length);
    held.set(numbers);
    return held;
  }
}

function isShared({ buffer }: Float32Array): boolean {
  return buffer instanceof SharedArrayBuffer;
}
