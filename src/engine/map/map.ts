import { AkinError, errorReport, toAkinError } from '../../base/errors.ts';
import {
  type AkinEvent,
  MAP_LOCK,
  type MapLayoutContract,
  type MapWork,
} from '../../protocol/index.ts';
import { WorkerClient } from '../../rpc/workerClient.ts';
import type { AskLibrary } from '../faces/faces.ts';
import { Subject } from '../observable.ts';
import type { MapApi } from './mapApi.ts';

/** Milliseconds without news after which a tab checks whether a layout is still running. */
const SILENCE_MS = 3_000;
const SEED = 1;
/** Milliseconds that the worker of previews waits for another. */
const PREVIEW_IDLE_MS = 30_000;
const IDLE: MapWork = { state: 'idle' };

/** Events that change which photos the map shows, or which map is shown. */
const CHANGES_MAP: ReadonlySet<AkinEvent['type']> = new Set([
  ...(['map', 'imported', 'removed', 'restored', 'purged', 'cleared', 'resync', 'moved'] as const),
  ...(['model-chosen', 'calibration-chosen', 'space-dropped'] as const),
]);

export interface PageMap extends MapApi {
  /** Follows events of all tabs. */
  hear(event: AkinEvent): void;
}

/** The page's side of the map: layouts run in a worker of their own. */
export function createMap(ask: AskLibrary, send: (event: AkinEvent) => void): PageMap {
  const version = new Subject(0);
  const work = new Subject<MapWork>(IDLE);
  let silence: ReturnType<typeof setTimeout> | undefined;
  let running: AbortController | null = null;
  let previewer: WorkerClient<MapLayoutContract> | null = null;

  function show(now: MapWork): void {
    work.set(now);
    clearTimeout(silence);
    if (now.state === 'working') silence = setTimeout(() => void checkAlive(), SILENCE_MS);
  }

  /** The tab that did the work may have been closed, and could not say so. */
  async function checkAlive(): Promise<void> {
    const { held = [] } = await navigator.locks.query();
    if (work.get().state !== 'working') return;
    show(held.some(({ name }) => name === MAP_LOCK) ? work.get() : IDLE);
  }

  const tell = (event: AkinEvent) => {
    hear(event);
    send(event);
  };

  function hear(event: AkinEvent): void {
    if (CHANGES_MAP.has(event.type)) version.set(version.get() + 1);
    if (event.type === 'map-work') show(event.work);
    else if (event.type === 'map-cancel') running?.abort();
  }

  return {
    version,
    work,
    hear,
    get: (options) => ask('map', [], options?.signal),
    async layOut({ seed = SEED, signal } = {}) {
      if (running) throw new AkinError('invalid-argument', 'A map is being laid out already.');
      const controller = new AbortController();
      running = controller;
      const stop = () => controller.abort();
      signal?.addEventListener('abort', stop);
      if (signal?.aborted) stop();
      show({ state: 'working', stage: 'reading', share: 0 });
      const client = startWorker();
      try {
        const spaceId = await ask('spaceInUse', [], controller.signal);
        await client.call('layOut', [spaceId, seed], { signal: controller.signal });
        tell({ type: 'map-work', work: IDLE });
        tell({ type: 'map' });
      } catch (thrown) {
        const isAborted = toAkinError(thrown).code === 'aborted';
        const failed = { state: 'failed', ...errorReport(thrown) } as const;
        tell({ type: 'map-work', work: isAborted ? IDLE : failed });
        throw thrown;
      } finally {
        client.stop();
        running = null;
        signal?.removeEventListener('abort', stop);
      }
      const map = await ask('map', []);
      if (!map) throw new AkinError('not-found', 'The map was deleted meanwhile.');
      return map;
    },
    async preview(pairs, { signal } = {}) {
      previewer ??= startWorker(PREVIEW_IDLE_MS);
      const spaceId = await ask('spaceInUse', [], signal);
      return previewer.call('preview', [spaceId, pairs], { signal });
    },
    async cancel() {
      tell({ type: 'map-cancel' });
    },
  };
}

function startWorker(idleMs?: number): WorkerClient<MapLayoutContract> {
  return new WorkerClient({
    name: 'map',
    spawn: () =>
      new Worker(new URL('../../workers/map.worker.ts', import.meta.url), {
        type: 'module',
        name: 'akin-map',
      }),
    introduce: async () => {},
    onDeath: () => {},
    ...(idleMs !== undefined && { idleMs }),
  });
}
