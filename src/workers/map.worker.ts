import { AkinError } from '../base/errors.ts';
import type { AkinEvent, MapLayoutContract } from '../protocol/index.ts';
import { CHANNEL, MAP_LOCK, toWire } from '../protocol/index.ts';
import { expose } from '../rpc/serve.ts';
import { layOutJob } from './map/layOutJob.ts';
import { previewAlike } from './map/previewAlike.ts';
import { loadKernels } from './shared/kernels.ts';
import { openWorkerStore } from './shared/openWorkerStore.ts';
import { openAssignPool } from './training/assignPool.ts';

// One layout per worker: it is terminated afterward, with all its memory.

const channel = new BroadcastChannel(CHANNEL);
const broadcast = (event: AkinEvent) => channel.postMessage(toWire(event));
const store = openWorkerStore(broadcast);

expose<MapLayoutContract>({
  async layOut(signal, spaceId, seed) {
    if (!Number.isSafeInteger(seed)) throw new AkinError('invalid-argument', `a seed of ${seed}`);
    await navigator.locks.request(MAP_LOCK, { signal }, async () => {
      const [opened, kernels] = await Promise.all([store(), loadKernels()]);
      const pool = openAssignPool(kernels);
      try {
        const map = await layOutJob({
          store: opened,
          kernels,
          spaceId,
          seed,
          signal,
          pool,
          onProgress: (work) => broadcast({ type: 'map-work', work }),
          now: () => performance.now(),
          date: () => Date.now(),
        });
        if (!(await opened.maps.save(spaceId, map))) {
          throw new AkinError('not-found', 'The photos were deleted meanwhile.');
        }
      } finally {
        pool?.dispose();
      }
    });
  },
  async preview(signal, spaceId, pairs) {
    const [opened, kernels] = await Promise.all([store(), loadKernels()]);
    return previewAlike(pairs, { store: opened, kernels, spaceId, signal });
  },
});
