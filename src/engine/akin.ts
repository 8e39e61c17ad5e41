import { AkinError, errorReport, toAkinError } from '../base/errors.ts';
import {
  type AkinEvent,
  type CalibrationWork,
  type FaceWork,
  type ImportFile,
  type ImportItem,
  type ImportProgress,
  type ImportReport,
  type IndexWork,
  type LibraryContract,
  type ListProgress,
  libraryOf,
  type MeasureProgress,
  type MeasureRow,
  type MoveWork,
  NO_COUNTS,
  type PhotoId,
  type VectorExport,
} from '../protocol/index.ts';
import type { Akin, EngineStats, MeasureOptions, Notice } from './api.ts';
import { EventChannel } from './channel.ts';
import { createFaces } from './faces/faces.ts';
import { GalleryStore } from './galleryStore.ts';
import { FailureList } from './importing/failureList.ts';
import { ImportProgressView } from './importing/importProgress.ts';
import { ImportSession } from './importing/importSession.ts';
import { Leftovers } from './importing/leftovers.ts';
import { loadSamples } from './importing/samples.ts';
import { createItems } from './items/items.ts';
import { createLab } from './lab/lab.ts';
import { createMap } from './map/map.ts';
import { createModels } from './models/models.ts';
import { createMoving } from './models/moving.ts';
import { Subject } from './observable.ts';
import { createExplain } from './queries/explain.ts';
import { createQueries } from './queries/queries.ts';
import { createQuery } from './queries/query.ts';
import { wordLanguage } from './queries/wordLanguage.ts';
import { askToPersist } from './storage/persist.ts';
import { StorageWatch } from './storage/storageWatch.ts';
import { createTeach } from './teaching/teach.ts';
import { createVectorFiles, type NamedVectorFile, type VectorFileOptions } from './vectorFiles.ts';
import { Versions } from './versions.ts';
import { createWorkerPair } from './workerPair.ts';

/** Crashes before a first answer after which the worker is no longer restarted automatically. */
const MAX_DEATHS = 3;
const DEFAULT_K = 60;

