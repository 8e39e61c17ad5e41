import type { AkinEvent, ImportContract, NetInput, VectorMessage } from '../protocol/index.ts';
import { CHANNEL, fromWire, TAB_SEPARATOR, toWire } from '../protocol/index.ts';
import { expose } from '../rpc/serve.ts';
import { createFaceFinding } from './faces/faceFinding.ts';
import { createImporting } from './importing/createImporting.ts';
import { backendHandlers } from './models/backendHandlers.ts';
import { LibraryStart } from './models/libraryStart.ts';
import type { Model } from './models/model.ts';
import { ModelRegistry } from './models/modelRegistry.ts';
import { WatchedNets } from './models/watchedNets.ts';
import { createMoving } from './moving/createMover.ts';
import { backendChoice } from './nets/backendChoice.ts';
import { createNets } from './nets/netsClient.ts';
import { embedPicture, embedRegion } from './query/embedPicture.ts';
import { explainResult } from './query/explainResult.ts';
import { layersOf } from './query/layersOf.ts';
import { openWorkerStore } from './shared/openWorkerStore.ts';
import { spaced } from './shared/spaced.ts';

const channel = new BroadcastChannel(CHANNEL);
const broadcast = (event: AkinEvent) => channel.postMessage(toWire(event));
const store = openWorkerStore(broadcast);
const [, tab = ''] = self.name.split(TAB_SEPARATOR);
/** To this tab's `library` worker; other tabs read new vectors from the store. */
let vectors: MessagePort | null = null;

const modelsUrl = new URL(`${import.meta.env.BASE_URL}models/`, self.location.origin).href;
const models = async () => new ModelRegistry(await store());
const nets = new WatchedNets({
  chosen: async () => (await models()).chosen(),
  open: (model) =>
    createNets({
      modelsUrl,
      choice: async () => backendChoice((await store()).meta),
      model: async () => (await models()).source(model),
      onLoad: spaced((share) => {
        faces.loading(share);
        moving.loading(share);
        importing.loading(share);
      }),
      onDeath: () => nets.died(),
    }),
});

const start = new LibraryStart({
  store,
  modelsUrl,
  changed: modelChanged,
  report: () => nets.report(),
  broadcast,
});

const faces = createFaceFinding({ store, modelsUrl, broadcast, nets });

const moving = createMoving({
  store,
  model: () => nets.model(),
  embed: (model, photos) => nets.embed(model, photos),
  broadcast,
});

function modelChanged(): void {
  nets.changed();
  void moving.changed().catch(() => {});
}

const importing = createImporting({
  store,
  tab,
  nets: {
    width: () => nets.width,
    workers: () => nets.workers,
    async model() {
      await start.settle();
      return nets.model();
    },
    embed: (model, photos) => nets.embed(model, photos),
    faces: (picture) => nets.faces(picture),
  },
  looksForFaces: faces.looksForFaces,
  broadcast,
  broadcastToSelf(event) {
    void moving.hear(event).catch(() => {});
    // Scan the photos whose faces were deferred.
    if (event.type === 'progress' && event.progress.state === 'done')
      void faces.hear(event).catch(() => {});
  },
  sendVector: (message: VectorMessage) => vectors?.postMessage(message, [message.vector.buffer]),
  // Fill in what existing photos lack, such as dates that Akin didn't read at the time.
  opened: () => void moving.wake().catch(() => {}),
});

channel.addEventListener('message', (message: MessageEvent<unknown>) => {
  const event = fromWire(message.data);
  if (event.type === 'model-chosen' || event.type === 'cleared') modelChanged();
  if (event.type === 'cleared') start.cleared();
  // Otherwise they would stay in memory, not be fetched again, and be missing from the offline
  // cache at the next visit.
  if (event.type === 'cleared' || (event.type === 'faces-setting' && event.erased))
    void nets.forgetFaces();
  // Callers are told if the store can't be opened; here no one waits for the answer.
  void importing.hear(event).catch(() => {});
  void faces.hear(event).catch(() => {});
  void moving.hear(event).catch(() => {});
});

const embedding = {
  model: () => nets.model(),
  embed: (model: Model, photos: readonly (readonly NetInput[])[]) => nets.embed(model, photos),
};

expose<ImportContract>({
  ...importing.handlers,
  ...faces.handlers,
  ...moving.handlers,
  ...backendHandlers(store, nets),
  embedPicture: (signal, picture) => embedPicture(picture, signal, embedding),
  embedRegion: (signal, of, box) =>
    embedRegion(of, box, signal, {
      ...embedding,
      original: async (id) => (await store()).photos.original(id),
    }),
  explain: (signal, examples, photo, box) =>
    explainResult(examples, photo, box, signal, {
      model: () => nets.model(),
      explain: (...pictures) => nets.explain(...pictures),
      original: async (id) => (await store()).photos.original(id),
    }),
  layers: (signal, photo) =>
    layersOf(photo, signal, {
      model: () => nets.model(),
      layers: (...picture) => nets.layers(...picture),
      original: async (id) => (await store()).photos.original(id),
    }),
  connect: (_signal, port) => {
    vectors?.close();
    vectors = port;
  },
});
