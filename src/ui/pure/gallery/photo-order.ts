import type { PhotoId } from '../../../protocol/index.ts';
import { idsBetween, indexOfId, lowerBound } from './ids.ts';

/** Photos in display order. */
export interface PhotoOrder {
  readonly ids: Uint32Array;
  /** Index of a photo, or -1. */
  indexOf(id: PhotoId): number;
  /** The photos between two, inclusive, in display order whichever comes first. */
  between(from: PhotoId, to: PhotoId): PhotoId[];
  /**
   * Index of a photo, or of whatever replaced it if it is gone; the number of photos if nothing
   * did.
   *
   * @param before the ids when it was last present
   */
  placeOf(id: PhotoId, before: Uint32Array | null): number;
}

/** Photos by id, as in the gallery. Costs nothing to create. */
export function ascendingOrder(ids: Uint32Array): PhotoOrder {
  return {
    ids,
    indexOf: (id) => indexOfId(ids, id),
    between: (from, to) => idsBetween(ids, from, to),
    placeOf: (id) => lowerBound(ids, id),
  };
}

/** Photos in any other order, without duplicates. */
export function listedOrder(ids: Uint32Array): PhotoOrder {
  const places = new Map<PhotoId, number>();
  ids.forEach((id, place) => {
    places.set(id, place);
  });
  const indexOf = (id: PhotoId) => places.get(id) ?? -1;
  return {
    ids,
    indexOf,
    between: (from, to) => {
      const [a, b] = [indexOf(from), indexOf(to)].sort((x, y) => x - y);
      return a! < 0 ? [] : Array.from(ids.subarray(a, b! + 1));
    },
    placeOf: (id, before) => {
      const place = indexOf(id);
      if (place >= 0 || before === null) return Math.max(0, place);
      const was = before.indexOf(id);
      if (was < 0) return 0;
      // Adjacent photos may be gone too.
      const next = before.subarray(was).find((other) => places.has(other));
      return next === undefined ? ids.length : indexOf(next);
    },
  };
}

/** The members of `selected` that still exist; the same set if all do. */
export function stillThere(
  selected: ReadonlySet<PhotoId>,
  order: PhotoOrder,
): ReadonlySet<PhotoId> {
  const kept = new Set<PhotoId>();
  for (const id of selected) if (order.indexOf(id) >= 0) kept.add(id);
  return kept.size === selected.size ? selected : kept;
}
