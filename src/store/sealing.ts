import type { PhotoId } from '../protocol/index.ts';
import type { SpaceKey } from './schema.ts';

/** The stores this touches, within a transaction that the caller has open. */
interface Stores {
  readonly tombstones: { getAllKeys(): Promise<PhotoId[]>; delete(id: PhotoId): Promise<void> };
  readonly photos: { getKey(id: PhotoId): Promise<PhotoId | undefined> };
  readonly vectors: { getKey(key: SpaceKey): Promise<SpaceKey | undefined> };
  readonly delta: { put(value: true, key: SpaceKey): Promise<unknown> };
}

/**
 * Settles the tombstones of photos that were left out of a new set of segments.
 *
 * A photo deleted for good needs its tombstone no more, unless another space has segments that may
 * hold it. One that is still in the bin, or that was restored while the segments were trained, is
 * in no segment now: it goes to the delta, where it is hidden by its tombstone or found.
 */
export async function hideOrDelta(
  { tombstones, photos, vectors, delta }: Stores,
  spaceId: string,
  dropped: readonly PhotoId[],
  otherSpaces: boolean,
): Promise<void> {
  if (dropped.length === 0) return;
  const present = new Set(await tombstones.getAllKeys());
  for (const id of dropped) {
    if ((await photos.getKey(id)) !== undefined) {
      const key: SpaceKey = [spaceId, id];
      if (await vectors.getKey(key)) await delta.put(true, key);
    } else if (present.has(id) && !otherSpaces) {
      await tombstones.delete(id);
    }
  }
}
