import type { PhotoId } from '../../protocol/index.ts';
import { indexOfId, lowerBound } from './ids.ts';

/**
 * The photo that one steps to from another.
 *
 * @param run photos of the list that it was opened from, in their order; it counts only where the
 *   photo is among them
 * @param gallery ids, ascending: what is not there any more is stepped over
 */
export function neighbourOf(
  id: PhotoId,
  by: 1 | -1,
  run: Uint32Array,
  gallery: Uint32Array,
): PhotoId | undefined {
  const at = run.indexOf(id);
  if (at < 0) {
    const place = lowerBound(gallery, id);
    return gallery[by > 0 && gallery[place] !== id ? place : place + by];
  }
  for (let i = at + by; i >= 0 && i < run.length; i += by) {
    if (indexOfId(gallery, run[i]!) >= 0) return run[i];
  }
  return undefined;
}
