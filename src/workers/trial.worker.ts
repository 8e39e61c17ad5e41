import { notConfigured } from '../base/errors.ts';
import type { AkinEvent, TrialContract, TrialProgress } from '../protocol/index.ts';
import { CHANNEL, toWire } from '../protocol/index.ts';
import { expose } from '../rpc/serve.ts';
import { samplePictures } from '../vision/brought/samplePictures.ts';
import { drawInputs } from '../vision/decoding/prepare.ts';
import { openModels } from '../vision/models.ts';
import { ModelRegistry } from './models/modelRegistry.ts';
import { backendChoice } from './nets/backendChoice.ts';
import { ChosenBackend } from './nets/chosenBackend.ts';
import { poolSize } from './nets/poolSize.ts';
import { thisMachine } from './nets/thisMachine.ts';
import { openWorkerStore } from './shared/openWorkerStore.ts';
import { openCurrentNets } from './trial/currentNets.ts';
import { TrialSession } from './trial/trialSession.ts';

// One model per worker, which it may crash: keep nothing valuable here.

const channel = new BroadcastChannel(CHANNEL);
const broadcast = (event: AkinEvent) => channel.postMessage(toWire(event));
const store = openWorkerStore(broadcast);

let session: TrialSession | null = null;

function configured(): TrialSession {
  if (!session) throw notConfigured();
  return session;
}

/** The sample pack is optional: if it is unavailable, the odds come from something simpler. */
async function pictures(baseUrl: string, most: number) {
  try {
    const response = await fetch(`${baseUrl}samples/samples.zip`);
    if (!response.ok) return [];
    return samplePictures(new Uint8Array(await response.arrayBuffer()), most);
  } catch {
    return [];
  }
}

function createSession(baseUrl: string, news: (progress: TrialProgress) => void): TrialSession {
  const machine = thisMachine();
  const files = () => openModels(`${baseUrl}models/`);
  return new TrialSession({
    store,
    nets: new ChosenBackend(files, async () => backendChoice((await store()).meta)),
    onProgress: news,
    async sources() {
      const opened = await store();
      const models = new ModelRegistry(opened);
      const model = await models.chosen();
      return {
        store: opened,
        current: model.space,
        read: (photo, inputs, signal) => drawInputs(photo, { inputs, signal }),
        openCurrent: async () => openCurrentNets(await models.source(model), await files()),
        pictures: (most) => pictures(baseUrl, most),
        workersFor: (backend) => poolSize(backend, machine),
      };
    },
  });
}

expose<TrialContract>({
  configure(_signal, baseUrl, news) {
    session = createSession(baseUrl, (progress) => news.postMessage(progress));
  },
  readModel: (signal, files) => configured().read(files, signal),
  tryModel: (signal, choices, options) => configured().try(choices, options, signal),
  async keepModel(signal, title) {
    const kept = await configured().keep(title, signal);
    broadcast({ type: 'models' });
    return kept;
  },
});
