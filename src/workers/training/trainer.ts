import { AkinError } from '../../base/errors.ts';
import type {
  BuildJob,
  BuildProgress,
  BuiltIndex,
  CompactJob,
  MeasureJob,
  MeasureProgress,
  MeasureRow,
  TrainContract,
  TrainNews,
  Truth,
  TruthJob,
} from '../../protocol/index.ts';
import { WorkerClient } from '../../rpc/workerClient.ts';

export interface Followed<P extends unknown[]> {
  readonly signal: AbortSignal;
  readonly onProgress: (...progress: P) => void;
}

/** Does the long work on vectors: training, exact comparison, measuring. */
export interface Trainer {
  build(job: BuildJob, follow: Followed<[BuildProgress]>): Promise<BuiltIndex>;
  compact(job: CompactJob, follow: Followed<[BuildProgress]>): Promise<BuiltIndex>;
  truth(job: TruthJob, signal: AbortSignal): Promise<Truth>;
  measure(
    job: MeasureJob,
    follow: Followed<[MeasureProgress, MeasureRow | null]>,
  ): Promise<readonly MeasureRow[]>;
}

/**
 * A trainer in a dedicated worker, one job at a time. The worker is terminated after each job, the
 * only way to release WebAssembly memory; when a job is aborted, immediately.
 *
 * @param database name of the library's database if it isn't the default
 */
export function createTrainer(database: string | null = null): Trainer {
  let listen: (news: TrainNews) => void = () => {};
  const client = new WorkerClient<TrainContract>({
    name: 'index builder',
    spawn: () =>
      new Worker(new URL('../train.worker.ts', import.meta.url), {
        type: 'module',
        name: 'akin-train',
      }),
    introduce: async (self) => {
      const { port1, port2 } = new MessageChannel();
      port1.onmessage = ({ data }: MessageEvent<TrainNews>) => listen(data);
      await self.first('configure', [port2, database], [port2]);
    },
    onDeath: () => {} /* the running job rejects */,
  });

  let last: Promise<unknown> = Promise.resolve();
  /** Runs a job after those before it. */
  async function inTurn<T>(
    signal: AbortSignal,
    onNews: (news: TrainNews) => void,
    job: () => Promise<T>,
  ): Promise<T> {
    const before = last;
    const turn = (async () => {
      await before.catch(() => {});
      if (signal.aborted) throw new AkinError('aborted', 'Stopped.');
      listen = onNews;
      try {
        return await job();
      } finally {
        listen = () => {};
        client.stop();
      }
    })();
    last = turn.catch(() => {});
    return turn;
  }

  const making =
    (call: () => Promise<BuiltIndex>) =>
    ({ signal, onProgress }: Followed<[BuildProgress]>) =>
      inTurn(signal, (news) => news.type === 'build' && onProgress(news.progress), call);

  return {
    build: (job, follow) =>
      making(() => client.call('build', [job], { signal: follow.signal }))(follow),
    compact: (job, follow) =>
      making(() => client.call('compact', [job], { signal: follow.signal }))(follow),
    truth: (job, signal) =>
      inTurn(
        signal,
        () => {},
        () => client.call('truth', [job], { signal }),
      ),
    measure: (job, { signal, onProgress }) =>
      inTurn(
        signal,
        (news) => news.type === 'measure' && onProgress(news.progress, news.row),
        () => client.call('measure', [job], { signal }),
      ),
  };
}
