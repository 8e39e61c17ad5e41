import type { PhotoDate } from '../../../protocol/index.ts';
import { t } from '../../text/t.ts';
import { monthRange, yearRange } from '../format.ts';
import { indexOfId } from './ids.ts';
import { shownAspect } from './justify.ts';

/** Photos grouped under a heading. */
export interface Section {
  /** Index of its first photo. */
  readonly start: number;
  readonly title: string;
}

export interface DatedPhotos {
  /** (n) in the given order. */
  readonly ids: Uint32Array;
  /** (n) width / height. */
  readonly aspects: Float32Array;
  readonly sections: readonly Section[];
}

/** Whether photos with this sum of aspects fill a row. */
type Fills = (aspects: number) => boolean;

interface Columns {
  readonly ids: Uint32Array;
  readonly aspects: Float32Array;
}

/** Consecutive photos taken, or else imported, in the same month. */
export interface MonthStart {
  /** Index of its first photo. */
  readonly start: number;
  readonly year: number;
  /** 0 to 11. */
  readonly month: number;
  readonly taken: boolean;
}

interface Month extends MonthStart {
  readonly fills: boolean;
}

/**
 * Groups photos under the months in which they were taken, or imported if that is unknown. Months
 * that don't fill a row share a heading with adjacent ones of the same year, and with earlier years
 * if a whole year fills none.
 *
 * @param gallery ascending ids; photos not in it are left out
 * @param photos grouped by month, and within a month dated photos first
 * @param fills if omitted, every month has its own heading
 */
export function datedPhotos(
  gallery: Columns,
  photos: readonly PhotoDate[],
  fills: Fills = () => true,
): DatedPhotos {
  const ids: number[] = [];
  const aspects: number[] = [];
  const starts: { start: number; photo: PhotoDate }[] = [];
  let last: string | null = null;
  for (const photo of photos) {
    const place = indexOfId(gallery.ids, photo.id);
    if (place < 0) continue;
    const key = monthKey(photo);
    if (key !== last) starts.push({ start: ids.length, photo });
    last = key;
    ids.push(photo.id);
    aspects.push(gallery.aspects[place]!);
  }
  const months = starts.map(({ start, photo }) => ({ start, ...yearAndMonth(photo) }));
  return {
    ids: Uint32Array.from(ids),
    aspects: Float32Array.from(aspects),
    sections: monthSections(months, aspects, fills),
  };
}

/** Headings of photos by month: see `datedPhotos`. `aspects` are in display order. */
export function monthSections(
  starts: readonly MonthStart[],
  aspects: ArrayLike<number>,
  fills: Fills,
): Section[] {
  const fillsRow = (from: number, to: number) => {
    let sum = 0;
    for (let i = from; i < to; i++) sum += shownAspect(aspects[i]);
    return fills(sum);
  };
  const months = starts.map((month, i) => ({
    ...month,
    fills: fillsRow(month.start, starts[i + 1]?.start ?? aspects.length),
  }));
  const groups = joined(months, (group, next) => fillsRow(group[0]!.start, next.start));
  return groups.map((group) => ({ start: group[0]!.start, title: titleOf(group, months) }));
}

/**
 * Groups months that share a heading.
 *
 * @param isFull whether a group fills a row without the next month
 */
function joined(
  months: readonly Month[],
  isFull: (group: readonly Month[], next: Month) => boolean,
): Month[][] {
  const groups: Month[][] = [];
  for (const each of months) {
    const group = groups.at(-1);
    const last = group?.at(-1);
    const joins =
      group !== undefined &&
      last !== undefined &&
      !each.fills &&
      !last.fills &&
      (last.year === each.year || !isFull(group, each));
    if (joins) group.push(each);
    else groups.push([each]);
  }
  return groups;
}

/** Formatting a month is slow; comparing keys is not. */
function monthKey(photo: PhotoDate): string {
  const { taken, year, month } = yearAndMonth(photo);
  return `${taken} ${year} ${month}`;
}

/** In the camera's local time, or for import dates in the device's. */
function yearAndMonth({ takenAt, addedAt }: PhotoDate): Pick<Month, 'year' | 'month' | 'taken'> {
  const date = new Date(takenAt ?? addedAt);
  return takenAt === undefined
    ? { taken: false, year: date.getFullYear(), month: date.getMonth() }
    : { taken: true, year: date.getUTCFullYear(), month: date.getUTCMonth() };
}

/** `March 2024`; `2024` if it covers the whole year; `March – May 2024`; `2021 – 2024`. */
function titleOf(group: readonly Month[], all: readonly Month[]): string {
  const [newest, oldest] = [group[0]!, group.at(-1)!];
  const { year } = newest;
  const wholeYear =
    group.length > 1 && all.filter((each) => each.year === year).length === group.length;
  const range =
    oldest.year !== year || wholeYear
      ? yearRange(oldest.year, year)
      : monthRange(year, oldest.month, newest.month);
  if (group.some(({ taken }) => taken)) return range;
  return group.length === 1
    ? t('gallery.importedIn', { month: range })
    : t('gallery.importedDuring', { range });
}
