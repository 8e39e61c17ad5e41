import type { PhotoId } from '../../../protocol/index.ts';
import { indexOfId, lowerBound } from './ids.ts';
import type { PhotoOrder } from './photo-order.ts';

/**
 * The photo that one steps to from another.
 *
 * @param run photos of the list that it was opened from, in their order; it counts only where the
 *   photo is among them
 * @param gallery ids, ascending: what is not there any more is stepped over
 * @param shown the gallery as it is shown, newest first: one steps through it where there is no list
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
    // Gone, and with it when it was taken: to those that came before and after it.
    const after = lowerBound(gallery, id);
    return gallery[by > 0 ? after - 1 : after];
  }
  for (let i = at + by; i >= 0 && i < run.length; i += by) {
    if (indexOfId(gallery, run[i]!) >= 0) return run[i];
  }
  return undefined;
}
