import type { Handlers, LibraryContract } from '../../protocol/index.ts';
import type { IndexService } from './indexService.ts';

type Calls = Pick<
  Handlers<LibraryContract>,
  'index' | 'chooseIndex' | 'rebuildIndex' | 'cancelIndexWork' | 'checkIndex' | 'measureIndexes'
>;

/** The page's calls about the index. */
export function indexHandlers(service: () => Promise<IndexService>): Calls {
  return {
    index: async () => (await service()).report(),
    chooseIndex: async (_signal, choice) => (await service()).choose(choice),
    rebuildIndex: async () => (await service()).rebuild(),
    cancelIndexWork: async () => (await service()).cancel(),
    checkIndex: async (signal) => (await service()).check(signal),
    measureIndexes: async (signal) => (await service()).measure(signal),
  };
}
