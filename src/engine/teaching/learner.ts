import { AkinError } from '../../base/errors.ts';
import type {
  TeachContract,
  TeachingLabels,
  TeachingProgress,
  TeachingReport,
} from '../../protocol/index.ts';
import { WorkerClient } from '../../rpc/workerClient.ts';
import type { CallOptions } from '../callOptions.ts';
import { type Observable, Subject } from '../observable.ts';

/** Learns from labels, in a worker of its own for each job. */
export interface Learner {
  /** Current progress; `null` when idle. */
  readonly progress: Observable<TeachingProgress | null>;
  /**
   * @throws AkinError as `TeachContract.learn` says; `worker-died` if the browser ended it
   */
  learn(
    spaceId: string,
    labels: TeachingLabels,
    options?: CallOptions & { readonly seed?: number },
  ): Promise<TeachingReport>;
}

const SEED = 1;

export function createLearner(baseUrl: string): Learner {
  // Absolute, because the worker is in another folder.
  const address = new URL(baseUrl, location.href).href;
  const progress = new Subject<TeachingProgress | null>(null);
  let running = false;
  return {
    progress,
    async learn(spaceId, labels, { signal, seed = SEED } = {}) {
      if (running) throw new AkinError('invalid-argument', 'Akin is learning already.');
      running = true;
      const news = new MessageChannel();
      const client: WorkerClient<TeachContract> = new WorkerClient({
        name: 'teaching',
        spawn: () =>
          new Worker(new URL('../../workers/teach.worker.ts', import.meta.url), {
            type: 'module',
            name: 'akin-teach',
          }),
        introduce: () => client.first('configure', [address, news.port2], [news.port2]),
        onDeath: () => {},
      });
      news.port1.onmessage = ({ data }: MessageEvent<TeachingProgress>) => {
        if (running) progress.set(data);
      };
      try {
        return await client.call('learn', [spaceId, labels, seed], { signal });
      } finally {
        running = false;
        client.stop();
        news.port1.close();
        progress.set(null);
      }
    },
  };
}
