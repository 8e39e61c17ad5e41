import type { FaceKey, PhotoId } from '../../protocol/index.ts';
import { type Connection, storesOf, type Tx, together } from '../database/connection.ts';
import { forgetEntries, type LogName, type RewriteLogs } from '../database/eventLog.ts';
import { deleteIds, deleteSpaceIds, sortedIds, spacesIn } from '../database/keys.ts';
import { isJobRow, isPhotoRow } from '../database/rows.ts';
import { DROPPED_FACES, dropFaces, facesOf } from '../faces/dropFaces.ts';
import { isFaceKey } from '../faces/faceRows.ts';
import { takeOffMaps } from '../maps/maps.ts';

/** Stores with one row per photo, under its id. */
const PER_PHOTO = [
  'photos',
  'originals',
  'thumbs',
  'faceScans',
  'classes',
  'colors',
  'ledger',
] as const;

const LOGS = ['peopleLog', 'itemLog', 'pairLog'] as const satisfies readonly LogName[];

const PURGED = [
  ...PER_PHOTO,
  'regions',
  'regionIndexes',
  'maps',
  'jobs',
  ...LOGS,
  'meta',
  ...DROPPED_FACES,
] as const;

/**
 * Permanently deletes photos from the trash with all their data: originals, thumbnails, vectors,
 * faces, failures of files with the same bytes, and their part of the logs of people, items and pairs. Sealed segments
 * may still hold their vectors: the tombstones stay until those are rewritten (`Indexes.save`), and
 * mark that as due.
 *
 * @param ids `null` means all; photos of the gallery are skipped
 * @param deletedAt limits it by the time they were trashed
 * @returns the deleted ones, ascending
 */
export function purgePhotos(
  connection: Connection,
  rewrite: RewriteLogs,
  ids: readonly PhotoId[] | null,
  deletedAt?: IDBKeyRange,
): Promise<readonly PhotoId[]> {
  return connection.run(PURGED, 'readwrite', async (tx) => {
    const photos = tx.objectStore('photos');
    const trashed = await photos.index('byDeletedAt').getAllKeys(deletedAt);
    const wanted = ids && new Set(ids);
    const chosen = sortedIds(wanted ? trashed.filter((id) => wanted.has(id)) : trashed);
    if (chosen.length === 0) return chosen;
    const rows = await together(chosen.map((id) => () => photos.get(id)));
    const hashes = new Set(rows.filter(isPhotoRow).map(({ hash }) => hash));
    for (const name of PER_PHOTO) {
      await deleteIds(tx.objectStore(name), chosen);
    }
    for (const name of ['vectors', 'delta', 'regions'] as const) {
      const store = tx.objectStore(name);
      for (const space of await spacesIn(store)) await deleteSpaceIds(store, space, chosen);
    }
    // Their codes, too; the next visit makes those of the others again.
    await tx.objectStore('regionIndexes').clear();
    await takeOffMaps(tx.objectStore('maps'), chosen);
    const faces = await facesOf(tx.objectStore('faces').index('byPhoto'), chosen);
    await dropFaces(storesOf(tx, DROPPED_FACES), faces);
    await dropTwins(tx, hashes);
    for (const name of LOGS) {
      const [log, meta] = [tx.objectStore(name), tx.objectStore('meta')];
      await forgetEntries(name, log, meta, (rows) => rewrite[name](rows, hashes));
    }
    return chosen;
  });
}

/** Deletes failed files with the same bytes, for example under another name. */
async function dropTwins(
  tx: Tx<typeof PURGED, 'readwrite'>,
  hashes: ReadonlySet<string>,
): Promise<void> {
  const failed = await tx
    .objectStore('jobs')
    .index('byState')
    .getAll(IDBKeyRange.bound(['failed'], ['failed', []]));
  const twins = failed.filter((job) => isJobRow(job) && hashes.has(job.hash ?? ''));
  const ids = sortedIds(twins.map(({ id }) => id));
  await deleteIds(tx.objectStore('jobs'), ids);
  await deleteIds(tx.objectStore('originals'), ids);
}

/** The stores this reads, within the caller's transaction. */
interface Holders {
  readonly photos: {
    getKey(id: PhotoId): Promise<PhotoId | undefined>;
    index(name: 'byDeletedAt'): { getAllKeys(): Promise<PhotoId[]> };
  };
  readonly faces: {
    getKey(id: FaceKey): Promise<FaceKey | undefined>;
    index(name: 'byPhoto'): { getAllKeys(range: IDBKeyRange): Promise<FaceKey[]> };
  };
}

/** The tombstones, ascending, whose photo or face was permanently deleted rather than trashed. */
export async function purgedAmong(
  { photos, faces }: Holders,
  tombstones: readonly number[],
): Promise<number[]> {
  if (tombstones.length === 0) return [];
  // Look up only the rest one by one: most hidden photos are in the trash.
  const trashed = await photos.index('byDeletedAt').getAllKeys();
  const waiting = new Set([...trashed, ...(await facesOf(faces.index('byPhoto'), trashed))]);
  const rest = tombstones.filter((id) => !waiting.has(id));
  const keys = await together<number | undefined>(
    rest.map((id) => () => (isFaceKey(id) ? faces.getKey(id) : photos.getKey(id))),
  );
  return sortedIds(rest.filter((_, i) => keys[i] === undefined));
}
