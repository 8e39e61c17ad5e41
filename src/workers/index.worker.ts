import type { AkinEvent, LibraryContract, VectorMessage } from '../protocol/index.ts';
import { CHANNEL } from '../protocol/index.ts';
import { expose, transferring } from '../rpc/serve.ts';
import { dataUrl } from './dataUrl.ts';
import { loadKernels } from './kernels.ts';
import { LibraryIndex } from './libraryIndex.ts';
import { LibraryService } from './libraryService.ts';
import { openWorkerStore } from './openWorkerStore.ts';

const channel = new BroadcastChannel(CHANNEL);
const tell = (event: AkinEvent) => channel.postMessage(event);
const store = openWorkerStore(tell);

let opening: Promise<LibraryService> | null = null;
/** Opened at the first call; a failure is forgotten, so that the next call tries again. */
function service(): Promise<LibraryService> {
  opening ??= (async () => {
    const [opened, kernels] = await Promise.all([store(), loadKernels()]);
    const index = await LibraryIndex.open(kernels, opened.indexes);
    return new LibraryService({ store: opened, index, tell });
  })();
  opening.catch(() => {
    opening = null;
  });
  return opening;
}

channel.addEventListener('message', ({ data }: MessageEvent<AkinEvent>) => {
  // What can't be heard now, the next opening reads from the store.
  void opening?.then((opened) => opened.hear(data)).catch(() => {});
});

expose<LibraryContract>({
  async open() {
    const report = await (await service()).report();
    // Not before: clearing away must not hold up the first look at the library.
    void store()
      .then((opened) => opened.sweep())
      .then(({ purged }) => purged.length > 0 && tell({ type: 'purged', ids: purged }))
      .catch(() => {}); /* the next opening sweeps again */
    return report;
  },
  async connect(_signal, vectors) {
    const opened = await service();
    vectors.onmessage = ({ data }: MessageEvent<VectorMessage>) => opened.take(data);
  },
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
      src: dataUrl('image/webp', new Uint8Array(image)),
    }));
  },
  search: async (_signal, query) => (await service()).search(query),
  remove: async (_signal, ids) => (await service()).remove(ids),
  restore: async (_signal, ids) => (await service()).restore(ids),
  purge: async (_signal, ids) => (await service()).purge(ids),
  clear: async () => (await service()).clear(),
  failures: async () => [...(await (await store()).jobs.failures())].reverse(),
  stats: async () => (await service()).stats(),
  async exportVectors() {
    const exported = await (await service()).exportVectors();
    return transferring(exported, [exported.ids.buffer, exported.vectors.buffer]);
  },
});
