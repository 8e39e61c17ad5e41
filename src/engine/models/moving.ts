import type { ImportContract, MoveWork } from '../../protocol/index.ts';
import type { WorkerClient } from '../../rpc/workerClient.ts';
import type { Moving } from '../api.ts';
import type { AskLibrary } from '../faces/faces.ts';
import type { Subject } from '../observable.ts';

/** The page's side of moving, which the import worker carries out. */
export function createMoving(
  ask: AskLibrary,
  importer: Pick<WorkerClient<ImportContract>, 'call'>,
  work: Subject<MoveWork>,
): Moving {
  return {
    work,
    report: () => ask('moveReport', []),
    pause: () => importer.call('pauseMove', []),
    resume: () => importer.call('resumeMove', []),
    retry: () => importer.call('retryMove', []),
  };
}
