import type { PhotoId } from '../../../protocol/index.ts';
import { t } from '../../text/t.ts';
import { day } from '../format.ts';
import { type MonthStart, monthSections, type Section } from './dated-photos.ts';
import { indexOfId } from './ids.ts';
import { dayOf, monthOf, wallClock } from './month.ts';
import type { PhotoOrder } from './photo-order.ts';

/** The gallery as columns, by ascending id: the relevant part of `GallerySnapshot`. */
export interface GalleryColumns {
  readonly ids: Uint32Array;
  readonly aspects: Float32Array;
  /** NaN if unknown. */
  readonly takenAt: Float64Array;
  readonly addedAt: Float64Array;
}

/** The gallery in display order. */
export interface OrderedGallery {
  readonly gallery: GalleryColumns;
  /** (n) ids in display order. */
  readonly ids: Uint32Array;
  /** (n) width / height. */
  readonly aspects: Float32Array;
  readonly order: PhotoOrder;
  /** Section headings; months that don't fill a row may share one. */
  sections(fills: (aspects: number) => boolean): readonly Section[];
  /** (n) sort key and group (month) of each photo, by gallery index. */
  readonly at: Float64Array;
  readonly group: Int32Array;
  /** (n) gallery indices in display order. */
  readonly places: Uint32Array;
}

/** Sort order: by capture date or import date. */
export type GallerySort = 'taken' | 'imported';

/**
 * Sorts the gallery newest first, with headings.
 *
 * - `taken`: by month; within a month, dated photos first, then by time: the order of `byDate` in
 * `src/workers/identity/photoDates.ts`, which sorts the photos of a person
 * - `imported`: by day of import, within a day by id
 *
 * @param before the previous, similar order: unchanged photos are not sorted again
 * @param since photos from this id on were just imported and get a heading of their own
 */
export function orderGallery(
  gallery: GalleryColumns,
  sort: GallerySort,
  { before, since }: { before?: OrderedGallery | undefined; since?: PhotoId | undefined } = {},
): OrderedGallery {
  const { ids } = gallery;
  const { at, group } = sort === 'taken' ? byMonth(gallery) : byImport(gallery, since);
  const compare = (a: number, b: number) =>
    group[b]! - group[a]! || at[b]! - at[a]! || ids[b]! - ids[a]!;
  const places = before ? merged(gallery, before, at, group, compare) : sorted(ids.length, compare);
  const columns = inOrder(gallery, places);
  const starts = startsOf(places, group);
  const sections =
    sort === 'taken'
      ? (fills: (aspects: number) => boolean) =>
          monthSections(starts.map(monthStart), columns.aspects, fills)
      : () =>
          starts.map(({ start, group }) => ({
            start,
            title: importTitle(gallery.addedAt[places[start]!]!, group),
          }));
  return { gallery, ...columns, sections, at, group, places };
}

interface Keys {
  readonly at: Float64Array;
  readonly group: Int32Array;
}

function byMonth({ ids, takenAt, addedAt }: GalleryColumns): Keys {
  const at = new Float64Array(ids.length);
  const group = new Int32Array(ids.length);
  for (let i = 0; i < ids.length; i++) {
    const taken = takenAt[i]!;
    const known = !Number.isNaN(taken);
    at[i] = known ? taken : wallClock(addedAt[i]!);
    group[i] = monthOf(at[i]!) * 2 + (known ? 1 : 0);
  }
  return { at, group };
}

/** Later than any day. */
const JUST_NOW = 2 ** 31 - 1;

function byImport({ ids, addedAt }: GalleryColumns, since = Number.POSITIVE_INFINITY): Keys {
  const group = Int32Array.from(ids, (id, i) => (id >= since ? JUST_NOW : dayOf(addedAt[i]!)));
  return { at: new Float64Array(ids.length), group };
}

/**
 * Starts from the order of import, latest first. In many libraries that is already the order, which
 * the sort exploits.
 */
