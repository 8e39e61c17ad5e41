import type { PhotoId } from '../../../protocol/index.ts';

/** Index of `id` in ascending `ids`, or -1. */
export function indexOfId(ids: Uint32Array, id: PhotoId): number {
  const at = lowerBound(ids, id);
  return ids[at] === id ? at : -1;
}

/** Index of the first of ascending `ids` that is at least `id`. */
export function lowerBound(ids: Uint32Array, id: PhotoId): number {
  let low = 0;
  let high = ids.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (ids[middle]! < id) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** The ids between two, inclusive, in gallery order whichever comes first. */
export function idsBetween(ids: Uint32Array, from: PhotoId, to: PhotoId): PhotoId[] {
  const a = lowerBound(ids, Math.min(from, to));
  const b = lowerBound(ids, Math.max(from, to) + 1);
  return Array.from(ids.subarray(a, b));
}

/** Whether two lists have the same photos in the same order. */
export function sameIds(a: Uint32Array, b: Uint32Array): boolean {
  return a === b || (a.length === b.length && a.every((id, place) => id === b[place]));
}

/** Columns of those photos that are in the gallery: ascending, without duplicates. */
export function columnsOf(
  gallery: { readonly ids: Uint32Array; readonly aspects: Float32Array },
  some: Iterable<PhotoId>,
): { readonly ids: Uint32Array; readonly aspects: Float32Array } {
  const wanted = [...new Set(some)].sort((a, b) => a - b);
  const places = wanted.map((id) => indexOfId(gallery.ids, id)).filter((place) => place >= 0);
  return {
    ids: Uint32Array.from(places, (place) => gallery.ids[place]!),
    aspects: Float32Array.from(places, (place) => gallery.aspects[place]!),
  };
}
