import { AkinError } from '../../base/errors.ts';
import type { TrialContract, TrialFile, TrialProgress } from '../../protocol/index.ts';
import { WorkerClient } from '../../rpc/workerClient.ts';
import { Subject } from '../observable.ts';
import type { Trial } from './trialApi.ts';

const SAMPLE = 200;

/** Creates a trial in a dedicated worker, which starts at the first call. */
export function createTrial(baseUrl: string): Trial {
  // Absolute, because the worker is in another folder.
  const address = new URL(baseUrl, location.href).href;
  const progress = new Subject<TrialProgress | null>(null);
  /** Files the worker has read; a replacement worker has to read them again. */
  let files: readonly TrialFile[] = [];
  let isClosed = false;
  let hasRead = false;
  let running = 0;
  const client: WorkerClient<TrialContract> = new WorkerClient({
    name: 'model trial',
    spawn: () =>
      new Worker(new URL('../../workers/trial.worker.ts', import.meta.url), {
        type: 'module',
        name: 'akin-trial',
      }),
    introduce: async () => {
      const news = new MessageChannel();
      news.port1.onmessage = ({ data }: MessageEvent<TrialProgress>) => {
        if (running > 0) progress.set(data);
      };
      await client.first('configure', [address, news.port2], [news.port2]);
    },
    onDeath: () => {
      hasRead = false;
    },
  });

  async function told<T>(work: () => Promise<T>): Promise<T> {
    if (isClosed) throw new AkinError('aborted', 'Stopped.');
    running++;
    try {
      return await work();
    } catch (thrown) {
      if (isClosed) throw new AkinError('aborted', 'Stopped.');
      if (!(thrown instanceof AkinError) || thrown.code !== 'worker-died') throw thrown;
      throw new AkinError(
        'worker-died',
        'The model stopped the worker that was trying it; your photos are safe. Most likely it needs more memory than the browser gives. Choose a smaller side for its pictures, or a smaller model.',
        { cause: thrown, details: { reason: 'trial' } },
      );
    } finally {
      running--;
      if (running === 0) progress.set(null);
    }
  }

  const ensureRead = async (signal: AbortSignal | undefined) => {
    if (hasRead || files.length === 0) return;
    await client.call('readModel', [files], { signal });
    hasRead = true;
  };

  return {
    progress,
    read: (chosen, { signal } = {}) =>
      told(async () => {
        files = chosen;
        hasRead = false;
        const facts = await client.call('readModel', [chosen], { signal });
        hasRead = true;
        return facts;
      }),
    try: (choices, { photos = SAMPLE, signal } = {}) =>
      told(async () => {
        await ensureRead(signal);
        return client.call('tryModel', [choices, { photos }], { signal });
      }),
    keep: (title) => told(() => client.call('keepModel', [title])),
    close: () => {
      isClosed = true;
      client.stop();
      progress.set(null);
    },
  };
}
