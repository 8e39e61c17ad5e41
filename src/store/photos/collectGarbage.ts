import type { PhotoId } from '../../protocol/index.ts';
import { type Connection, storesOf } from '../database/connection.ts';
import { deleteIds, gapsOf, sortedIds } from '../database/keys.ts';
import { DROPPED_FACES, dropFaces } from '../faces/dropFaces.ts';
import type { Trash } from './trash.ts';

/** Retention of the trash: 30 days, in milliseconds. */
export const TRASH_AGE_MS = 30 * 24 * 60 * 60 * 1000;

export interface GarbageReport {
  /** Originals without photo or job. */
  readonly originals: number;
  /** Photos deleted permanently because their time in the trash was over. */
  readonly purged: readonly PhotoId[];
}

/** Deletes what nothing refers to. Reads keys only; meant to run when the store is opened. */
export async function collectGarbage(
  connection: Connection,
  trash: Pick<Trash, 'purgeOlderThan'>,
  now: number = Date.now(),
): Promise<GarbageReport> {
  const purged = await trash.purgeOlderThan(TRASH_AGE_MS, now);
  const stores = ['originals', 'photos', 'jobs'] as const;
  const originals = await connection.run(stores, 'readwrite', async (tx) => {
    const [kept, photos, jobs] = await Promise.all([
      tx.objectStore('originals').getAllKeys(),
      tx.objectStore('photos').getAllKeys(),
      tx.objectStore('jobs').getAllKeys(),
    ]);
    const needed = new Set([...photos, ...jobs]);
    const orphans = sortedIds(kept.filter((id) => !needed.has(id)));
    await deleteIds(tx.objectStore('originals'), orphans);
    return orphans.length;
  });
  await collectFaces(connection);
  return { originals, purged };
}

/** Deletes faces and scans of missing photos, and chips of missing faces. */
function collectFaces(connection: Connection): Promise<void> {
  const stores = ['photos', 'faceScans', ...DROPPED_FACES] as const;
  return connection.run(stores, 'readwrite', async (tx) => {
    const faces = tx.objectStore('faces');
    const chips = tx.objectStore('chips');
    const gaps = gapsOf(sortedIds(await tx.objectStore('photos').getAllKeys()));
    await Promise.all(gaps.map((gap) => tx.objectStore('faceScans').delete(gap)));
    const orphans = await Promise.all(gaps.map((gap) => faces.index('byPhoto').getAllKeys(gap)));
    await dropFaces(storesOf(tx, DROPPED_FACES), sortedIds(orphans.flat()));
    const present = new Set(await faces.getAllKeys());
    const lost = (await chips.getAllKeys()).filter((id) => !present.has(id));
    await deleteIds(chips, sortedIds(lost));
  });
}
