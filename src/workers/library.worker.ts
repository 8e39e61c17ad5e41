import type { AkinEvent, LibraryContract, VectorMessage } from '../protocol/index.ts';
import { CHANNEL, fromWire, TAB_SEPARATOR, toWire } from '../protocol/index.ts';
import { expose, transferring } from '../rpc/serve.ts';
import { calibrationHandlers } from './calibrations/calibrationHandlers.ts';
import { CalibrationKeeper } from './calibrations/calibrationKeeper.ts';
import { openTaughtIndex } from './calibrations/taughtSpace.ts';
import { withFaceErase } from './faces/faceLock.ts';
import { PeopleHost } from './identity/peopleHost.ts';
import { indexHandlers } from './indexing/indexHandlers.ts';
import { ItemHost } from './items/itemHost.ts';
import { CurrentServices } from './library/currentServices.ts';
import { openServices } from './library/libraryServices.ts';
import { storedHandlers } from './library/storedHandlers.ts';
import { mapHandlers } from './map/mapHandlers.ts';
import { modelHandlers } from './models/modelHandlers.ts';
import { ModelRegistry } from './models/modelRegistry.ts';
import { moveReport } from './moving/moveReport.ts';
import { PairHost } from './pairs/pairHost.ts';
import { ColorsCache } from './query/colorsCache.ts';
import { FactsCache } from './query/factsCache.ts';
import { partsOf } from './query/partsOf.ts';
import { storedQueryHandlers } from './query/storedQueryHandlers.ts';
import { suggestHandler } from './query/suggestHandler.ts';
import { withIndexLock } from './shared/indexLock.ts';
import { loadKernels } from './shared/kernels.ts';
import { openWorkerStore } from './shared/openWorkerStore.ts';
import { yieldToEventLoop } from './shared/yieldToEventLoop.ts';
import { createTrainer } from './training/trainer.ts';
import { wordFiles } from './words/wordFiles.ts';
import { WordSearch } from './words/wordSearch.ts';

/** Held by the one tab that works on calibrations; the next in line takes over. */
const CALIBRATIONS_LOCK = 'akin-calibrations';

const channel = new BroadcastChannel(CHANNEL);
/** Passes an event of any worker on, this one included, to all but the current services. */
const hear = (event: AkinEvent) => {
  facts.hear(event);
  colors.hear(event);
  items.hear(event);
  pairs.hear(event);
  void people.hear(event).catch(() => {});
  void keeper.hear(event).catch(() => {});
};
const broadcast = (event: AkinEvent) => {
  channel.postMessage(toWire(event));
  // A channel doesn't deliver to its own sender.
  hear(event);
};
const store = openWorkerStore(broadcast);

const [, tab = ''] = self.name.split(TAB_SEPARATOR);

const trainer = createTrainer();
const modelsUrl = new URL(`${import.meta.env.BASE_URL}models/`, self.location.origin).href;
const words = new WordSearch(wordFiles(modelsUrl));
const facts = new FactsCache(async () => (await store()).photos);
const colors = new ColorsCache(async () => (await store()).colors);
const people = new PeopleHost({ store, trainer, tab, broadcast: broadcast });
const items = new ItemHost({
  store,
  index: async () => (await services()).target,
  tab,
  broadcast,
});

const pairs = new PairHost({
  store,
  items,
  async space() {
    const { taught, target, model } = await services();
    return taught.space
      ? { index: taught.space.index, calibration: taught.space.odds }
      : { index: target, calibration: model.space.calibration };
  },
  tab,
  broadcast,
});

const models = async () => new ModelRegistry(await store());
const base = async () => (await (await models()).chosen()).space;
const keeper = new CalibrationKeeper({
  store,
  base,
  openIndex: async (row) =>
    openTaughtIndex(row, { store: await store(), kernels: loadKernels, trainer, withIndexLock }),
  broadcast,
  yieldToEventLoop,
  inTurn: (work) => navigator.locks.request(CALIBRATIONS_LOCK, work),
  collectFiles: () =>
    withIndexLock(async () => {
      const { indexes, vectorFiles } = await store();
      await vectorFiles.collectGarbage(await indexes.vectorFiles());
    }),
});
const current = new CurrentServices({
  chosen: async () => (await models()).chosen(),
  open: async (model) =>
    openServices(model, {
      store: await store(),
      models: await models(),
      trainer,
      tab,
      broadcast,
      photosOf: (query) => people.photosOf(query),
      photosOfItems: (query) => items.photosOf(query),
      shownIn: async (by, ids) =>
        by === 'item'
          ? { by, shown: await items.shownIn(ids) }
          : { by, shown: await people.shownIn(ids) },
      words,
      facts,
      colors,
    }),
});
const services = () => current.get();

