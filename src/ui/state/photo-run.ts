import type { PhotoId } from '../../protocol/index.ts';
import type { GalleryColumns } from '../pure/gallery/gallery-order.ts';
import { neighbourOf } from '../pure/gallery/photo-run.ts';
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

/** The photo before or after one, as it was come to; in the gallery, the newer or the older. */
export function photoBeside(id: PhotoId, by: 1 | -1, gallery: GalleryColumns): PhotoId | undefined {
  const { order } = galleryOrder(gallery, 'taken');
  return neighbourOf(id, by, runs.get(depth()) ?? new Uint32Array(0), gallery.ids, order);
}
