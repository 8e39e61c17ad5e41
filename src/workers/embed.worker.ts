import type {
  AkinEvent,
  BackendReport,
  EngineStatus,
  ImportContract,
  NetsReport,
  VectorMessage,
} from '../protocol/index.ts';
import { CHANNEL, TAB_SEPARATOR } from '../protocol/index.ts';
import { expose } from '../rpc/serve.ts';
import { showable } from '../vision/decoding/showable.ts';
import { createFaceFinding } from './faces/faceFinding.ts';
import { Importer } from './importing/importer.ts';
import { LibraryStart } from './models/libraryStart.ts';
import { ModelNets } from './models/modelNets.ts';
import { ModelRegistry } from './models/modelRegistry.ts';
import { createMoving } from './moving/createMover.ts';
import { backendChoice, keepBackendChoice } from './nets/backendChoice.ts';
import { createNets } from './nets/netsClient.ts';
import { openWorkerStore } from './shared/openWorkerStore.ts';

const channel = new BroadcastChannel(CHANNEL);
const tell = (event: AkinEvent) => channel.postMessage(event);
const store = openWorkerStore(tell);
const [, tab = ''] = self.name.split(TAB_SEPARATOR);
/** To this tab's `index` worker; other tabs read kept vectors from the store. */
let vectors: MessagePort | null = null;

const NOT_LOADED: EngineStatus = { backend: null, tensors: null };

/** As the nets' worker last said; asking it would wait for the batch that it computes. */
let status: EngineStatus = NOT_LOADED;

const modelsUrl = new URL(`${import.meta.env.BASE_URL}models/`, self.location.origin).href;
const models = async () => new ModelRegistry(await store());
const nets = new ModelNets({
  chosen: async () => (await models()).chosen(),
  open: (model) =>
    createNets({
      modelsUrl,
      choice: async () => backendChoice((await store()).meta),
      model: async () => (await models()).source(model),
      onLoad: (share) => {
        faces.loading(share);
        moving.loading(share);
        void importer().then((it) => it.loading(share));
      },
      onDeath: () => {
        status = NOT_LOADED;
      },
    }),
});

const start = new LibraryStart({
  store,
  modelsUrl,
  changed: modelChanged,
  report: async () => withStatus(await nets.report()),
  tell,
});

const faces = createFaceFinding({
  store,
  modelsUrl,
  tell,
  nets: {
    faces: async (picture) => withStatus(await nets.faces(picture)),
    drawnFace: async (picture, box) => withStatus(await nets.drawnFace(picture, box)),
  },
});

const moving = createMoving({
  store,
  model: () => nets.model(),
  embed: async (model, photos) => withStatus(await nets.embed(model, photos)),
  tell,
});

function withStatus<T extends { readonly status: EngineStatus }>(output: T): T {
  status = output.status;
  return output;
}

function modelChanged(): void {
  nets.changed();
  void moving.changed().catch(() => {});
}

let made: Promise<Importer> | null = null;
function importer(): Promise<Importer> {
  if (made) return made;
  const making = store().then(
    async (opened) =>
      new Importer({
        store: opened,
        library: await opened.verify(),
        tab,
        nets: {
          width: () => nets.width,
          workers: () => nets.workers,
          async model() {
            await start.settle();
            return nets.model();
          },
          embed: async (model, photos) => withStatus(await nets.embed(model, photos)),
          faces: async (picture) => withStatus(await nets.faces(picture)),
        },
        looksForFaces: faces.looksForFaces,
        tell(event) {
          tell(event);
          // A channel does not deliver to its own end.
          void moving.hear(event).catch(() => {});
          // Photos whose faces have to wait are looked at now.
          if (event.type === 'progress' && event.progress.state === 'done')
            void faces.hear(event).catch(() => {});
        },
        sendVector: (message: VectorMessage) =>
          vectors?.postMessage(message, [message.vector.buffer]),
      }),
  );
  made = making;
  making.then(
    // What photos of before lack, such as dates that Akin did not read then.
    () => moving.wake().catch(() => {}),
    () => {
      made = null;
    },
  );
  return making;
}

channel.addEventListener('message', ({ data }: MessageEvent<AkinEvent>) => {
  if (data.type === 'model-chosen' || data.type === 'cleared') modelChanged();
  if (data.type === 'cleared') start.cleared();
  // A store that can't be opened says so to whoever calls; here nobody waits for the answer.
  void importer()
    .then((it) => it.hear(data))
    .catch(() => {});
  void faces.hear(data).catch(() => {});
  void moving.hear(data).catch(() => {});
});

async function remember(report: Promise<NetsReport>): Promise<BackendReport> {
  const { status: now, ...told } = await report;
  status = now;
  return told;
}

expose<ImportContract>({
  connect: (_signal, port) => {
    vectors?.close();
    vectors = port;
  },
  async announce(_signal, files, more) {
    await (await store()).verify();
    (await importer()).announce(files, more);
  },
  stage: async (signal, files, again) => (await importer()).stage(files, again, signal),
  wake: async () => (await importer()).wake(),
  settled: async (signal) => (await importer()).settled(signal),
  async fates(_signal, ids) {
    const { jobs, photos } = await store();
    const listed = new Set((await jobs.failures()).map((failure) => failure.id));
    return { kept: await photos.existing(ids), failed: ids.filter((id) => listed.has(id)) };
  },
  retry: async (signal, ids) => (await importer()).retry(ids, signal),
  dismiss: async (_signal, ids) => (await importer()).dismiss(ids),
  timings: async () => (await importer()).timings(),
  showable: (signal, picture) => showable(picture, signal),
  turnOnFaces: faces.turnOnFaces,
  turnOffFaces: faces.turnOffFaces,
  stopFaces: faces.stopFaces,
  resumeFaces: faces.resumeFaces,
  retryFaces: faces.retryFaces,
  findFaces: faces.findFaces,
  drawFace: faces.drawFace,
  wakeMove: moving.wakeMove,
  pauseMove: moving.pauseMove,
  resumeMove: moving.resumeMove,
  retryMove: moving.retryMove,
  async command(_signal, command) {
    // First to the others: whoever works stops before what waits is forgotten.
    tell({ type: 'command', command });
    await (await importer()).command(command);
  },
  probe: () => remember(nets.report()),
  async chooseBackend(_signal, choice) {
    await keepBackendChoice((await store()).meta, choice);
    return remember(nets.choose(choice));
  },
  status: () => (nets.isRunning ? status : NOT_LOADED),
});
