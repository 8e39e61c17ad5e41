import { LEDGER_COMPLETE } from '../photos/ledger.ts';
import { BLOB_PROBE } from '../photos/originals.ts';
import type { Connection } from './connection.ts';
import { FIRST_GENERATION } from './generation.ts';
import { FIRST_NUMBERS, goOn, identify, LIBRARY } from './libraryId.ts';
import { STORES } from './schema.ts';

/**
 * Deletes everything: photos, faces, queued files, indexes, settings. The database is deleted and
 * recreated, because emptying its stores takes as long as reading them (20 s for 10,000 photos).
 * Ids and generations continue above the old ones, so an index that another tab is still training
 * on the old photos can't be saved. The library keeps its identity: see `libraryId.ts`.
 *
 * Waits for the connections of other tabs, which close by themselves.
 *
 * @throws AkinError as `Connection.database`; nothing is deleted then
 */
export async function clearAll(connection: Connection): Promise<void> {
  const library = await identify(await connection.database(), null);
  await connection.replace((tx) => (library ? goOn(tx, library.id, library) : undefined));
}

/** Marks without user data: where ids continue, backfill cursors. */
const MARKS: ReadonlySet<string> = new Set([
  LIBRARY,
  FIRST_NUMBERS,
  FIRST_GENERATION,
  'dates.looked',
  LEDGER_COMPLETE,
  BLOB_PROBE,
]);

/**
 * Whether the library is empty: no photos, no queued or failed files, no remains of deleted ones.
 */
export function isEmpty(connection: Connection): Promise<boolean> {
  return connection.run(STORES, 'readonly', async (tx) => {
    for (const name of STORES) {
      if (name !== 'meta' && (await tx.objectStore(name).count()) > 0) return false;
    }
    return (await tx.objectStore('meta').getAllKeys()).every((name) => MARKS.has(name));
  });
}
