import { forgetItemPhotos, forgetPairPhotos, forgetPhotos } from '../../identity/index.ts';
import { loadCalibration } from '../../metric/index.ts';
import { type AkinEvent, type ConnectionState, TAB_SEPARATOR } from '../../protocol/index.ts';
import { MAX_ENTRY_ID, openStore, type Store } from '../../store/index.ts';

/**
 * A worker's store: opened at first use; doesn't cache a failure, so the next use retries; reports
 * changes of the connection to the pages.
 */
export function openWorkerStore(broadcast: (event: AkinEvent) => void): () => Promise<Store> {
  let opening: Promise<Store> | null = null;
  const [role = '', tab = ''] = self.name.split(TAB_SEPARATOR);
  const say = (state: ConnectionState) => () => broadcast({ type: 'storage', tab, role, state });
  return () => {
    opening ??= openStore({
      rewriteLog: (rows, hashes) => forgetPhotos(rows, hashes, MAX_ENTRY_ID),
      rewriteItemLog: (rows, hashes) => forgetItemPhotos(rows, hashes, MAX_ENTRY_ID),
      rewritePairLog: (rows, hashes) => forgetPairPhotos(rows, hashes, MAX_ENTRY_ID),
      readCalibration: (bytes) => loadCalibration(bytes).calibration,
      onBlocked: say('blocked'),
      onBlocking: say('outdated'),
      onTerminated: say('lost'),
      onLost: (_error, was, now) => broadcast({ type: 'storage-lost', tab, was, now }),
      onOpened: () => broadcast({ type: 'storage', tab, role, state: 'ok' }),
    });
    opening.catch(() => {
      opening = null;
    });
    return opening;
  };
}
