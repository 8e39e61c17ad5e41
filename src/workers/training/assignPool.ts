import type { AssignPool, Kernels } from '../../ann/index.ts';
import { checkpoint } from '../../ann/index.ts';
import { assignJob, endJob, JobPart, shareBegun, sliceCount } from './assignJob.ts';

/** More threads than this would wait for memory rather than compute. */
const MOST_THREADS = 8;
/**
 * A thread that is at a slice still, when all others are given out, is waited for this long; many
 * times what a slice takes. After that it counts as dead. Milliseconds.
 */
const PATIENCE = 100;

/** Another thread, as the pool sees it: jobs are sent to it, and nothing comes back but memory. */
export type AssignThread = Pick<Worker, 'postMessage' | 'terminate'>;

/** A pool that has threads of its own. */
export interface OwnedPool extends AssignPool {
  /** Ends the threads. */
  dispose(): void;
}

/**
 * Lets other threads take part in finding nearest centroids. This thread takes part too, with its own
 * kernels, and does in the end whatever the others have not: those that are still loading, have died
 * or never came up cost nothing but their help.
 *
 * Waits as only workers may: not for the page's own thread.
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
 * A pool of as many workers as there are other cores, where the page is isolated enough to share
 * memory with them; `undefined` where it isn't, or there are none.
 */
export function openAssignPool(kernels: Kernels): OwnedPool | undefined {
  const threads = Math.min(MOST_THREADS, navigator.hardwareConcurrency || 1);
  // WebKitGTK is isolated, and has no shared memory all the same.
  const shares = crossOriginIsolated && typeof SharedArrayBuffer === 'function';
  if (!shares || threads < 2) return undefined;
  return poolOf(kernels, () => Array.from({ length: threads - 1 }, spawn));
}

function spawn(): Worker {
  const worker = new Worker(new URL('../assign.worker.ts', import.meta.url), {
    type: 'module',
    name: 'akin-assign',
  });
  // Unheard, it would count as an error of the worker that trains, which can do without this one.
  worker.addEventListener('error', (event) => event.preventDefault());
  return worker;
}

/**
 * Shared memory that the next task uses again: such memory doesn't count when it is decided whether
 * to collect garbage, and would pile up. A thread that is late with the task before reads something
 * else there then, for which nobody asks any more.
 */
class SharedScratch {
  #buffer = new SharedArrayBuffer(0);

  /** The numbers, in shared memory: until the next call, where they are not there already. */
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
