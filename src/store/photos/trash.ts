import type { FaceKey, Gallery, PhotoId } from '../../protocol/index.ts';
import { type Connection, storesOf, together } from '../database/connection.ts';
import type { RewriteLogs } from '../database/eventLog.ts';
import { deleteIds, sortedIds } from '../database/keys.ts';
import { isPhotoRow, toGallery } from '../database/rows.ts';
import type { PhotoRow } from '../database/schema.ts';
import { facesOf } from '../faces/dropFaces.ts';
import { purgePhotos } from './purge.ts';

/** The stores that record whether a photo is in the trash. */
export const TRASH_STORES = ['photos', 'faces', 'tombstones'] as const;

/**
 * The trash: photos hidden from the gallery and every search, which can be restored.
 *
 * A trashed photo keeps its vectors; a tombstone hides it in any index. Restoring removes the
 * tombstone. Permanent deletion keeps it, because a sealed segment, saved or being trained in
 * another tab, may still hold the vector; the tombstone goes when that segment is rewritten without
 * it (`Indexes.save`), which index maintenance does soon. A photo's faces go with it, each with its
 * own tombstone: see `Faces.keysOf`.
 */
export class Trash {
  readonly #connection: Connection;
  readonly #rewrite: RewriteLogs;

  /** @param rewrite rewrites the logs of people and items when photos are permanently deleted */
  constructor(connection: Connection, rewrite: RewriteLogs) {
    this.#connection = connection;
    this.#rewrite = rewrite;
  }

  /** Moves photos of the gallery to the trash. Returns the moved ones, ascending. */
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

  /** Restores photos. Returns the restored ones, ascending. */
  restore(ids: readonly PhotoId[]): Promise<readonly PhotoId[]> {
    return this.#connection.run(TRASH_STORES, 'readwrite', async (tx) => {
      const rows = await rowsOf(tx.objectStore('photos'), ids);
      const trashed = rows.filter((row) => row.deletedAt !== undefined);
      await takeOut(storesOf(tx, TRASH_STORES), trashed);
      return trashed.map((row) => row.id);
    });
  }

  /**
   * Permanently deletes photos from the trash; `null` means all, and photos of the gallery are
   * skipped. Returns the deleted ones, ascending.
   */
  purge(ids: readonly PhotoId[] | null): Promise<readonly PhotoId[]> {
    return purgePhotos(this.#connection, this.#rewrite, ids);
  }

  /** Permanently deletes what was trashed more than `ageMs` milliseconds before `now`. */
  purgeOlderThan(ageMs: number, now: number = Date.now()): Promise<readonly PhotoId[]> {
    const range = IDBKeyRange.upperBound(now - ageMs, true);
    return purgePhotos(this.#connection, this.#rewrite, null, range);
  }

  /** The trashed photos as columns. */
  gallery(): Promise<Gallery> {
    return this.#connection.run(['photos'], 'readonly', async (tx) => {
      const rows = await tx.objectStore('photos').index('byDeletedAt').getAll();
      return toGallery(rows.filter(isPhotoRow).sort((a, b) => a.id - b.id));
    });
  }
}

/** The photos among `ids`, ascending. */
async function rowsOf(
  photos: { get(id: PhotoId): Promise<unknown> },
  ids: readonly PhotoId[],
): Promise<PhotoRow[]> {
  const rows = await together(sortedIds(ids).map((id) => () => photos.get(id)));
  return rows.filter(isPhotoRow);
}

/** The stores that `takeOut` uses, within the caller's transaction. */
interface TrashStores {
  readonly photos: { put(row: PhotoRow): Promise<unknown> };
  readonly faces: {
    index(name: 'byPhoto'): { getAllKeys(range: IDBKeyRange): Promise<FaceKey[]> };
  };
  readonly tombstones: { delete(range: IDBKeyRange): Promise<void> };
}

/** Restores photos (ascending) and their faces from the trash. */
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