channel.addEventListener('message', (message: MessageEvent<unknown>) => {
  const event = fromWire(message.data);
  hear(event);
  // Events missed now are made up for by the next opening, which reads the store.
  void current.hear(event).catch(() => {});
});

expose<LibraryContract>({
  ...people.handlers,
  ...items.handlers,
  ...pairs.handlers,
  ...storedHandlers(store),
  ...storedQueryHandlers({ store, broadcast }),
  ...modelHandlers({ models, modelsUrl, broadcast, follow: () => current.follow() }),
  teachingLabels: () => pairs.teachingLabels(),
  ...calibrationHandlers({
    store,
    base,
    current: async () => (await services()).taught,
    broadcast,
  }),
  ...mapHandlers({
    store,
    async index() {
      const { taught, target } = await services();
      const index = taught.space?.index ?? target;
      return { spaceId: index.space.id, index };
    },
    broadcast,
  }),
  ...indexHandlers(async () => (await services()).index),
  async open() {
    const { library } = await services();
    const report = await library.report();
    // Only now, so nothing delays the first view of the library.
    void library
      .verify()
      .catch(() => {}) /* checked again at the next opening */
      .then(() => library.warmUp());
    void store()
      .then((opened) => opened.collectGarbage())
      .then(({ purged }) => {
        // Also finish a permanent deletion that an earlier visit left incomplete.
        if (purged.length === 0) return people.finishPurge();
        const event = { type: 'purged', ids: purged } as const;
        broadcast(event);
        return library.hear(event);
      })
      .catch(() => {}) /* retried at the next opening */
      .finally(() => keeper.wake());
    return report;
  },
  async connect(_signal, vectors) {
    await services();
    vectors.onmessage = ({ data }: MessageEvent<VectorMessage>) =>
      void current.take(data).catch(() => {}); /* it is in the store */
  },
  search: async (_signal, query) => (await services()).library.search(query),
  query: async (_signal, query) => (await services()).queries.query(query),
  async colorsOf(_signal, id) {
    const { photos, colors: stored } = await store();
    await photos.get(id);
    const { ids, bytes } = await stored.of([id]);
    return ids.length > 0 ? bytes : null;
  },
  partsOf: async (_signal, id) => partsOf(await store(), (await services()).model.space, id),
  suggest: suggestHandler({
    people: () => people.named(),
    items: () => items.all(),
    words,
    facts,
  }),
  searchWord: async (_signal, query) => words.search(query, (await services()).indexes()),
  suggestWords: async (_signal, query) => words.suggest(query),
  looksLike: async (_signal, id, language) =>
    words.name(await (await store()).photos.classes(id), language),
  remove: async (_signal, ids) => (await services()).library.remove(ids),
  restore: async (_signal, ids) => (await services()).library.restore(ids),
  purge: async (_signal, ids) => (await services()).library.purge(ids),
  async clear() {
    const { library } = await services();
    // Like an erase, so that no write of face data survives it.
    await withFaceErase(() => library.clear());
    // The chosen model was cleared, too.
    await current.follow();
  },
  stats: async () => (await services()).library.stats(),
  async exportVectors() {
    const exported = await (await services()).library.exportVectors();
    return transferring(exported, [exported.ids.buffer, exported.vectors.buffer]);
  },
  async exportSource(_signal, withPeople) {
    const { taught, target } = await services();
    const index = taught.space?.index ?? target;
    const { id: spaceId, d } = index.space;
    return {
      spaceId,
      d,
      ids: index.liveIds().slice(),
      items: await items.shownNames(),
      people: withPeople ? await people.shownNames() : null,
    };
  },
  moveReport: async () => moveReport(await store(), (await services()).model.space.id),
});
