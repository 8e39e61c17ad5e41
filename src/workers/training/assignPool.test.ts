import { afterEach, expect, it, vi } from 'vitest';
import { nodeSimdKernels } from '../../../bench/nodeKernels.ts';
import { nodeThreads } from '../../../bench/nodeThreads.ts';
import {
  AddAhead,
  Assigner,
  type AssignPool,
  clusteredUnitVectors,
  type Kernels,
  scalarKernels,
  type TrainControl,
  trainIndex,
} from '../../ann/index.ts';
import { createPrng } from '../../base/prng.ts';
import { type AssignJob, JobPart, sliceCount, takePart } from './assignJob.ts';
import { type AssignThread, openAssignPool, poolOf } from './assignPool.ts';

const D = 64;
const K = 256;
/** Enough rows for a task worth sharing. */
const N = 8_500;
const vectors = clusteredUnitVectors({ d: D, centres: 300 }, createPrng(3))(N);
const centroids = clusteredUnitVectors({ d: D, centres: 300 }, createPrng(4))(K);
const ids = Uint32Array.from({ length: N }, (_, row) => row + 1);

function taskOf() {
  return { vectors, centroids, d: D, cells: new Uint32Array(N), l2sq: new Float32Array(N) };
}

/** The result of a single thread. */
async function expected() {
  const task = taskOf();
  const assigner = new Assigner(nodeSimdKernels(), D, K);
  await assigner.assign(task, undefined, '');
  assigner.dispose();
  return task;
}

/** Yields so that the threads below can run. */
const control: TrainControl = { pause: () => new Promise((resolve) => setImmediate(resolve)) };

interface Turns extends AssignThread {
  readonly jobs: AssignJob[];
  /** Number of slices it has done. */
  done: number;
  ended: boolean;
}

/**
 * A thread that processes a slice whenever the pool pauses, and after `dies` slices starts one more
 * and stops.
 */
function threadOf(kernels: Kernels, dies = Number.POSITIVE_INFINITY): Turns {
  return {
    jobs: [],
    done: 0,
    ended: false,
    postMessage(job: AssignJob) {
      this.jobs.push(job);
      const part = new JobPart(kernels, job);
      const turn = () => {
        if (this.done === dies) {
          Atomics.add(job.state, 0, 1);
        } else if (part.doNext()) {
          this.done++;
          setImmediate(turn);
        } else {
          part.dispose();
        }
      };
      setImmediate(turn);
    },
    terminate() {
      this.ended = true;
    },
  };
}

it.each([0, 1, 2, 5])('finds the same cells and distances with %i more threads', async (count) => {
  const threads = Array.from({ length: count }, (_, i) =>
    threadOf(i === 1 ? scalarKernels() : nodeSimdKernels()),
  );
  const kernels = nodeSimdKernels();
  const pool = poolOf(kernels, () => threads);
  const task = taskOf();
  await pool.assign(task, control, 'testing');
  const { cells, l2sq } = await expected();
  expect(task.cells).toEqual(cells);
  expect(task.l2sq).toEqual(l2sq);
  expect(kernels.bytesInUse).toBe(0);
  if (count > 0) expect(Math.max(...threads.map(({ done }) => done))).toBeGreaterThan(0);
});

it('finishes what a crashed thread has started', async () => {
  const threads = [threadOf(nodeSimdKernels(), 1), threadOf(nodeSimdKernels(), 0)];
  const pool = poolOf(nodeSimdKernels(), () => threads);
  for (let round = 0; round < 2; round++) {
    const task = taskOf();
    await pool.assign(task, control, 'testing');
    const { cells, l2sq } = await expected();
    expect(task.cells).toEqual(cells);
    expect(task.l2sq).toEqual(l2sq);
  }
  expect(threads.map(({ done }) => done)).toEqual([1, 0]);
});

it('leaves a late thread nothing to do and nothing to overwrite', async () => {
  const thread = threadOf(nodeSimdKernels(), 0);
  const pool = poolOf(nodeSimdKernels(), () => [thread]);
  const task = taskOf();
  await pool.assign(task, undefined, 'testing');
  const [job] = thread.jobs;
  job!.cells.fill(7);
  takePart(nodeSimdKernels(), job!);
  expect(job!.cells.every((cell) => cell === 7)).toBe(true);
  expect(task.cells).toEqual((await expected()).cells);
});

