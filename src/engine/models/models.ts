import type { ImportContract } from '../../protocol/index.ts';
import type { WorkerClient } from '../../rpc/workerClient.ts';
import type { Models } from '../api.ts';
import type { AskLibrary } from '../faces/faces.ts';
import type { Subject } from '../observable.ts';
import { createTrial } from './trial.ts';

/**
 * The page's side of models: the library worker manages them, the import worker moves photos to
 * them.
 */
export function createModels(
  ask: AskLibrary,
  importer: Pick<WorkerClient<ImportContract>, 'call'>,
  version: Subject<number>,
  baseUrl: string,
): Models {
  const changed = () => version.set(version.get() + 1);
  return {
    version,
    list: () => ask('listModels', []),
    async choose(id) {
      await ask('chooseModel', [id]);
      changed();
      await importer.call('wakeMove', []);
    },
    trial: () => createTrial(baseUrl),
    async remove(id) {
      await ask('removeModel', [id]);
      changed();
    },
  };
}
