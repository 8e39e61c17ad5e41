import type { Gallery, PhotoId } from '../protocol/index.ts';
import { type Connection, together } from './connection.ts';
import { deleteIds, deleteSpaceIds, sortedIds, spacesIn } from './keys.ts';
import { isPhotoRow, toGallery } from './rows.ts';
import type { PhotoRow } from './schema.ts';

/**
 * The bin: photos that are out of the gallery and out of every search, and can come back.
 *
 * A binned photo keeps its vectors; a tombstone hides it from whatever index holds them. Restoring
 * drops the tombstone. Deleting for good leaves it, since a sealed segment, saved or just being
 * trained in another tab, may hold the vector still; sealing without it drops it (`Indexes.save`).
 */
export class Bin {
  readonly #connection: Connection;

  constructor(connection: Connection) {
    this.#connection = connection;
  }

  /** Moves photos of the gallery to the bin. Returns those that were moved, ascending. */
  add(ids: readonly PhotoId[], now: number = Date.now()): Promise<readonly PhotoId[]> {
    return this.#connection.run(['photos', 'tombstones'], 'readwrite', async (tx) => {
      const photos = tx.objectStore('photos');
      const tombstones = tx.objectStore('tombstones');
      const rows = await rowsOf(photos, ids);
      const moved = rows.filter((row) => row.deletedAt === undefined);
      await together<unknown>(
        moved.flatMap((row) => [
          () => photos.put({ ...row, deletedAt: now }),
          () => tombstones.put(true, row.id),
        ]),
      );
      return moved.map((row) => row.id);
    });
  }

  /** Brings photos back. Returns those that came back, ascending. */
  restore(ids: readonly PhotoId[]): Promise<readonly PhotoId[]> {
    return this.#connection.run(['photos', 'tombstones'], 'readwrite', async (tx) => {
      const photos = tx.objectStore('photos');
      const tombstones = tx.objectStore('tombstones');
      const rows = await rowsOf(photos, ids);
      const binned = rows.filter((row) => row.deletedAt !== undefined);
      await together(binned.map((row) => () => takeOut(photos, tombstones, row)));
      return binned.map((row) => row.id);
    });
  }

  /**
   * Deletes photos of the bin for good; `null` means all of them, and a photo of the gallery is
   * left alone. Returns those that were deleted, ascending.
   */
  purge(ids: readonly PhotoId[] | null): Promise<readonly PhotoId[]> {
    return this.#purge(ids, undefined);
  }

  /** Deletes for good what was binned more than `ageMs` milliseconds before `now`. */
  purgeOlderThan(ageMs: number, now: number = Date.now()): Promise<readonly PhotoId[]> {
    return this.#purge(null, IDBKeyRange.upperBound(now - ageMs, true));
  }

  /** The binned photos in columns. */
  gallery(): Promise<Gallery> {
    return this.#connection.run(['photos'], 'readonly', async (tx) => {
      const rows = await tx.objectStore('photos').index('byDeletedAt').getAll();
      return toGallery(rows.filter(isPhotoRow).sort((a, b) => a.id - b.id));
    });
  }

  #purge(
    ids: readonly PhotoId[] | null,
    deletedAt: IDBKeyRange | undefined,
  ): Promise<readonly PhotoId[]> {
    const stores = ['photos', 'originals', 'thumbs', 'vectors', 'delta'] as const;
    return this.#connection.run(stores, 'readwrite', async (tx) => {
      const binned = await tx.objectStore('photos').index('byDeletedAt').getAllKeys(deletedAt);
      const wanted = ids && new Set(ids);
      const chosen = sortedIds(wanted ? binned.filter((id) => wanted.has(id)) : binned);
      if (chosen.length === 0) return chosen;
      for (const name of ['photos', 'originals', 'thumbs'] as const) {
        await deleteIds(tx.objectStore(name), chosen);
      }
      for (const name of ['vectors', 'delta'] as const) {
        const store = tx.objectStore(name);
        for (const space of await spacesIn(store)) await deleteSpaceIds(store, space, chosen);
      }
      return chosen;
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

/** Takes one photo out of the bin, in a transaction that the caller has open. */
export async function takeOut(
  photos: { put(row: PhotoRow): Promise<unknown> },
  tombstones: { delete(id: PhotoId): Promise<void> },
  row: PhotoRow,
): Promise<void> {
  const { deletedAt: _deletedAt, ...rest } = row;
  await together<unknown>([() => photos.put(rest), () => tombstones.delete(row.id)]);
}
