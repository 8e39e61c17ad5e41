import type { FaceKey, PhotoId } from '../../protocol/index.ts';
import type { ManifestRow, SpaceKey } from '../database/schema.ts';
import { isFaceKey } from '../faces/faceRows.ts';
import { vectorOwner } from './vectorOwner.ts';

/** The stores this touches, within a transaction that the caller has open. */
interface Stores {
  readonly tombstones: { getAllKeys(): Promise<number[]>; delete(id: number): Promise<void> };
  readonly photos: { getKey(id: PhotoId): Promise<PhotoId | undefined> };
  readonly faces: { getKey(id: FaceKey): Promise<FaceKey | undefined> };
  readonly vectors: { getKey(key: SpaceKey | IDBKeyRange): Promise<SpaceKey | undefined> };
  readonly delta: { put(value: true, key: SpaceKey): Promise<unknown> };
}

/**
 * Settles the tombstones of photos or faces that were left out of a new set of segments.
 *
 * One that is gone for good needs its tombstone no more, unless another space has segments that may
 * hold it. One whose photo is still in the trash, or was restored while the segments were trained, is
 * in no segment now: it goes to the delta, where it is hidden by its tombstone or found.
 *
 * @param dropped ascending; those that the space can't have are passed over
 * @param manifests of all spaces
 */
export async function reconcileTombstones(
  { tombstones, photos, faces, vectors, delta }: Stores,
  spaceId: string,
  dropped: readonly number[],
  manifests: readonly ManifestRow[],
): Promise<void> {
  if (dropped.length === 0) return;
  const present = new Set(await tombstones.getAllKeys());
  const manifest = manifests.find((row) => row.spaceId === spaceId);
  const own = await vectorOwner(vectors, spaceId, manifest);
  const others = manifests.filter((row) => row.spaceId !== spaceId && row.segments.length > 0);
  const kinds = await Promise.all(others.map((row) => vectorOwner(vectors, row.spaceId, row)));
  // A space that has no vector left may have been one of either.
  const elsewhere = {
    photos: kinds.some((kind) => kind !== 'faces'),
    faces: kinds.some((kind) => kind !== 'photos'),
  };
  for (const id of dropped) {
    const kind = isFaceKey(id) ? 'faces' : 'photos';
    if (own !== null && own !== kind) continue;
    const store = kind === 'faces' ? faces : photos;
    if ((await store.getKey(id)) !== undefined) {
      const key: SpaceKey = [spaceId, id];
      if (await vectors.getKey(key)) await delta.put(true, key);
    } else if (present.has(id) && !elsewhere[kind]) {
      await tombstones.delete(id);
    }
  }
}
