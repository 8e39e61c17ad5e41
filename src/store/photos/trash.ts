import type { FaceKey, Gallery, PhotoId } from '../../protocol/index.ts';
import { type Connection, storesOf, together } from '../database/connection.ts';
import { deleteIds, sortedIds } from '../database/keys.ts';
import { isPhotoRow, toGallery } from '../database/rows.ts';
import type { PhotoRow } from '../database/schema.ts';
import { facesOf } from '../faces/dropFaces.ts';
import type { RewriteLog } from '../faces/peopleLog.ts';
import { purgePhotos } from './purge.ts';

/** The stores in which a photo is in the trash or not. */
export const TRASH_STORES = ['photos', 'faces', 'tombstones'] as const;

/**
 * The trash: photos that are out of the gallery and out of every search, and can come back.
 *
 * A trashed photo keeps its vectors; a tombstone hides it from whatever index holds them. Restoring
 * drops the tombstone. Deleting for good leaves it, since a sealed segment, saved or just being
 * trained in another tab, may hold the vector still; writing that anew without it drops it
 * (`Indexes.save`), which whoever keeps the index does soon.
 * A photo's faces go with it, each by a tombstone of its own: `Faces.numbersOf` says which they are.
 */
export class Trash {
  readonly #connection: Connection;
  readonly #rewrite: RewriteLog;

  /** @param rewrite what becomes of the log of people when photos are deleted for good */
  constructor(connection: Connection, rewrite: RewriteLog) {
    this.#connection = connection;
    this.#rewrite = rewrite;
  }

  /** Moves photos of the gallery to the trash. Returns those that were moved, ascending. */
  add(ids: readonly PhotoId[], now: number = Date.now()): Promise<readonly PhotoId[]> {
    return this.#connection.run(TRASH_STORES, 'readwrite', async (tx) => {
      const photos = tx.objectStore('photos');
      const rows = await rowsOf(photos, ids);
      const moved = rows.filter((row) => row.deletedAt === undefined);
      const movedIds = moved.map((row) => row.id);
      const faces = await facesOf(tx.objectStore('faces').index('byPhoto'), movedIds);
      await together<unknown>([
        ...moved.map((row) => () => photos.put({ ...row, deletedAt: now })),
        ...[...movedIds, ...faces].map((id) => () => tx.objectStore('tombstones').put(true, id)),
      ]);
      return movedIds;
    });
  }

  /** Brings photos back. Returns those that came back, ascending. */
  restore(ids: readonly PhotoId[]): Promise<readonly PhotoId[]> {
    return this.#connection.run(TRASH_STORES, 'readwrite', async (tx) => {
      const rows = await rowsOf(tx.objectStore('photos'), ids);
      const trashed = rows.filter((row) => row.deletedAt !== undefined);
      await takeOut(storesOf(tx, TRASH_STORES), trashed);
      return trashed.map((row) => row.id);
    });
  }

  /**
   * Deletes photos of the trash for good; `null` means all of them, and a photo of the gallery is
   * left alone. Returns those that were deleted, ascending.
   */
  purge(ids: readonly PhotoId[] | null): Promise<readonly PhotoId[]> {
    return purgePhotos(this.#connection, this.#rewrite, ids);
  }

  /** Deletes for good what was trashed more than `ageMs` milliseconds before `now`. */
  purgeOlderThan(ageMs: number, now: number = Date.now()): Promise<readonly PhotoId[]> {
    const range = IDBKeyRange.upperBound(now - ageMs, true);
    return purgePhotos(this.#connection, this.#rewrite, null, range);
  }

  /** The trashed photos in columns. */
  gallery(): Promise<Gallery> {
    return this.#connection.run(['photos'], 'readonly', async (tx) => {
      const rows = await tx.objectStore('photos').index('byDeletedAt').getAll();
      return toGallery(rows.filter(isPhotoRow).sort((a, b) => a.id - b.id));
    });
  }
}

/** Those of `ids` that are photos, ascending. */
async function rowsOf(
  photos: { get(id: PhotoId): Promise<unknown> },
  ids: readonly PhotoId[],
): Promise<PhotoRow[]> {
  const rows = await together(sortedIds(ids).map((id) => () => photos.get(id)));
  return rows.filter(isPhotoRow);
}

/** The stores that `takeOut` touches, within a transaction that the caller has open. */
interface TrashStores {
  readonly photos: { put(row: PhotoRow): Promise<unknown> };
  readonly faces: {
    index(name: 'byPhoto'): { getAllKeys(range: IDBKeyRange): Promise<FaceKey[]> };
  };
  readonly tombstones: { delete(range: IDBKeyRange): Promise<void> };
}

/** Takes photos (ascending) and their faces out of the trash. */
export async function takeOut(
  { photos, faces, tombstones }: TrashStores,
  rows: readonly PhotoRow[],
): Promise<void> {
  const ids = rows.map((row) => row.id);
  const faceIds = await facesOf(faces.index('byPhoto'), ids);
  await together(
    rows.map(
      ({ deletedAt: _deletedAt, ...rest }) =>
        () =>
          photos.put(rest),
    ),
  );
  await deleteIds(tombstones, [...ids, ...faceIds]);
}
