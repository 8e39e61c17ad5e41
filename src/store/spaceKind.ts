import { isFaceNumber } from './faceRows.ts';
import { spaceRange } from './keys.ts';
import type { SpaceKey } from './schema.ts';

/** A store of vectors within a transaction that the caller has open. */
interface Vectors {
  getKey(range: IDBKeyRange): Promise<SpaceKey | undefined>;
}

/**
 * What the vectors of a space are of, `null` for a space without any: one request. Its segments may
 * hold vectors that were deleted since, so that `null` is no proof of an empty index.
 */
export async function kindOf(
  vectors: Vectors,
  spaceId: string,
): Promise<'photos' | 'faces' | null> {
  const key = await vectors.getKey(spaceRange(spaceId));
  if (!key) return null;
  return isFaceNumber(key[1]) ? 'faces' : 'photos';
}
