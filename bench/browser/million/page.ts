import { WorkerClient } from '../../../src/rpc/workerClient.ts';
import type { MillionContract } from './contract.ts';

declare global {
  interface Window {
    million?: WorkerClient<MillionContract>;
  }
}

window.million = new WorkerClient<MillionContract>({
  name: 'million',
  spawn: () =>
    new Worker(new URL('./million.worker.ts', import.meta.url), {
      type: 'module',
      name: 'akin-million#bench',
    }),
  introduce: async () => {},
  onDeath: () => {},
});
