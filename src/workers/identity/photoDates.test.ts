import { describe, expect, it } from 'vitest';
import type { Face } from '../../identity/index.ts';
import type { PhotoDate } from '../../protocol/index.ts';
import { byDate, inOrderOf, PhotoDates } from './photoDates.ts';

const dated = (id: number, takenAt: number, addedAt = Date.UTC(2026, 10, 5)): PhotoDate => ({
  id,
  takenAt,
  addedAt,
});
const added = (id: number, addedAt: number): PhotoDate => ({ id, addedAt });
const face = (faceKey: number, photo: number): Face => ({
  id: `${faceKey}`,
  faceKey,
  photo,
  quality: 'good',
});
const idsOf = (photos: readonly PhotoDate[]) => photos.map(({ id }) => id);

describe('photos by date', () => {
  it('are sorted newest first, whenever they were added', () => {
    const photos = [
      dated(1, Date.UTC(2019, 4, 3, 14)),
      dated(2, Date.UTC(2021, 0, 1)),
      dated(3, Date.UTC(1899, 11, 31)),
      dated(4, Date.UTC(2019, 4, 3, 15)),
    ];
    expect(idsOf(byDate(photos))).toEqual([2, 4, 1, 3]);
  });

  it('use the date added if undated, after the dated photos of that month', () => {
    const photos = [
      added(1, Date.UTC(2026, 10, 20, 12)),
      dated(2, Date.UTC(2026, 10, 3)),
      added(3, Date.UTC(2026, 9, 20, 12)),
      dated(4, Date.UTC(2026, 10, 25)),
      dated(5, Date.UTC(2026, 9, 1)),
      added(6, Date.UTC(2026, 10, 21, 12)),
    ];
    expect(idsOf(byDate(photos))).toEqual([4, 2, 6, 1, 5, 3]);
  });

  it('are sorted latest import first if the dates are equal', () => {
    const at = Date.UTC(2019, 4, 3);
    expect(idsOf(byDate([dated(1, at), dated(3, at), dated(2, at)]))).toEqual([3, 2, 1]);
  });

  it('set the order of faces, with those of deleted photos last', () => {
    const photos = [dated(7, 2), dated(5, 1)];
    const faces = [face(10, 9), face(11, 5), face(12, 7), face(13, 5), face(14, 7)];
    expect(inOrderOf(photos, faces).map(({ faceKey }) => faceKey)).toEqual([12, 14, 11, 13, 10]);
  });
});

it('loads each photo’s date once, until it is dropped from the cache', async () => {
  const asked: (readonly number[])[] = [];
  const dates = new PhotoDates({
    dates: async (ids) => {
      asked.push(ids);
      return ids.filter((id) => id !== 99).map((id) => dated(id, id));
    },
  });
  expect(idsOf(await dates.newestFirst([face(1, 4), face(2, 4), face(3, 99)]))).toEqual([4]);
  expect(idsOf(await dates.newestFirst([face(1, 4), face(4, 6)]))).toEqual([6, 4]);
  expect(idsOf(await dates.newestFirst([face(1, 4)]))).toEqual([4]);
  expect(asked).toEqual([[4, 99], [6]]);
  dates.forget([4, 5]);
  expect(idsOf(await dates.newestFirst([face(1, 4), face(4, 6)]))).toEqual([6, 4]);
  expect(asked).toEqual([[4, 99], [6], [4]]);
});
