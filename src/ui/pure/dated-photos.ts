import type { PhotoDate } from '../../protocol/index.ts';
import { t } from '../text/t.ts';
import { month } from './format.ts';
import { indexOfId } from './ids.ts';

/** Photos that belong together, under a heading. */
export interface Section {
  /** Place of the first of them. */
  readonly start: number;
  readonly title: string;
}

export interface DatedPhotos {
  /** (n) in the order given. */
  readonly ids: Uint32Array;
  /** (n) width / height. */
  readonly aspects: Float32Array;
  readonly sections: readonly Section[];
}

interface Columns {
  readonly ids: Uint32Array;
  readonly aspects: Float32Array;
}

/**
 * Photos under the months in which they were taken, or added where that is not known.
 *
 * @param gallery ascending ids; photos that are not in it are left out
 * @param photos those of one month in a row, and in it those whose date is known
 */
export function datedPhotos(gallery: Columns, photos: readonly PhotoDate[]): DatedPhotos {
  const ids: number[] = [];
  const aspects: number[] = [];
  const sections: Section[] = [];
  let last: string | null = null;
  for (const photo of photos) {
    const place = indexOfId(gallery.ids, photo.id);
    if (place < 0) continue;
    const key = monthKey(photo);
    if (key !== last) sections.push({ start: ids.length, title: title(photo) });
    last = key;
    ids.push(photo.id);
    aspects.push(gallery.aspects[place]!);
  }
  return { ids: Uint32Array.from(ids), aspects: Float32Array.from(aspects), sections };
}

/** Writing a month takes a while, comparing two does not. */
function monthKey({ takenAt, addedAt }: PhotoDate): string {
  const date = new Date(takenAt ?? addedAt);
  return takenAt === undefined
    ? `added ${date.getFullYear()} ${date.getMonth()}`
    : `taken ${date.getUTCFullYear()} ${date.getUTCMonth()}`;
}

function title({ takenAt, addedAt }: PhotoDate): string {
  if (takenAt !== undefined) return month(takenAt, 'UTC');
  return t('gallery.importedIn', { month: month(addedAt) });
}
