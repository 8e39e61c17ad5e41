import { sortedIds, spaceRange } from '../database/keys.ts';
import type { SpaceKey, VectorOwner } from '../database/schema.ts';
import { isFaceKey } from '../faces/faceRows.ts';

/** A store of vectors within the caller's transaction. */
interface Vectors {
  getKey(range: IDBKeyRange): Promise<SpaceKey | undefined>;
}

/**
 * Owner of the vectors of a space: one request. `null` if unknown: the space has no vectors and its
 * manifest doesn't say. Its segments may hold vectors deleted since, so `null` doesn't prove that
 * the index is empty.
 *
 * @param manifest the space's manifest row, if there is one
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
 * The tombstones, ascending, that may belong to a space. Those of the other owner are ignored; a
 * space that never had a vector may get either.
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
