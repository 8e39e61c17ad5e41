import { sortedIds, spaceRange } from '../database/keys.ts';
import type { SpaceKey, VectorOwner } from '../database/schema.ts';
import { isFaceKey } from '../faces/faceRows.ts';

/** A store of vectors within a transaction that the caller has open. */
interface Vectors {
  getKey(range: IDBKeyRange): Promise<SpaceKey | undefined>;
}

/**
 * What the vectors of a space are of: one request. `null` where nobody knows, for a space without any
 * whose manifest does not say. Its segments may hold vectors that were deleted since, so that `null`
 * is no proof of an empty index.
 *
 * @param manifest the space's own row as it was read, if there is one
 */
export async function vectorOwner(
  vectors: Vectors,
  spaceId: string,
  manifest?: unknown,
): Promise<VectorOwner | null> {
  const key = await vectors.getKey(spaceRange(spaceId));
  if (key) return isFaceKey(key[1]) ? 'faces' : 'photos';
  const holds = (manifest as { readonly holds?: unknown } | null | undefined)?.holds;
  return holds === 'photos' || holds === 'faces' ? holds : null;
}

/**
 * The tombstones, ascending, that may be of a space. What it can't have is none of its business; one
 * that never had a vector may come to have either.
 */
export async function ownTombstones(
  vectors: Vectors,
  spaceId: string,
  row: unknown,
  tombstones: readonly number[],
): Promise<number[]> {
  const kind = await vectorOwner(vectors, spaceId, row);
  return sortedIds(
    tombstones.filter((id) => kind === null || isFaceKey(id) === (kind === 'faces')),
  );
}
