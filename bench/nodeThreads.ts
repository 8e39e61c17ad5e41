import { Worker } from 'node:worker_threads';
import type { Kernels } from '../src/ann/index.ts';
import { type OwnedPool, poolOf } from '../src/workers/training/assignPool.ts';

/** A pool of the calling thread and `others` further Node threads. */
export function nodeThreads(kernels: Kernels, others: number): OwnedPool {
  return poolOf(kernels, () => Array.from({ length: others }, startThread));
}

/** Node's threads don't load TypeScript by themselves. */
const START = `
  const { workerData } = require('node:worker_threads');
  import('tsx/esm/api').then(({ register }) => {
    register();
    return import(workerData);
  });
`;

function startThread() {
  const workerData = new URL('./assignThread.ts', import.meta.url).href;
  const worker = new Worker(START, { eval: true, workerData, execArgv: [] });
  worker.unref();
  return {
    postMessage: (job: unknown) => worker.postMessage(job),
    terminate: () => void worker.terminate(),
  };
}
