import type { ImportContract, MoveWork } from '../protocol/index.ts';
import type { WorkerClient } from '../rpc/workerClient.ts';
import type { Moving } from './api.ts';
import type { Subject } from './observable.ts';

/** The page's side of moving: the embed worker does it. */
export function createMoving(
  embed: Pick<WorkerClient<ImportContract>, 'call'>,
  work: Subject<MoveWork>,
): Moving {
  return {
    work,
    report: () => embed.call('moveReport', []),
    pause: () => embed.call('pauseMove', []),
    resume: () => embed.call('resumeMove', []),
    retry: () => embed.call('retryMove', []),
  };
}
