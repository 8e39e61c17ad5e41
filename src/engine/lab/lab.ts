import {
  type AkinEvent,
  type ImportContract,
  type LabContract,
  type LabWork,
  TAB_SEPARATOR,
} from '../../protocol/index.ts';
import { type Args, type Value, WorkerClient } from '../../rpc/workerClient.ts';
import type { AskLibrary } from '../faces/faces.ts';
import { Subject } from '../observable.ts';
import type { LabApi } from './labApi.ts';

/** Milliseconds that the worker waits for another call. */
const IDLE_MS = 5 * 60_000;
const IDLE: LabWork = { state: 'idle' };

/** Events that change which photos have vectors, or which space is in use. */
const CHANGES_SAMPLE: ReadonlySet<AkinEvent['type']> = new Set([
  ...(['imported', 'removed', 'restored', 'purged', 'resync', 'moved'] as const),
  ...(['model-chosen', 'calibration-chosen', 'space-dropped'] as const),
]);

export interface PageLab extends LabApi {
  /** Follows events of all tabs. */
  hear(event: AkinEvent): void;
}

type Rest<A> = A extends [spaceId: string, ...rest: infer R] ? R : never;

/** The page's side of the Lab, which has a worker of its own. */
export function createLab(
  ask: AskLibrary,
  importer: Pick<WorkerClient<ImportContract>, 'call'>,
  tab: () => string,
): PageLab {
  const work = new Subject<LabWork>(IDLE);
  let client: WorkerClient<LabContract> | null = null;
  let isStale = false;

  async function call<K extends keyof LabContract & string>(
    method: K,
    args: Rest<Args<LabContract[K]>>,
    signal: AbortSignal | undefined,
  ): Promise<Value<LabContract[K]>> {
    const spaceId = await ask('spaceInUse', [], signal);
    client ??= startWorker(tab);
    const all = [spaceId, ...args] as unknown as Args<LabContract[K]>;
    return client.call(method, all, { signal });
  }

  function close(): void {
    client?.stop();
    client = null;
    isStale = false;
    work.set(IDLE);
  }

  return {
    work,
    hear(event) {
      // An ended worker's last report may arrive after its end.
      if (event.type === 'lab-work' && event.tab === tab() && client) work.set(event.work);
      if (event.type === 'cleared') close();
      else if (CHANGES_SAMPLE.has(event.type)) isStale = true;
    },
    async sample(options) {
      // Not sooner: an import shouldn't take away what is being looked at.
      if (isStale) close();
      return call('sample', [], options?.signal);
    },
    search: (request, options) => call('search', [request], options?.signal),
    structure: (request, options) => call('structure', [request], options?.signal),
    measure: (request, options) => call('measure', [request], options?.signal),
    plan: (request, k = 10, options) => call('plan', [request, k], options?.signal),
    errors: (request, options) => call('errors', [request], options?.signal),
    cellSpread: (request, cell, options) => call('cellSpread', [request, cell], options?.signal),
    kmeans: (request, options) => call('kmeans', [request], options?.signal),
    similarities: (of, to, options) => call('similarities', [of, to], options?.signal),
    vectors: (ids, options) => call('vectors', [ids], options?.signal),
    codebook: (request, options) => call('codebook', [request], options?.signal),
    centroids: (request = {}, options) => call('centroids', [request], options?.signal),
    scanTimes: (request, options) => call('scanTimes', [request], options?.signal),
    // Its nets are those of imports.
    layers: (photo, options) => importer.call('layers', [photo], { signal: options?.signal }),
    close,
  };
}

function startWorker(tab: () => string): WorkerClient<LabContract> {
  return new WorkerClient({
    name: 'lab',
    spawn: () =>
      new Worker(new URL('../../workers/lab.worker.ts', import.meta.url), {
        type: 'module',
        name: `akin-lab${TAB_SEPARATOR}${tab()}`,
      }),
    introduce: async () => {},
    onDeath: () => {},
    idleMs: IDLE_MS,
  });
}