it('stops its threads when aborted', async () => {
  const thread = threadOf(nodeSimdKernels(), 2);
  const kernels = nodeSimdKernels();
  const pool = poolOf(kernels, () => [thread]);
  let pauses = 0;
  const ending = { ...control, aborted: () => pauses++ > 4 };
  await expect(pool.assign(taskOf(), ending, 'testing')).rejects.toMatchObject({ code: 'aborted' });
  const [job] = thread.jobs;
  expect(new JobPart(nodeSimdKernels(), job!).doNext()).toBe(false);
  expect(job!.state.subarray(1).filter((done) => done === 1).length).toBeLessThan(sliceCount(job!));
  expect(kernels.bytesInUse).toBe(0);
});

it('does not mix up consecutive tasks', async () => {
  const thread = threadOf(nodeSimdKernels());
  const pool = poolOf(nodeSimdKernels(), () => [thread]);
  const other = { ...taskOf(), vectors: vectors.toReversed() };
  await pool.assign(other, control, 'testing');
  const task = taskOf();
  await pool.assign(task, control, 'testing');
  expect(task.cells).toEqual((await expected()).cells);
  expect(other.cells).not.toEqual(task.cells);
  expect(thread.jobs[1]!.vectors.buffer).toBe(thread.jobs[0]!.vectors.buffer);
});

it('starts threads on the first task and terminates them on dispose', async () => {
  const thread = threadOf(nodeSimdKernels());
  let starts = 0;
  const pool = poolOf(nodeSimdKernels(), () => {
    starts++;
    return [thread];
  });
  expect(starts).toBe(0);
  await pool.assign(taskOf(), control, 'testing');
  await pool.assign(taskOf(), control, 'testing');
  expect([starts, thread.jobs.length, thread.ended]).toEqual([1, 2, false]);
  pool.dispose();
  expect(thread.ended).toBe(true);
});

it('copies vectors to shared memory once', () => {
  const pool = poolOf(nodeSimdKernels(), () => []);
  const shared = pool.share(vectors);
  expect(Buffer.compare(Buffer.from(shared.slice().buffer), Buffer.from(vectors.buffer))).toBe(0);
  expect(shared.buffer).toBeInstanceOf(SharedArrayBuffer);
  expect(pool.share(shared)).toBe(shared);
});

async function indexBytes(spec: Parameters<typeof trainIndex>[2], pool: AssignPool | undefined) {
  const kernels = nodeSimdKernels();
  const space = { spaceId: 'test/64', metric: 'ip', d: D } as const;
  const builder = await trainIndex(kernels, space, spec, vectors, { ...control, pool });
  if (pool) {
    const ahead = new AddAhead(builder, { ...control, pool });
    for (let row = 0; row < N; row += 6_000) {
      const end = Math.min(N, row + 6_000);
      await ahead.add(ids.subarray(row, end), vectors.subarray(row * D, end * D));
    }
    await ahead.finish();
  } else {
    builder.add(ids, vectors);
  }
  const index = builder.seal();
  const bytes = Buffer.from(index.serialize());
  index.dispose();
  builder.dispose();
  expect(kernels.bytesInUse).toBe(0);
  return bytes;
}

it.each([
  { kind: 'ivf', nlist: 512 },
  { kind: 'ivfpq', nlist: 512, M: 8 },
  { kind: 'ivfpq', nlist: 512, M: 8, opq: true },
  { kind: 'pq', nbits: 4, M: 8 },
  { kind: 'flat' },
] as const)('builds the same $kind index, byte for byte', { timeout: 60_000 }, async (spec) => {
  const threads = [threadOf(nodeSimdKernels()), threadOf(nodeSimdKernels())];
  const alone = await indexBytes(spec, undefined);
  const together = await indexBytes(
    spec,
    poolOf(nodeSimdKernels(), () => threads),
  );
  expect(Buffer.compare(alone, together)).toBe(0);
  if ('nlist' in spec) expect(threads.every(({ done }) => done > 0)).toBe(true);
});

it('works with operating system threads', { timeout: 60_000 }, async () => {
  const pool = nodeThreads(nodeSimdKernels(), 1);
  try {
    const { cells, l2sq } = await expected();
    for (let round = 0; round < 5; round++) {
      const task = taskOf();
      await pool.assign(task, control, 'testing');
      expect(task.cells).toEqual(cells);
      expect(task.l2sq).toEqual(l2sq);
    }
  } finally {
    pool.dispose();
  }
});

afterEach(() => vi.unstubAllGlobals());

it('opens only if memory can be shared, which isolation alone does not guarantee', () => {
  vi.stubGlobal('navigator', { hardwareConcurrency: 4 });
  vi.stubGlobal('crossOriginIsolated', false);
  expect(openAssignPool(scalarKernels())).toBeUndefined();
  vi.stubGlobal('crossOriginIsolated', true);
  expect(openAssignPool(scalarKernels())).toBeDefined();
  vi.stubGlobal('SharedArrayBuffer', undefined);
  expect(openAssignPool(scalarKernels())).toBeUndefined();
});