/** Creates Akin: two workers behind one facade. `baseUrl` is the URL of the app's folder. */
export function createAkin(baseUrl: string): Akin {
  const gallery = new GalleryStore();
  const imports = new ImportProgressView();
  const { progress } = imports;
  const failures = new FailureList(() => library.call('failures', []));
  const storage = new StorageWatch();
  const leftovers = new Leftovers();
  const fleeting = new Subject(false);
  const notice = new Subject<Notice | null>(null);
  const indexWork = new Subject<IndexWork>({ state: 'idle' });
  const faceWork = new Subject<FaceWork>({ state: 'idle' });
  const moveWork = new Subject<MoveWork>({ state: 'idle' });
  const versions = new Versions();
  /** Lists of items that this tab imports. */
  const lists = new Map<string, (progress: ListProgress) => void>();
  const teachWork = new Subject<CalibrationWork>({ state: 'idle' });
  /** Identifies this tab's workers; workers of other tabs and discarded workers have another id. */
  let tab = crypto.randomUUID();
  /** Id of the open library, and ids of libraries the browser has deleted since. */
  let libraryId: string | null = null;
  const gone = new Set<string>();
  let notices = 0;
  let libraryDeaths = 0;

  const tell = (code: Notice['code']) => notice.set({ id: ++notices, code });

  const { library, importer } = createWorkerPair({
    tab: () => tab,
    onLibraryDeath: () => {
      indexWork.set({ state: 'idle' });
      teachWork.set({ state: 'idle' });
      if (++libraryDeaths >= MAX_DEATHS) {
        const message = 'Search can’t be started. Reload Akin; your photos are safe.';
        return gallery.fail(
          new AkinError('worker-died', message, { details: { reason: 'search' } }),
        );
      }
      tell('search-restarted');
      reopen();
    },
    onImporterDeath: () => {
      tell('import-restarted');
      channel.send({ type: 'resync' });
      quietly(loadGallery());
      if (moveWork.get().state === 'moving') quietly(importer.call('wakeMove', []));
      session.died();
    },
  });

  const session = new ImportSession(importer, {
    onGivenUp: (error) => {
      const now = progress.get();
      const counts = 'total' in now ? now : NO_COUNTS;
      imports.hear({ ...counts, state: 'stopped', ...errorReport(error) });
    },
    verify,
    opened: () => opened,
  });

  const channel = new EventChannel((event) => {
    // A failed read is repeated at the next event; a dead worker announces itself.
    Promise.resolve(onEvent(event)).catch(() => {});
  });

  const map = createMap(ask, (event) => channel.send(event));

  const lab = createLab(ask, importer, () => tab);

  function onEvent(event: AkinEvent): void | Promise<void> {
    lab.hear(event);
    map.hear(event);
    versions.hear(event);
    switch (event.type) {
      case 'imported':
        session.progressed();
        leftovers.imported(event.ids);
        return gallery.add(event);
      case 'removed':
        return gallery.remove(event.ids);
      case 'restored':
        return loadGallery();
      case 'resync':
        // No tab holds these files any more.
        quietly(readLeftovers());
        return loadGallery();
      case 'cleared':
        failures.clear();
        imports.clear();
        return gallery.clear();
      case 'failures':
        return failures.refresh();
      case 'progress':
        return onProgress(event.progress);
      case 'storage':
        if (event.tab === tab) storage.hear(event.role, event.state);
        return;
      case 'storage-lost':
        if (gone.has(event.was)) return;
        gone.add(event.was);
        if (libraryId === null ? event.tab === tab : event.was === libraryId) startAnew();
        return;
      case 'index-work':
        return indexWork.set(event.work);
      case 'measure':
        if (event.tab === tab) onMeasure(event.progress, event.row);
        return;
      case 'list-progress':
        return lists.get(event.call)?.(event.progress);
      case 'notice':
        return tell(event.code);
      case 'command':
        if (event.command !== 'cancel') return;
        leftovers.clear();
        return session.stopStaging();
      case 'staged':
        // Also for files another tab staged: this tab waits for the lock and takes over if that tab
        // closes.
        return session.nudge();
      case 'move-work':
        return moveWork.set(event.work);
      case 'calibration-work':
        return teachWork.set(event.work);
      case 'face-work':
        return faceWork.set(event.work);
      case 'people-seen':
        if (event.tab === tab) versions.grow('people');
        return;
      case 'summary-dismissed':
        return imports.putAway(event.importId);
      case 'dated':
        return event.takenAt ? gallery.date(event.ids, event.takenAt) : loadGallery();
      default:
        // Heard elsewhere, or by workers only.
        return;
    }
  }

  function onProgress(now: ImportProgress): void {
    const before = progress.get().state;
    if ('importId' in now && gone.has(libraryOf(now.importId))) return;
    if (!imports.hear(now)) return;
    if (now.state === 'done') gallery.flush();
    // Wait for the lock of another tab's import, to take over if that tab closes.
    if (now.state === 'running' && before !== 'running') session.nudge();
  }

  function dismissSummary(): void {
    const importId = imports.dismiss();
    if (importId !== null) channel.send({ type: 'summary-dismissed', importId });
  }

  const writeVectors = createVectorFiles(ask, map, baseUrl);
  function exportVectors(): Promise<VectorExport>;
  function exportVectors(options: VectorFileOptions): Promise<NamedVectorFile>;
  function exportVectors(options?: VectorFileOptions): Promise<VectorExport | NamedVectorFile> {
    return options === undefined ? ask('exportVectors', []) : writeVectors(options);
  }

  let onMeasure: (progress: MeasureProgress, row: MeasureRow | null) => void = () => {};
  async function measureIndexes({ signal, onProgress }: MeasureOptions = {}) {
    if (onProgress) onMeasure = onProgress;
    try {
      return await ask('measureIndexes', [], signal);
    } finally {
      if (onMeasure === onProgress) onMeasure = () => {};
    }
  }

  const loadGallery = () => gallery.load(() => library.call('gallery', []));

  async function readLeftovers(): Promise<void> {
    leftovers.set(await library.call('waiting', []));
  }

  /** Checks that the library still exists, and starts over if not. */
  async function verify(): Promise<void> {
    const looked = libraryId;
    try {
      await library.call('verify', []);
    } catch (thrown) {
      // Other errors surface in the next call to the library.
      if (toAkinError(thrown).code === 'storage-lost' && looked === libraryId) startAnew();
    }
  }

  /**
   * Handles the library being deleted by the browser: drops all state of workers and page, then
   * imports the files still at hand again.
   */
  function startAnew(): void {
    if (libraryId !== null) gone.add(libraryId);
    libraryId = null;
    const lost = leftovers.take();
    storage.deleted(session.holding, lost.length);
    library.stop();
    importer.stop();
    tab = crypto.randomUUID();
    // Workers in other tabs may have seen photos from the workers just stopped.
    channel.send({ type: 'resync' });
    gallery.clear();
    failures.clear();
    imports.clear();
    indexWork.set({ state: 'idle' });
    faceWork.set({ state: 'idle' });
    moveWork.set({ state: 'idle' });
    map.hear({ type: 'cleared' });
    lab.hear({ type: 'cleared' });
    teachWork.set({ state: 'idle' });
    versions.growAll();
    reopen(async () => {
      if (lost.length === 0) return;
      await library.call('listLost', [lost]);
      channel.send({ type: 'failures' });
      await failures.refresh();
    });
    session.lost();
  }

  async function openLibrary(): Promise<void> {
    try {
      const report = await library.call('open', []);
      fleeting.set(report.fleeting);
      storage.interrupted(report.interrupted);
      // A crashed worker can't have noticed that the library disappeared in the meantime.
      if (libraryId !== null && libraryId !== report.library) return startAnew();
      libraryId = report.library;
      await loadGallery();
      libraryDeaths = 0;
      if (report.rebuilt) tell('index-rebuilt');
      await failures.refresh();
      // Resume what an earlier visit left unfinished; don't load the models if nothing is waiting.
      if (report.waiting > 0) {
        await readLeftovers();
        session.nudge();
      }
      // Photos may still need scanning, or newer face models may be available.
      if (report.looksForFaces) quietly(importer.call('resumeFaces', []));
      if (report.moves) quietly(importer.call('wakeMove', []));
      // An import in another tab reports its state only occasionally.
      channel.send({ type: 'command', command: 'report' });
    } catch (thrown) {
      gallery.fail(toAkinError(thrown));
      throw thrown;
    }
  }

  let opened = Promise.resolve();
  function reopen(then?: () => Promise<void>): void {
    opened = openLibrary().then(then);
    opened.catch(() => {}); /* reported by the gallery's snapshot and by every call below */
  }
  reopen();

  async function ask<K extends keyof LibraryContract & string>(
    method: K,
    args: Parameters<LibraryContract[K]>,
    signal?: AbortSignal,
  ) {
    await opened;
    return library.call(method, args as never, { signal });
  }

  async function importFiles(
    files: Iterable<File | ImportFile> | AsyncIterable<readonly ImportItem[]>,
  ): Promise<ImportReport> {
    await opened;
    // The browser may prompt the user; the import doesn't wait for the answer.
    void askToPersist().catch(() => {});
    if (Symbol.asyncIterator in files) return session.run(files);
    return session.run([...files].map((item) => (item instanceof File ? { file: item } : item)));
  }

  return {
    gallery: gallery.snapshot,
    progress,
    failures: failures.list,
    storage: storage.state,
    dismissStorage: () => storage.dismiss(),
    fleeting,
    notice,
    indexWork,
    faces: createFaces(ask, importer, faceWork, versions.of('people')),
    items: createItems(ask, importer, versions.of('items'), lists),
    moving: createMoving(ask, importer, moveWork),
    models: createModels(ask, importer, versions.of('models'), baseUrl),
    map,
    lab,
    teach: createTeach(ask, versions.of('teaching'), teachWork, versions.of('pairs'), baseUrl),
    ready: async () => {
      await opened;
      await session.idle();
      gallery.flush();
      // Don't rely on events alone: the last one may still be in flight.
      await failures.refresh();
    },
    importFiles,
    importSamples: async () => importFiles(await loadSamples(`${baseUrl}samples/samples.zip`)),
    pause: () => quietly(importer.call('command', ['pause'])),
    resume: () => quietly(session.resume()),
    cancel: () => quietly(session.cancel()),
    dismissSummary,
    retry: async (ids) => {
      const queued = await importer.call('retry', [ids ?? null]);
      session.nudge();
      quietly(readLeftovers());
      return queued;
    },
    dismiss: (ids) => importer.call('dismiss', [ids ?? null]),
    search: (photoId: PhotoId, options = {}) =>
      ask(
        'search',
        [{ photoId, k: options.k ?? DEFAULT_K, people: options.people }],
        options.signal,
      ),
    ...createQuery(ask, importer),
    queries: createQueries(ask, versions.of('queries')),
    explain: createExplain(importer),
    suggest: (text, { language = wordLanguage(), signal } = {}) =>
      ask('suggest', [{ text, language }], signal),
    searchWord: (text, { k = DEFAULT_K, language = wordLanguage(), synset, signal } = {}) =>
      ask('searchWord', [{ text, k, language, synset }], signal),
    suggestWords: (text, { language = wordLanguage(), signal } = {}) =>
      library.call('suggestWords', [{ text, language }], { signal }),
    partsOf: (id, { signal } = {}) => ask('partsOf', [id], signal),
    looksLike: (id, { language = wordLanguage(), signal } = {}) =>
      ask('looksLike', [id, language], signal),
    list: () => ask('list', []),
    photo: (id) => ask('photo', [id]),
    original: (id) => ask('original', [id]),
    showable: (picture, options = {}) => importer.call('showable', [picture], options),
    thumbs: (ids) => ask('thumbs', [ids]),
    remove: (ids) => ask('remove', [ids]),
    restore: (ids) => ask('restore', [ids]),
    trash: () => ask('trash', []),
    purge: (ids) => ask('purge', [ids ?? null]),
    clear: async () => {
      if (importer.isRunning) await session.cancel();
      else {
        // Don't start a worker just to learn that it has nothing to cancel; that would be slowest.
        leftovers.clear();
        session.stopStaging();
        channel.send({ type: 'command', command: 'cancel' });
      }
      await ask('clear', []);
    },
    stats: async (): Promise<EngineStats> => {
      const stats = await ask('stats', []);
      const status = importer.isRunning
        ? await importer.call('status', [])
        : { backend: null, tensors: null };
      return { ...stats, ...status };
    },
    exportVectors,
    backend: () => importer.call('probe', []),
    chooseBackend: (choice) => importer.call('chooseBackend', [choice]),
    timings: () => importer.call('timings', []),
    index: () => ask('index', []),
    chooseIndex: (choice) => ask('chooseIndex', [choice]),
    rebuildIndex: () => ask('rebuildIndex', []),
    cancelIndexWork: () => ask('cancelIndexWork', []),
    checkIndex: (options = {}) => ask('checkIndex', [], options.signal),
    measureIndexes,
  };
}

/** For work the page doesn't wait for: progress and the gallery report its errors. */
function quietly(work: Promise<unknown>): void {
  work.catch(() => {});
}
