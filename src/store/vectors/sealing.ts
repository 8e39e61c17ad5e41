import type { FaceKey, PhotoId } from '../../protocol/index.ts';
import type { ManifestRow, SpaceKey, VectorOwner } from '../database/schema.ts';
import { isFaceKey } from '../faces/faceRows.ts';
import { vectorOwner } from './vectorOwner.ts';

/** The stores this uses, within the caller's transaction. */
interface Stores {
  readonly tombstones: { getAllKeys(): Promise<number[]>; delete(id: number): Promise<void> };
  readonly photos: { getKey(id: PhotoId): Promise<PhotoId | undefined> };
  readonly faces: { getKey(id: FaceKey): Promise<FaceKey | undefined> };
  readonly vectors: { getKey(key: SpaceKey | IDBKeyRange): Promise<SpaceKey | undefined> };
  readonly delta: { put(value: true, key: SpaceKey): Promise<unknown> };
}

/**
 * Reconciles the tombstones of photos or faces that a new set of segments omits.
 *
 * If one was permanently deleted, its tombstone is removed, unless segments of another space may
 * hold it: all but those that say they are without it. If its photo is in the trash, or was restored
 * during training, no segment holds it now: it goes to the delta, hidden by its tombstone or not.
 *
 * @param dropped ascending; ids of the wrong owner are ignored
 * @param manifests of all spaces
 * @returns the permanently deleted ones, ascending, whose tombstones stay for other spaces
 */
export async function reconcileTombstones(
  { tombstones, photos, faces, vectors, delta }: Stores,
  spaceId: string,
  dropped: readonly number[],
  manifests: readonly ManifestRow[],
): Promise<readonly number[]> {
  if (dropped.length === 0) return [];
  const needed: number[] = [];
  const present = new Set(await tombstones.getAllKeys());
  const manifest = manifests.find((row) => row.spaceId === spaceId);
  const own = await vectorOwner(vectors, spaceId, manifest);
  const others = manifests.filter((row) => row.spaceId !== spaceId && row.segments.length > 0);
  const kinds = await Promise.all(others.map((row) => vectorOwner(vectors, row.spaceId, row)));
  const without = others.map((row) => new Set(row.without));
  // A space without vectors may have had either owner.
  const isElsewhere = (id: number, kind: VectorOwner) =>
    kinds.some((owner, i) => (owner === null || owner === kind) && !without[i]!.has(id));
  for (const id of dropped) {
    const kind = isFaceKey(id) ? 'faces' : 'photos';
    if (own !== null && own !== kind) continue;
    const store = kind === 'faces' ? faces : photos;
    if ((await store.getKey(id)) !== undefined) {
      const key: SpaceKey = [spaceId, id];
      if (await vectors.getKey(key)) await delta.put(true, key);
    } else if (!present.has(id)) continue;
    else if (isElsewhere(id, kind)) needed.push(id);
    else await tombstones.delete(id);
  }
  return needed;
}
