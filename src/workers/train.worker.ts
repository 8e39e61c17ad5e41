import type { Kernels } from '../ann/index.ts';
import { notConfigured } from '../base/errors.ts';
import type { TrainContract, TrainNews } from '../protocol/index.ts';
import { expose, transferring } from '../rpc/serve.ts';
import { openStore, type Store } from '../store/index.ts';
import { loadKernels } from './shared/kernels.ts';
import { type OwnedPool, openAssignPool } from './training/assignPool.ts';
import { buildIndex } from './training/buildIndex.ts';
import { compactSegment } from './training/compactSegment.ts';
import { measureKinds } from './training/measureKinds.ts';
import { trueNeighbours } from './training/trueNeighbours.ts';

let opening: Promise<Store> | null = null;
let report: (news: TrainNews) => void = () => {};

async function tools() {
  if (!opening) throw notConfigured();
  const [store, kernels] = await Promise.all([opening, loadKernels()]);
  return [store, kernels] as const;
}

expose<TrainContract>({
  configure(_signal, news, database) {
    report = (each) => news.postMessage(each);
    opening = openStore(database === null ? {} : { name: database });
    opening.catch(() => {}); /* reported to callers */
  },
  async build(signal, job) {
    const onProgress = (progress: Parameters<typeof tellBuild>[0]) => tellBuild(progress);
    const [store, kernels] = await tools();
    const built = await withPool(kernels, (pool) =>
      buildIndex(store, kernels, job, { signal, onProgress, pool }),
    );
    return transferring(built, [built.container]);
  },
  async compact(signal, job) {
    const [store, kernels] = await tools();
    const built = await compactSegment(store, kernels, job, { signal, onProgress: tellBuild });
    return transferring(built, [built.container]);
  },
  async truth(signal, job) {
    const [store, kernels] = await tools();
    const truth = await trueNeighbours(store.indexes, kernels, job, signal);
    const { queryIds, queries, neighbours } = truth;
    return transferring(truth, [queryIds.buffer, queries.buffer, neighbours.buffer]);
  },
  async measure(signal, job) {
    const [store, kernels] = await tools();
    return withPool(kernels, (pool) =>
      measureKinds(store.indexes, kernels, job, {
        signal,
        pool,
        now: () => performance.now(),
        onProgress: (progress, row) => report({ type: 'measure', progress, row }),
      }),
    );
  },
});

/** Runs a job with the help of other cores, if available. */
async function withPool<T>(
  kernels: Kernels,
  job: (pool: OwnedPool | undefined) => Promise<T>,
): Promise<T> {
  const pool = openAssignPool(kernels);
  try {
    return await job(pool);
  } finally {
    pool?.dispose();
  }
}

function tellBuild(progress: Extract<TrainNews, { type: 'build' }>['progress']): void {
  report({ type: 'build', progress });
}
