import { WorkerClient } from '../../../src/rpc/workerClient.ts';
import type { FacesContract } from './contract.ts';

declare global {
  interface Window {
    faces?: WorkerClient<FacesContract>;
  }
}

window.faces = new WorkerClient<FacesContract>({
  name: 'faces',
  spawn: () =>
    new Worker(new URL('./faces.worker.ts', import.meta.url), {
      type: 'module',
      name: 'akin-faces#bench',
    }),
  introduce: async () => {},
  onDeath: () => {},
});
