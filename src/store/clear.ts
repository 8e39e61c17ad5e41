import type { Connection } from './connection.ts';
import { FIRST_GENERATION } from './meta.ts';
import { isManifestRow } from './rows.ts';
import { STORES } from './schema.ts';

/**
 * Deletes everything: photos, files that wait, indexes, settings. Ids go on where they were, and
 * so do generations, so that what another tab still trains on the old photos can't be saved.
 */
export function clearAll(connection: Connection): Promise<void> {
  return connection.run(STORES, 'readwrite', async (tx) => {
    const meta = tx.objectStore('meta');
    const manifests = await tx.objectStore('manifest').getAll();
    const first: unknown = await meta.get(FIRST_GENERATION);
    const generations = manifests.filter(isManifestRow).map((row) => row.generation);
    if (typeof first === 'number' && Number.isSafeInteger(first)) generations.push(first);
    for (const name of STORES) await tx.objectStore(name).clear();
    await meta.put(Math.max(0, ...generations) + 1, FIRST_GENERATION);
  });
}
