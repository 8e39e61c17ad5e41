import type { AkinEvent, LibraryContract, VectorMessage } from '../protocol/index.ts';
import { CHANNEL, TAB_SEPARATOR } from '../protocol/index.ts';
import { expose, transferring } from '../rpc/serve.ts';
import { breathe } from './buildIndex.ts';
import { imageUrl } from './dataUrl.ts';
import { exclusively } from './exclusively.ts';
import { IndexService } from './indexService.ts';
import { loadKernels } from './kernels.ts';
import type { LibraryIndex } from './libraryIndex.ts';
import { LibraryService } from './libraryService.ts';
import { FormerIndexes } from './moving/formerIndexes.ts';
import { finishAlone, MoveFinish } from './moving/moveFinish.ts';
import { moveReport } from './moving/moveReport.ts';
import { openFormer } from './moving/openFormer.ts';
import { openIndex } from './openIndex.ts';
import { openWorkerStore } from './openWorkerStore.ts';
import { PeopleHost } from './people/peopleHost.ts';
import { createTrainer } from './trainer.ts';
import { visualSpace } from './visualSpace.ts';
import { wordFiles } from './words/wordFiles.ts';
import { WordSearch } from './words/wordSearch.ts';

const channel = new BroadcastChannel(CHANNEL);
/** A channel does not deliver to its own end. */
const tell = (event: AkinEvent) => {
  channel.postMessage(event);
  void people.hear(event).catch(() => {});
};
const store = openWorkerStore(tell);

const [, tab = ''] = self.name.split(TAB_SEPARATOR);

interface Services {
  readonly library: LibraryService;
  readonly index: IndexService;
  readonly opened: LibraryIndex;
  /** Ends a move to the space of the index, if all photos have moved. */
  readonly finish: () => Promise<void>;
}

const trainer = createTrainer();
const modelsUrl = new URL(`${import.meta.env.BASE_URL}models/`, self.location.origin).href;
const words = new WordSearch(wordFiles(modelsUrl));
const people = new PeopleHost({ store, trainer, tab, tell });

let opening: Promise<Services> | null = null;
/** Opened at the first call; a failure is forgotten, so that the next call tries again. */
function services(): Promise<Services> {
  opening ??= (async () => {
    const opened = await store();
    const made = await openIndex({
      store: opened,
      space: visualSpace,
      kernels: loadKernels,
      trainer,
      exclusively,
      tell: (work) => tell({ type: 'index-work', work }),
    });
    const former = new FormerIndexes({
      store: opened,
      target: visualSpace.id,
      open: openFormer({ store: opened, kernels: loadKernels, trainer, exclusively }),
    });
    await former.refresh();
    const index = new IndexService({ ...made, tab, tell, exclusively });
    const finish = new MoveFinish({
      store: opened,
      ...made,
      check: () => index.check(new AbortController().signal),
      tell(event) {
        tell(event);
        if (event.type === 'space-dropped') former.drop(event.spaceId);
      },
      breathe,
      alone: finishAlone,
    });
    return {
      library: new LibraryService({
        store: opened,
        former,
        calibration: visualSpace.calibration,
        tell,
        photosOf: (query) => people.photosOf(query),
        ...made,
      }),
      index,
      finish: () => finish.run(),
      opened: made.index,
    };
  })();
  opening.catch(() => {
    opening = null;
  });
  return opening;
}

channel.addEventListener('message', ({ data }: MessageEvent<AkinEvent>) => {
  void people.hear(data).catch(() => {});
  // What can't be heard now, the next opening reads from the store.
  void opening
    ?.then(async ({ library, index, finish }) => {
      index.hear(data);
      await library.hear(data);
      if (data.type === 'moved-all') await finish();
    })
    .catch(() => {});
});

expose<LibraryContract>({
  ...people.handlers,
  async open() {
    const { library } = await services();
    const report = await library.report();
    void library.verify().catch(() => {}); /* the next opening looks again */
    // Not before: clearing away must not hold up the first look at the library.
    void store()
      .then((opened) => opened.sweep())
      .then(({ purged }) => {
        // What an earlier visit has begun to delete for good, and not ended, is seen to here as well.
        if (purged.length === 0) return people.tidy();
        const event = { type: 'purged', ids: purged } as const;
        tell(event);
        return library.hear(event);
      })
      .catch(() => {}); /* the next opening sweeps again */
    return report;
  },
  async connect(_signal, vectors) {
    const { library } = await services();
    vectors.onmessage = ({ data }: MessageEvent<VectorMessage>) => library.take(data);
  },
  async verify() {
    await (await store()).verify();
  },
  waiting: async () => (await store()).jobs.waiting(),
  listLost: async (_signal, files) => (await store()).jobs.listLost(files),
  async gallery() {
    const gallery = await (await store()).photos.gallery();
    return transferring(gallery, [gallery.ids.buffer, gallery.aspects.buffer]);
  },
  async bin() {
    const gallery = await (await store()).bin.gallery();
    return transferring(gallery, [gallery.ids.buffer, gallery.aspects.buffer]);
  },
  list: async () => (await store()).photos.list(),
  photo: async (_signal, id) => (await store()).photos.get(id),
  original: async (_signal, id) => (await store()).photos.original(id),
  async thumbs(_signal, ids) {
    const thumbs = await (await store()).photos.thumbs(ids);
    return thumbs.map(({ id, name, image }) => ({
      id,
      name,
      src: imageUrl(new Uint8Array(image)),
    }));
  },
  search: async (_signal, query) => (await services()).library.search(query),
  searchWord: async (_signal, query) => words.search(query, (await services()).opened),
  suggestWords: async (_signal, query) => words.suggest(query),
  looksLike: async (_signal, id, language) =>
    words.name(await (await store()).photos.classes(id), language),
  remove: async (_signal, ids) => (await services()).library.remove(ids),
  restore: async (_signal, ids) => (await services()).library.restore(ids),
  purge: async (_signal, ids) => (await services()).library.purge(ids),
  clear: async () => (await services()).library.clear(),
  failures: async () => [...(await (await store()).jobs.failures())].reverse(),
  stats: async () => (await services()).library.stats(),
  async exportVectors() {
    const exported = await (await services()).library.exportVectors();
    return transferring(exported, [exported.ids.buffer, exported.vectors.buffer]);
  },
  moveReport: async () => moveReport(await store(), visualSpace.id),
  index: async () => (await services()).index.report(),
  chooseIndex: async (_signal, choice) => (await services()).index.choose(choice),
  rebuildIndex: async () => (await services()).index.rebuild(),
  cancelIndexWork: async () => (await services()).index.cancel(),
  checkIndex: async (signal) => (await services()).index.check(signal),
  measureIndexes: async (signal) => (await services()).index.measure(signal),
});
