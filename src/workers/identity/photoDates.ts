import type { Face } from '../../identity/index.ts';
import type { PhotoDate, PhotoId } from '../../protocol/index.ts';
import type { Photos } from '../../store/index.ts';
import { toFloatingTime } from '../dates/floatingTime.ts';

/** A cache of photo dates. */
export class PhotoDates {
  readonly #photos: Pick<Photos, 'dates'>;
  readonly #known = new Map<PhotoId, PhotoDate>();

  constructor(photos: Pick<Photos, 'dates'>) {
    this.#photos = photos;
  }

  /**
   * The photos of some faces, without duplicates, in the order of `PersonPage`; omits deleted
   * photos.
   */
  async newestFirst(faces: readonly Face[]): Promise<PhotoDate[]> {
    const ids = [...new Set(faces.map(({ photo }) => photo))];
    const unknown = ids.filter((id) => !this.#known.has(id));
    if (unknown.length > 0) {
      for (const date of await this.#photos.dates(unknown)) this.#known.set(date.id, date);
    }
    return byDate(ids.flatMap((id) => this.#known.get(id) ?? []));
  }

  /** Drops these from the cache. */
  forget(ids: readonly PhotoId[]): void {
    for (const id of ids) this.#known.delete(id);
  }
}

/** Newest month first; within a month the dated photos first, then by time. */
export function byDate(photos: readonly PhotoDate[]): PhotoDate[] {
  const placed = photos.map((photo) => {
    const known = photo.takenAt !== undefined;
    const at = photo.takenAt ?? toFloatingTime(photo.addedAt);
    const date = new Date(at);
    return { photo, at, known, month: date.getUTCFullYear() * 12 + date.getUTCMonth() };
  });
  placed.sort(
    (a, b) =>
      b.month - a.month ||
      Number(b.known) - Number(a.known) ||
      b.at - a.at ||
      b.photo.id - a.photo.id,
  );
  return placed.map(({ photo }) => photo);
}

/** Faces in the order of their photos, by face key within a photo; faces of other photos last. */
export function inOrderOf(photos: readonly PhotoDate[], faces: readonly Face[]): Face[] {
  const places = new Map(photos.map(({ id }, place) => [id, place]));
  const placeOf = ({ photo }: Face) => places.get(photo) ?? photos.length;
  return faces.toSorted((a, b) => placeOf(a) - placeOf(b) || a.faceKey - b.faceKey);
}
