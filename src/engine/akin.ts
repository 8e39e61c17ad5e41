import { AkinError, errorReport, toAkinError } from '../base/errors.ts';
import {
  type AkinEvent,
  type FaceWork,
  type ImportFile,
  type ImportItem,
  type ImportProgress,
  type ImportReport,
  type IndexWork,
  type LibraryContract,
  libraryOf,
  type MeasureProgress,
  type MeasureRow,
  type MoveWork,
  NO_COUNTS,
  type PhotoId,
} from '../protocol/index.ts';
import type { Akin, EngineStats, MeasureOptions, Notice } from './api.ts';
import { EventChannel } from './channel.ts';
import { createFaces } from './faces.ts';
import { GalleryStore } from './galleryStore.ts';
import { FailureList } from './importing/failureList.ts';
import { ImportProgressView } from './importing/importProgress.ts';
import { ImportSession } from './importing/importSession.ts';
import { Leftovers } from './importing/leftovers.ts';
import { loadSamples } from './importing/samples.ts';
import { createModels } from './models.ts';
import { createMoving } from './moving.ts';
import { Subject } from './observable.ts';
import { askToPersist } from './storage/persist.ts';
import { StorageWatch } from './storage/storageWatch.ts';
import { wordLanguage } from './wordLanguage.ts';
import { createWorkerPair } from './workerPair.ts';

/** A worker that dies this often before it has answered once is not started again by itself. */
const MAX_DEATHS = 3;
const DEFAULT_K = 60;

/** Starts Akin: two workers, one facade. `baseUrl` is the address of the app's folder. */
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
  const peopleVersion = new Subject(0);
  const modelsVersion = new Subject(0);
  /** By it the workers of this tab are told from those of others, and from those let go of. */
  let tab = crypto.randomUUID();
  /** The library that is open, and those that the browser has deleted meanwhile. */
  let libraryId: string | null = null;
  const gone = new Set<string>();
  let notices = 0;
  let libraryDeaths = 0;

  const tell = (code: Notice['code']) => notice.set({ id: ++notices, code });

  const { library, importer } = createWorkerPair({
    tab: () => tab,
    onLibraryDeath: () => {
      indexWork.set({ state: 'idle' });
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
    // What can't be read again now is read at the next event; a dead worker tells of itself.
    Promise.resolve(onEvent(event)).catch(() => {});
  });

  function onEvent(event: AkinEvent): void | Promise<void> {
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
        // Its files are in nobody's hands any more.
        quietly(readLeftovers());
        return loadGallery();
      case 'model-chosen':
      case 'models':
      case 'space-dropped':
        return modelsVersion.set(modelsVersion.get() + 1);
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
      case 'notice':
        return tell(event.code);
      case 'command':
        if (event.command !== 'cancel') return;
        leftovers.clear();
        return session.stopStaging();
      case 'staged':
        // Also what another tab has staged: this one stands in line, and goes on if that one goes.
        return session.nudge();
      case 'move-work':
        return moveWork.set(event.work);
      case 'face-work':
        return faceWork.set(event.work);
      case 'people-seen':
        if (event.tab === tab) peopleVersion.set(peopleVersion.get() + 1);
        return;
      case 'faces-setting':
        return peopleVersion.set(peopleVersion.get() + 1);
      case 'summary-dismissed':
        return imports.putAway(event.importId);
      case 'dated':
        return event.takenAt ? gallery.date(event.ids, event.takenAt) : loadGallery();
      case 'tally':
      case 'purged':
      case 'faces':
      case 'people':
      case 'index-cancel':
      case 'move-setting':
      case 'moved':
      case 'moved-all':
      case 'viewed':
        return;
    }
  }

  function onProgress(now: ImportProgress): void {
    const before = progress.get().state;
    if ('importId' in now && gone.has(libraryOf(now.importId))) return;
    if (!imports.hear(now)) return;
    if (now.state === 'done') gallery.flush();
    // Stand in line for an import that another tab works on: if it goes, this one goes on.
    if (now.state === 'running' && before !== 'running') session.nudge();
  }

  function dismissSummary(): void {
    const importId = imports.dismiss();
    if (importId !== null) channel.send({ type: 'summary-dismissed', importId });
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

  /** Looks whether the library is still there, and begins anew where it is not. */
  async function verify(): Promise<void> {
    const looked = libraryId;
    try {
      await library.call('verify', []);
    } catch (thrown) {
      // What else is wrong, whoever asks the library for something hears.
      if (toAkinError(thrown).code === 'storage-lost' && looked === libraryId) startAnew();
    }
  }

  /**
   * The browser has deleted the library under this tab. All that workers and page know of it goes, and
   * the files that are still at hand are brought in again.
   */
  function startAnew(): void {
    if (libraryId !== null) gone.add(libraryId);
    libraryId = null;
    const lost = leftovers.take();
    storage.deleted(session.holding, lost.length);
    library.stop();
    importer.stop();
    tab = crypto.randomUUID();
    // Workers of other tabs may have heard of photos from those that are stopped now.
    channel.send({ type: 'resync' });
    gallery.clear();
    failures.clear();
    imports.clear();
    indexWork.set({ state: 'idle' });
    faceWork.set({ state: 'idle' });
    moveWork.set({ state: 'idle' });
    peopleVersion.set(peopleVersion.get() + 1);
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
      // A worker that died cannot have noticed that the library went meanwhile.
      if (libraryId !== null && libraryId !== report.library) return startAnew();
      libraryId = report.library;
      await loadGallery();
      libraryDeaths = 0;
      if (report.rebuilt) tell('index-rebuilt');
      await failures.refresh();
      // What an earlier visit left undone goes on; the nets stay unloaded when nothing waits.
      if (report.waiting > 0) {
        await readLeftovers();
        session.nudge();
      }
      // Photos may be left in which none were looked for, or newer nets be there.
      if (report.looksForFaces) quietly(importer.call('resumeFaces', []));
      if (report.moves) quietly(importer.call('wakeMove', []));
      // An import of another tab tells its state only now and then.
      channel.send({ type: 'command', command: 'report' });
    } catch (thrown) {
      gallery.fail(toAkinError(thrown));
      throw thrown;
    }
  }

  let opened = Promise.resolve();
  function reopen(then?: () => Promise<void>): void {
    opened = openLibrary().then(then);
    opened.catch(() => {}); /* the gallery's snapshot tells of it, and every call below rejects */
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
    // The browser may ask the person; the import does not wait for the answer.
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
    faces: createFaces(ask, importer, faceWork, peopleVersion),
    moving: createMoving(ask, importer, moveWork),
    models: createModels(ask, importer, modelsVersion, baseUrl),
    ready: async () => {
      await opened;
      await session.idle();
      gallery.flush();
      // Not by events alone: the last of them may still be on its way.
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
    searchWord: (text, { k = DEFAULT_K, language = wordLanguage(), synset, signal } = {}) =>
      ask('searchWord', [{ text, k, language, synset }], signal),
    suggestWords: (text, { language = wordLanguage(), signal } = {}) =>
      library.call('suggestWords', [{ text, language }], { signal }),
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
        // Starting the worker, only to hear that it has nothing to cancel, would take longest of all.
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
    exportVectors: () => ask('exportVectors', []),
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

/** For what the page need not wait for: what goes wrong is told by progress and the gallery. */
function quietly(work: Promise<unknown>): void {
  work.catch(() => {});
}
