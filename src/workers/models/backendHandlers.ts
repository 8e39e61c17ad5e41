import type { Handlers, ImportContract, NetsReport } from '../../protocol/index.ts';
import type { Store } from '../../store/index.ts';
import { keepBackendChoice } from '../nets/backendChoice.ts';
import type { WatchedNets } from './watchedNets.ts';

type Calls = Pick<Handlers<ImportContract>, 'probe' | 'chooseBackend' | 'status'>;

/** The page's calls about backends. */
export function backendHandlers(store: () => Promise<Store>, nets: WatchedNets): Calls {
  return {
    probe: async () => told(await nets.report()),
    async chooseBackend(_signal, choice) {
      await keepBackendChoice((await store()).meta, choice);
      return told(await nets.choose(choice));
    },
    status: () => nets.status,
  };
}

function told({ status: _, ...report }: NetsReport) {
  return report;
}
