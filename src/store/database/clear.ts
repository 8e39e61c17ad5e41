import { LEDGER_COMPLETE } from '../photos/ledger.ts';
import { BLOB_PROBE } from '../photos/originals.ts';
import type { Connection } from './connection.ts';
import { FIRST_GENERATION } from './generation.ts';
import { FIRST_NUMBERS, goOn, identify, LIBRARY } from './libraryId.ts';
import { STORES } from './schema.ts';

/**
 * Deletes everything: photos, faces, files that wait, indexes, settings. The database is deleted and made
 * anew: emptying stores takes a browser as long as reading them, 20 s for 10,000 photos. Ids go on
 * above where they were, and so do generations, so that what another tab still trains on the old photos
 * can't be saved. It stays the same library: see `libraryId.ts`.
 *
 * Waits for the connections of other tabs, each of which makes way by itself.
 *
 * @throws AkinError as `Connection.database`; what was there is still there then
 */
export async function clearAll(connection: Connection): Promise<void> {
  const library = await identify(await connection.database(), null);
  await connection.replace((tx) => (library ? goOn(tx, library.id, library) : undefined));
}

/** Marks that say nothing of what was here: where numbers go on, how far photos were looked through. */
const MARKS: ReadonlySet<string> = new Set([
  LIBRARY,
  FIRST_NUMBERS,
  FIRST_GENERATION,
  'dates.looked',
  LEDGER_COMPLETE,
  BLOB_PROBE,
]);

/** Whether nothing is kept: no photo, nothing that waits or failed, nothing left of what was deleted. */
export function isEmpty(connection: Connection): Promise<boolean> {
  return connection.run(STORES, 'readonly', async (tx) => {
    for (const name of STORES) {
      if (name !== 'meta' && (await tx.objectStore(name).count()) > 0) return false;
    }
    return (await tx.objectStore('meta').getAllKeys()).every((name) => MARKS.has(name));
  });
}