function sorted(n: number, compare: (a: number, b: number) => number): Uint32Array {
  return Uint32Array.from(Array.from({ length: n }, (_, i) => n - 1 - i).sort(compare));
}

/** Keeps unchanged photos in their previous order and merges the others in. */
function merged(
  gallery: GalleryColumns,
  before: OrderedGallery,
  at: Float64Array,
  group: Int32Array,
  compare: (a: number, b: number) => number,
): Uint32Array {
  const n = gallery.ids.length;
  const was = before.gallery.ids;
  /** By index in the previous gallery: 1 + the index in this one, 0 if removed. */
  const place = new Uint32Array(was.length);
  const added: number[] = [];
  for (let i = 0, j = 0; i < n; i++) {
    const id = gallery.ids[i]!;
    while (j < was.length && was[j]! < id) j++;
    const same = was[j] === id && before.at[j] === at[i] && before.group[j] === group[i];
    if (same) place[j] = i + 1;
    else added.push(i);
  }
  added.sort(compare);
  const places = new Uint32Array(n);
  let to = 0;
  let next = 0;
  for (const old of before.places) {
    if (place[old] === 0) continue;
    const kept = place[old]! - 1;
    while (next < added.length && compare(added[next]!, kept) < 0) places[to++] = added[next++]!;
    places[to++] = kept;
  }
  while (next < added.length) places[to++] = added[next++]!;
  return places;
}

interface Start {
  /** Index of the first photo of the group. */
  readonly start: number;
  readonly group: number;
}

function startsOf(places: Uint32Array, group: Int32Array): Start[] {
  const starts: Start[] = [];
  places.forEach((place, start) => {
    const here = group[place]!;
    if (starts.at(-1)?.group !== here) starts.push({ start, group: here });
  });
  return starts;
}

function monthStart({ start, group }: Start): MonthStart {
  const months = group >> 1;
  const year = Math.floor(months / 12);
  return { start, year, month: months - year * 12, taken: (group & 1) === 1 };
}

function importTitle(addedAt: number, group: number): string {
  if (group === JUST_NOW) return t('gallery.justImported');
  const ago = dayOf(Date.now()) - group;
  if (ago === 0) return t('gallery.importedToday');
  if (ago === 1) return t('gallery.importedYesterday');
  return t('gallery.importedOn', { date: day(addedAt) });
}

function inOrder(
  gallery: GalleryColumns,
  places: Uint32Array,
): Pick<OrderedGallery, 'ids' | 'aspects' | 'order'> {
  const n = places.length;
  const ids = new Uint32Array(n);
  const aspects = new Float32Array(n);
  const rank = new Uint32Array(n);
  for (let i = 0; i < n; i++) {
    ids[i] = gallery.ids[places[i]!]!;
    aspects[i] = gallery.aspects[places[i]!]!;
    rank[places[i]!] = i;
  }
  return { ids, aspects, order: rankedOrder(gallery.ids, ids, rank) };
}

/** An order from the rank of each photo; builds no lookup table, so frequent updates are cheap. */
function rankedOrder(ascending: Uint32Array, ids: Uint32Array, rank: Uint32Array): PhotoOrder {
  const indexOf = (id: PhotoId) => {
    const place = indexOfId(ascending, id);
    return place < 0 ? -1 : rank[place]!;
  };
  return {
    ids,
    indexOf,
    between: (from, to) => {
      const a = indexOf(from);
      const b = indexOf(to);
      if (a < 0 || b < 0) return [];
      return Array.from(ids.subarray(Math.min(a, b), Math.max(a, b) + 1));
    },
    placeOf: (id, before) => {
      const place = indexOf(id);
      if (place >= 0 || before === null) return Math.max(0, place);
      const was = before.indexOf(id);
      if (was < 0) return 0;
      // Adjacent photos may be gone too.
      const next = before.subarray(was).find((other) => indexOf(other) >= 0);
      return next === undefined ? ids.length : indexOf(next);
    },
  };
}
