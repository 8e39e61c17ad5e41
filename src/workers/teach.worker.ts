import { AkinError, notConfigured, toAkinError } from '../base/errors.ts';
import type { AkinEvent, TeachContract, TeachingProgress } from '../protocol/index.ts';
import { CHANNEL, toWire } from '../protocol/index.ts';
import { expose, transferring } from '../rpc/serve.ts';
import { openModels } from '../vision/models.ts';
import { learnJob } from './learning/learnJob.ts';
import { backendChoice } from './nets/backendChoice.ts';
import { ChosenBackend } from './nets/chosenBackend.ts';
import { loadKernels } from './shared/kernels.ts';
import { openWorkerStore } from './shared/openWorkerStore.ts';

// One job per worker: it is terminated afterward, with whatever TF.js holds.

const channel = new BroadcastChannel(CHANNEL);
const broadcast = (event: AkinEvent) => channel.postMessage(toWire(event));
const store = openWorkerStore(broadcast);

let base: string | null = null;
let report: (progress: TeachingProgress) => void = () => {};

/** Opens a backend to train on; without one, the closed forms still work. */
async function opens(backend: ChosenBackend): Promise<boolean> {
  try {
    await backend.open();
    return true;
  } catch (thrown) {
    if (toAkinError(thrown).code !== 'backend-unavailable') throw thrown;
    return false;
  }
}

expose<TeachContract>({
  configure(_signal, baseUrl, news) {
    base = baseUrl;
    report = (progress) => news.postMessage(progress);
  },
  async learn(signal, spaceId, labels, seed) {
    if (base === null) throw notConfigured();
    const files = () => openModels(`${base}models/`);
    const backend = new ChosenBackend(files, async () => backendChoice((await store()).meta));
    if (!Number.isSafeInteger(seed)) throw new AkinError('invalid-argument', `a seed of ${seed}`);
    const [opened, trains] = await Promise.all([store(), opens(backend)]);
    const job = learnJob({
      store: opened.indexes,
      spaceId,
      labels,
      seed,
      trains,
      signal,
      onProgress: report,
      now: () => performance.now(),
      kernels: loadKernels,
      yieldToEventLoop: () => new Promise((resolve) => setTimeout(resolve)),
    });
    const result = await backend.guard(job);
    return transferring(result, result.calibration ? [result.calibration] : []);
  },
});
