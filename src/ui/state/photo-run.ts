import type { GallerySnapshot } from '../../engine/index.ts';
import type { PhotoId } from '../../protocol/index.ts';
import { neighbourOf } from '../pure/photo-run.ts';
import { galleryOrder } from './gallery-order.ts';
import { depth } from './navigation.ts';

/**
 * The list that the photo of each step of the history was opened from, so that Back from a similar
 * photo goes on in the list from before.
 */
const runs = new Map<number, Uint32Array>();

/** A photo is about to be opened from this list: one steps through it in its order. */
export function startRun(ids: Uint32Array): void {
  runs.set(depth() + 1, ids);
}

/**
 * The photo before or after one in the list that it was opened from, or in the gallery as it is
 * shown where that isn’t known, as after a reload.
 */
export function photoBeside(
  id: PhotoId,
  by: 1 | -1,
  gallery: GallerySnapshot,
): PhotoId | undefined {
  const run = runs.get(depth());
  const list = run?.includes(id) ? run : galleryOrder(gallery, 'taken').ids;
  return neighbourOf(id, by, list, gallery.ids);
}
