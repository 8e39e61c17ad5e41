import type { PhotoId } from '../../../protocol/index.ts';
import { indexOfId, lowerBound } from './ids.ts';
import type { PhotoOrder } from './photo-order.ts';

/**
 * The next or previous photo in the viewer.
 *
 * @param run the list that the photo was opened from, in order; used only if it contains the photo
 * @param gallery ids, ascending; photos that are gone are skipped
 * @param shown the gallery in display order, newest first; used if there is no list
 */
export function neighbourOf(
  id: PhotoId,
  by: 1 | -1,
  run: Uint32Array,
  gallery: Uint32Array,
  shown: PhotoOrder,
): PhotoId | undefined {
  const at = run.indexOf(id);
  if (at < 0) {
    const place = shown.indexOf(id);
    if (place >= 0) return shown.ids[place + by];
    // The photo is gone, and so is its date: fall back to the adjacent ids.
    const after = lowerBound(gallery, id);
    return gallery[by > 0 ? after - 1 : after];
  }
  for (let i = at + by; i >= 0 && i < run.length; i += by) {
    if (indexOfId(gallery, run[i]!) >= 0) return run[i];
  }
  return undefined;
}
