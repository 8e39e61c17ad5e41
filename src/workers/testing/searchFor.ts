import type { PhotoId } from '../../protocol/index.ts';
import type { Found, LibraryIndex } from '../indexing/libraryIndex.ts';

/** The nearest photos to a photo, excluding itself; `null` if its vector isn't in the index. */
export async function searchFor(
  index: LibraryIndex,
  id: PhotoId,
  k: number,
  among?: readonly PhotoId[],
): Promise<Found | null> {
  const query = await index.vectorOf(id);
  return query ? index.nearest(query, k, id, among) : null;
}
