import { LEDGER_COMPLETE } from '../photos/ledger.ts';
import { BLOB_PROBE } from '../photos/originals.ts';
import type { Connection } from './connection.ts';
import { FIRST_NUMBERS, LIBRARY } from './libraryId.ts';
import { FIRST_GENERATION, firstGeneration } from './meta.ts';
import { isManifestRow } from './rows.ts';
import { STORES } from './schema.ts';

/**
 * Deletes everything: photos, faces, files that wait, indexes, settings. Ids go on where they were, and
 * so do generations, so that what another tab still trains on the old photos can't be saved. It stays the
 * same library: see `libraryId.ts`.
 */
export function clearAll(connection: Connection): Promise<void> {
  return connection.run(STORES, 'readwrite', async (tx) => {
    const meta = tx.objectStore('meta');
    const manifests = await tx.objectStore('manifest').getAll();
    const generations = manifests.filter(isManifestRow).map((row) => row.generation);
    generations.push(firstGeneration(await meta.get(FIRST_GENERATION)));
    const same = new Map<string, unknown>();
    for (const name of [LIBRARY, FIRST_NUMBERS]) same.set(name, await meta.get(name));
    for (const name of STORES) await tx.objectStore(name).clear();
    await meta.put(Math.max(...generations) + 1, FIRST_GENERATION);
    for (const [name, value] of same) if (value !== undefined) await meta.put(value, name);
  });
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
