import type { PhotoId, RegionBox } from '../../protocol/index.ts';
import { type Space, type Store, windowBox } from '../../store/index.ts';

/**
 * The parts of a photo that have vectors: at most four. None in a space without any.
 *
 * @throws AkinError `not-found`
 */
export async function partsOf(
  { photos, regions }: Pick<Store, 'photos' | 'regions'>,
  space: Space,
  id: PhotoId,
): Promise<readonly RegionBox[]> {
  await photos.get(id);
  const [found] = await regions.of(space, [id]);
  return found ? Array.from(found.windows, (window) => windowBox(found.view, window)) : [];
}
