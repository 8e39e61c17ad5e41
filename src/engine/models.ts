import type { ImportContract } from '../protocol/index.ts';
import type { WorkerClient } from '../rpc/workerClient.ts';
import type { Models } from './api.ts';
import type { AskLibrary } from './faces.ts';
import type { Subject } from './observable.ts';
import type { Trial } from './trialApi.ts';

/** The page's side of models: the library worker knows them, the embed worker moves photos to them. */
export function createModels(
  ask: AskLibrary,
  embed: Pick<WorkerClient<ImportContract>, 'call'>,
  version: Subject<number>,
  trial: () => Trial,
): Models {
  const changed = () => version.set(version.get() + 1);
  return {
    version,
    list: () => ask('listModels', []),
    async choose(id) {
      await ask('chooseModel', [id]);
      changed();
      await embed.call('wakeMove', []);
    },
    async remove(id) {
      await ask('removeModel', [id]);
      changed();
    },
    trial,
  };
}
