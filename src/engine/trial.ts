import { AkinError, toAkinError } from '../base/errors.ts';
import {
  TAB_SEPARATOR,
  type TrialContract,
  type TrialFile,
  type TrialProgress,
} from '../protocol/index.ts';
import { type Args, type Value, WorkerClient } from '../rpc/workerClient.ts';
import { Subject } from './observable.ts';
import type { Trial } from './trialApi.ts';

const PHOTOS = 200;
const DIED =
  'The model made Akin’s test stop, most likely for lack of memory. Your photos are safe. Try a smaller picture or a smaller model.';

export interface TrialOptions {
  /** Address of the app's folder. */
  readonly baseUrl: string;
  /** Name of this tab. */
  readonly tab: string;
  /** A model was stored. */
  readonly onKept: () => void;
}

/** Starts a worker in which a model is tried, once there is one to read. */
export function createTrial({ baseUrl, tab, onKept }: TrialOptions): Trial {
  const progress = new Subject<TrialProgress | null>(null);
  /** What the worker has to have read before it is asked for more. */
  let files: readonly TrialFile[] = [];
  let isRead = false;
  let isClosed = false;
  let news: MessagePort | null = null;

  const hangUp = () => {
    news?.close();
    news = null;
    isRead = false;
    progress.set(null);
  };

  const worker: WorkerClient<TrialContract> = new WorkerClient({
    name: 'test of the model',
    spawn: () =>
      new Worker(new URL('../workers/trial/trial.worker.ts', import.meta.url), {
        type: 'module',
        name: `akin-trial${TAB_SEPARATOR}${tab}`,
      }),
    introduce: async () => {
      const { port1, port2 } = new MessageChannel();
      news = port1;
      port1.onmessage = ({ data }: MessageEvent<TrialProgress>) => {
        if (news === port1) progress.set(data);
      };
      const { href } = new URL(`${baseUrl}models/`, location.href);
      await worker.first('configure', [href, port2, null], [port2]);
    },
    onDeath: hangUp,
  });

  /** Ends the worker: a model may compute for long without a pause, and hear nothing meanwhile. */
  const end = () => {
    worker.stop();
    hangUp();
  };

  async function ask<K extends keyof TrialContract & string>(
    method: K,
    args: Args<TrialContract[K]>,
    signal?: AbortSignal,
  ): Promise<Value<TrialContract[K]>> {
    if (isClosed) throw new AkinError('aborted', 'Stopped.');
    try {
      return await worker.call(method, args, { signal });
    } catch (thrown) {
      const error = toAkinError(thrown);
      if (isClosed) throw new AkinError('aborted', 'Stopped.');
      if (error.code === 'aborted') end();
      throw error.code === 'worker-died' ? new AkinError('worker-died', DIED) : error;
    } finally {
      progress.set(null);
    }
  }

  return {
    progress,
    read: async (chosen, { signal } = {}) => {
      isRead = false;
      const facts = await ask('readModel', [chosen], signal);
      files = chosen;
      isRead = true;
      return facts;
    },
    try: async (choices, { photos = PHOTOS, signal } = {}) => {
      // The worker may be another than the one that has read the model.
      if (!isRead && files.length > 0) {
        await ask('readModel', [files], signal);
        isRead = true;
      }
      return ask('tryModel', [choices, { photos }], signal);
    },
    keep: async (title) => {
      const kept = await ask('keepModel', [title]);
      onKept();
      return kept;
    },
    close: () => {
      isClosed = true;
      end();
    },
  };
}
