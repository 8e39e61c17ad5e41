import type { PhotoId } from '../protocol/index.ts';
import { Bin } from './bin.ts';
import type { Connection } from './connection.ts';
import { deleteIds, sortedIds } from './keys.ts';

/** How long the bin keeps a photo: 30 days, in milliseconds. */
export const BIN_AGE_MS = 30 * 24 * 60 * 60 * 1000;

export interface SweepReport {
  /** Originals that had neither photo nor job. */
  readonly originals: number;
  /** Photos that were in the bin for too long, deleted for good. */
  readonly purged: readonly PhotoId[];
}

/** Clears away what nothing needs any more. Reads keys only; meant for the opening of the store. */
export async function sweep(
  connection: Connection,
  now: number = Date.now(),
): Promise<SweepReport> {
  const purged = await new Bin(connection).purgeOlderThan(BIN_AGE_MS, now);
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
  return { originals, purged };
}
