import type { PhotoId } from '../../protocol/index.ts';
import { spread } from './compare.ts';

/**
 * The photos to try a model on: half of them the newest, which users know best, the other half
 * spread over the rest.
 *
 * @param ids of photos, newest last
 * @returns at most `most` of them, in order
 */
export function chooseSample(ids: readonly PhotoId[], most: number): PhotoId[] {
  if (ids.length <= most) return [...ids];
  const newest = Math.ceil(most / 2);
  const older = ids.slice(0, ids.length - newest);
  const chosen = spread(older.length, most - newest).map((i) => older[i]!);
  return [...chosen, ...ids.slice(ids.length - newest)];
}
