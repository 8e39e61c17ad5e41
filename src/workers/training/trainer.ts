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

/** Who does the long work on vectors: training, exact comparison, measuring. */
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
 * The trainer in a worker of its own, one job after another. The worker goes after each job: memory
 * that WebAssembly has once got goes back in no other way. One that is aborted goes at once.
 *
 * @param database name of the library's database where it is not the usual one
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
    onDeath: () => {} /* the job that was under way rejects */,
  });

  let last: Promise<unknown> = Promise.resolve();
  /** Runs a job when those before it are done. */
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
