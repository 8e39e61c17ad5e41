import { toAkinError } from '../base/errors.ts';
import {
  type AkinEvent,
  type ImportContract,
  type ImportFailure,
  type ImportFile,
  type ImportProgress,
  type ImportReport,
  type LibraryContract,
  type PhotoId,
  TAB_SEPARATOR,
} from '../protocol/index.ts';
import { WorkerClient } from '../rpc/workerClient.ts';
import type { Akin, EngineStats, Notice, StorageState } from './api.ts';
import { EventChannel } from './channel.ts';
import { GalleryStore } from './galleryStore.ts';
import { ImportSession } from './importSession.ts';
import { Subject } from './observable.ts';
import { loadSamples } from './samples.ts';

/** The nets take hundreds of megabytes; they go this long after the last thing asked of them. */
const EMBED_IDLE_MS = 60_000;
const DEFAULT_K = 60;

/** Starts Akin: two workers, one facade. `baseUrl` is the address of the app's folder. */
export function createAkin(baseUrl: string): Akin {
  const gallery = new GalleryStore();
  const progress = new Subject<ImportProgress>({ state: 'idle' });
  const failures = new Subject<readonly ImportFailure[]>([]);
  const storage = new Subject<StorageState>({ state: 'ok', message: '' });
  const notice = new Subject<Notice | null>(null);
  const tab = crypto.randomUUID();
  let notices = 0;

  const tell = (message: string) => notice.set({ id: ++notices, message });

  const library: WorkerClient<LibraryContract> = new WorkerClient({
    name: 'search',
    spawn: () =>
      new Worker(new URL('../workers/index.worker.ts', import.meta.url), {
        type: 'module',
        name: `akin-index${TAB_SEPARATOR}${tab}`,
      }),
    introduce: async () => {
      if (embed.isRunning) await link();
    },
    onDeath: () => {
      tell('Search stopped unexpectedly and was started again. Your photos are safe.');
      void openLibrary();
    },
  });

  const embed: WorkerClient<ImportContract> = new WorkerClient({
    name: 'import',
    spawn: () =>
      new Worker(new URL('../workers/embed.worker.ts', import.meta.url), {
        type: 'module',
        name: `akin-embed${TAB_SEPARATOR}${tab}`,
      }),
    introduce: link,
    onDeath: () => {
      tell('The import stopped unexpectedly and was started again. Nothing is lost.');
      session.nudge();
    },
    idleMs: EMBED_IDLE_MS,
  });

  /** Gives the workers a port to one another, so that vectors never pass through the page. */
  async function link(): Promise<void> {
    const { port1, port2 } = new MessageChannel();
    await Promise.all([
      embed.first('connect', [port1], [port1]),
      library.first('connect', [port2], [port2]),
    ]);
  }

  const session = new ImportSession(embed);

  const channel = new EventChannel((event) => {
    void onEvent(event);
  });

  async function onEvent(event: AkinEvent): Promise<void> {
    switch (event.type) {
      case 'kept':
        return gallery.add(event.ids, event.aspects);
      case 'removed':
        return gallery.remove(event.ids);
      case 'restored':
        return gallery.load(await library.call('gallery', []));
      case 'cleared':
        failures.set([]);
        return gallery.clear();
      case 'failures':
        return void (await refreshFailures());
      case 'progress':
        if (event.progress.state === 'done') gallery.flush();
        // Stand in line for an import that another tab works on: if it goes, this one goes on.
        if (event.progress.state === 'running') session.nudge();
        return progress.set(event.progress);
      case 'storage':
        if (event.tab !== tab) return;
        return storage.set({ state: event.state, message: event.message });
      case 'notice':
        return tell(event.message);
      case 'purged':
      case 'command':
        return;
    }
  }

  async function refreshFailures(): Promise<void> {
    failures.set(await library.call('failures', []));
  }

  async function openLibrary(): Promise<void> {
    try {
      const report = await library.call('open', []);
      gallery.load(await library.call('gallery', []));
      if (report.rebuilt) tell(report.rebuilt);
      // What an earlier visit left undone goes on; the nets stay unloaded when nothing waits.
      await refreshFailures();
      if (report.waiting > 0) session.nudge();
    } catch (thrown) {
      gallery.fail(toAkinError(thrown));
      throw thrown;
    }
  }

  const opened = openLibrary();
  opened.catch(() => {}); /* the gallery's snapshot tells of it, and every call below rejects */

  async function ask<K extends keyof LibraryContract & string>(
    method: K,
    args: Parameters<LibraryContract[K]>,
    signal?: AbortSignal,
  ) {
    await opened;
    return library.call(method, args as never, { signal });
  }

  async function importFiles(files: Iterable<File | ImportFile>): Promise<ImportReport> {
    await opened;
    // The browser may ask the person; the import does not wait for the answer.
    void navigator.storage?.persist?.();
    return session.run([...files].map((item) => (item instanceof File ? { file: item } : item)));
  }

  const command = (name: 'pause' | 'resume' | 'cancel') =>
    channel.send({ type: 'command', command: name });

  return {
    gallery: gallery.snapshot,
    progress,
    failures,
    storage,
    notice,
    ready: async () => {
      await opened;
      await session.idle();
      gallery.flush();
    },
    importFiles,
    importSamples: async () => importFiles(await loadSamples(`${baseUrl}samples/samples.zip`)),
    pause: () => command('pause'),
    resume: () => {
      command('resume');
      session.nudge();
    },
    cancel: () => {
      session.cancel();
      command('cancel');
    },
    retry: async (ids) => {
      const queued = await embed.call('retry', [ids ?? null]);
      session.nudge();
      return queued;
    },
    dismiss: (ids) => embed.call('dismiss', [ids ?? null]),
    search: (photoId: PhotoId, options = {}) =>
      ask('search', [{ photoId, k: options.k ?? DEFAULT_K }], options.signal),
    list: () => ask('list', []),
    photo: (id) => ask('photo', [id]),
    original: (id) => ask('original', [id]),
    thumbs: (ids) => ask('thumbs', [ids]),
    remove: (ids) => ask('remove', [ids]),
    restore: (ids) => ask('restore', [ids]),
    bin: () => ask('bin', []),
    purge: (ids) => ask('purge', [ids ?? null]),
    clear: async () => {
      session.cancel();
      command('cancel');
      await ask('clear', []);
    },
    stats: async (): Promise<EngineStats> => {
      const stats = await ask('stats', []);
      const status = embed.isRunning
        ? await embed.call('status', [])
        : { backend: null, tensors: null };
      return { ...stats, ...status };
    },
    exportVectors: () => ask('exportVectors', []),
    backend: () => embed.call('probe', []),
    chooseBackend: (choice) => embed.call('chooseBackend', [choice]),
    timings: () => embed.call('timings', []),
  };
}
