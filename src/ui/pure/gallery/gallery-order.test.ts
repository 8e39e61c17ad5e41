import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { type GalleryColumns, orderGallery } from './gallery-order.ts';

const NOW = Date.UTC(2026, 10, 26, 12);
const DAY = 86_400_000;

beforeEach(() => void vi.useFakeTimers({ now: NOW, toFake: ['Date'] }));
afterEach(() => void vi.useRealTimers());

/** Every month fills a row. */
const full = () => true;

type Photo = readonly [id: number, taken: number | null, added?: number];

function galleryOf(...photos: readonly Photo[]): GalleryColumns {
  return {
    ids: Uint32Array.from(photos, ([id]) => id),
    aspects: Float32Array.from(photos, ([id]) => id / 4),
    takenAt: Float64Array.from(photos, ([, taken]) => taken ?? Number.NaN),
    addedAt: Float64Array.from(photos, ([, , added = NOW]) => added),
  };
}

const GALLERY = galleryOf(
  [1, null],
  [2, Date.UTC(2019, 4, 31, 23, 59)],
  [3, Date.UTC(2018, 4, 1)],
  [4, Date.UTC(2026, 10, 3)],
  [5, Date.UTC(2019, 4, 1)],
  [7, null],
  [8, Date.UTC(2019, 4, 1)],
);

describe('the order by capture date', () => {
  it('shows the newest month first, and in it dated photos first', () => {
    const { ids, aspects, sections } = orderGallery(GALLERY, 'taken');
    expect([...ids]).toEqual([4, 7, 1, 2, 8, 5, 3]);
    expect([...aspects]).toEqual([1, 1.75, 0.25, 0.5, 2, 1.25, 0.75]);
    expect(sections(full)).toEqual([
      { start: 0, title: 'November 2026' },
      { start: 1, title: 'Imported in November 2026' },
      { start: 3, title: 'May 2019' },
      { start: 6, title: 'May 2018' },
    ]);
    expect(sections((sum) => sum >= 2)).toEqual([
      { start: 0, title: 'November 2026' },
      { start: 1, title: 'Imported in November 2026' },
      { start: 3, title: 'May 2019' },
      { start: 6, title: 'May 2018' },
    ]);
    expect(sections(() => false)).toEqual([{ start: 0, title: '2018\u2009–\u20092026' }]);
  });

  it('finds photos, the range between two, and the place of a deleted one', () => {
    const { ids, order } = orderGallery(GALLERY, 'taken');
    ids.forEach((id, place) => {
      expect(order.indexOf(id)).toBe(place);
    });
    expect(order.indexOf(6)).toBe(-1);
    expect(order.between(8, 7)).toEqual([7, 1, 2, 8]);
    expect(order.between(8, 6)).toEqual([]);
    const left = galleryOf([1, null], [3, Date.UTC(2018, 4, 1)], [4, Date.UTC(2026, 10, 3)]);
    const after = orderGallery(left, 'taken').order;
    expect(after.placeOf(2, ids)).toBe(2);
    expect(after.placeOf(7, ids)).toBe(1);
    expect(after.placeOf(6, ids)).toBe(0);
  });

  it('gives the same result when updated from the previous order, whatever changed', () => {
    // Dates in a few months, with many ties and some unknown.
    const photoOf = (id: number, salt: number): Photo => {
      const mixed = Math.imul(id + salt, 2_654_435_761) >>> 0;
      return [id, mixed % 5 === 0 ? null : NOW - (mixed % 97) * DAY, NOW - (id % 70) * DAY];
    };
    const ids = Array.from({ length: 400 }, (_, i) => i + 1);
    let ordered = orderGallery(galleryOf(...ids.map((id) => photoOf(id, 0))), 'taken');
    for (const [from, to, every, salt] of [
      [1, 500, 1, 0],
      [1, 500, 3, 0],
      [40, 700, 1, 0],
      [40, 700, 1, 1],
      [699, 700, 1, 1],
      [1, 0, 1, 0],
      [1, 30, 1, 0],
    ] as const) {
      const some = Array.from({ length: Math.max(0, to - from + 1) }, (_, i) => from + i);
      const photos = some.filter((id) => id % every === 0);
      const gallery = galleryOf(...photos.map((id) => photoOf(id, id % 11 === 0 ? salt : 0)));
      const anew = orderGallery(gallery, 'taken');
      ordered = orderGallery(gallery, 'taken', { before: ordered });
      expect([...ordered.ids]).toEqual([...anew.ids]);
      expect(ordered.sections(full)).toEqual(anew.sections(full));
    }
  });
});

it('sorts by import date under daily headings, with new imports on top', () => {
  const gallery = galleryOf(
    [1, NOW, NOW - 40 * DAY],
    [2, NOW, NOW - DAY],
    [3, NOW, NOW],
    [4, null, NOW],
    [6, 0, NOW],
  );
  const before = orderGallery(gallery, 'imported');
  expect([...before.ids]).toEqual([6, 4, 3, 2, 1]);
  expect(before.sections(full)).toEqual([
    { start: 0, title: 'Imported today' },
    { start: 3, title: 'Imported yesterday' },
    { start: 4, title: 'Imported October 17, 2026' },
  ]);
  const shown = orderGallery(gallery, 'imported', { since: 4, before });
  expect([...shown.ids]).toEqual([6, 4, 3, 2, 1]);
  expect(shown.sections(full).slice(0, 2)).toEqual([
    { start: 0, title: 'Just imported' },
    { start: 2, title: 'Imported today' },
  ]);
});
