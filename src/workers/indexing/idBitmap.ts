import { bitmapBytes, setBit } from '../../ann/index.ts';

/** A bitmap of ids, as taken by a search. */
export function bitmapOf(ids: readonly number[]): Uint8Array {
  const highest = ids.reduce((most, id) => Math.max(most, id), 0);
  const bitmap = new Uint8Array(bitmapBytes(highest + 1));
  for (const id of ids) setBit(bitmap, id, true);
  return bitmap;
}
