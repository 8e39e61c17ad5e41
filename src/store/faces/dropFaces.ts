import type { FaceKey, PhotoId } from '../../protocol/index.ts';
import { together } from '../database/connection.ts';
import {
  deleteIds,
  deleteSpaceIds,
  runsOf,
  type SpaceKeyed,
  sortedIds,
  spacesIn,
} from '../database/keys.ts';

interface Deletable {
  delete(range: IDBKeyRange): Promise<void>;
}

/** The stores that `dropFaces` writes to. */
export const DROPPED_FACES = ['faces', 'chips', 'vectors', 'delta', 'tombstones'] as const;

/** The stores used, within the caller's transaction. */
export interface DropStores {
  readonly faces: Deletable;
  readonly chips: Deletable;
  readonly vectors: Deletable & SpaceKeyed;
  readonly delta: Deletable & SpaceKeyed;
  readonly tombstones: { put(value: true, id: FaceKey): Promise<unknown> };
}

/**
 * Deletes faces (ascending, distinct) permanently. Their tombstones are kept or added: a sealed
 * segment may hold the vectors until the next seal omits them.
 */
export async function dropFaces(stores: DropStores, ids: readonly FaceKey[]): Promise<void> {
  if (ids.length === 0) return;
  await deleteIds(stores.faces, ids);
  await deleteIds(stores.chips, ids);
  for (const store of [stores.vectors, stores.delta]) {
    for (const space of await spacesIn(store)) await deleteSpaceIds(store, space, ids);
  }
  await together(ids.map((id) => () => stores.tombstones.put(true, id)));
}

/** Keys of all faces of some photos, ascending. */
export async function facesOf(
  byPhoto: { getAllKeys(range: IDBKeyRange): Promise<FaceKey[]> },
  photoIds: readonly PhotoId[],
): Promise<FaceKey[]> {
  const runs = runsOf(sortedIds(photoIds));
  const numbers = await together(
    runs.map(
      ([first, last]) =>
        () =>
          byPhoto.getAllKeys(IDBKeyRange.bound(first, last)),
    ),
  );
  return sortedIds(numbers.flat());
}
