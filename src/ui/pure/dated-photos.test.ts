import { expect, it } from 'vitest';
import { datedPhotos } from './dated-photos.ts';

const ids = Uint32Array.of(1, 2, 3, 4, 5, 6);
const gallery = { ids, aspects: Float32Array.from(ids, (id) => id / 4) };
const ADDED = Date.UTC(2026, 10, 15);

const taken = (id: number, takenAt: number) => ({ id, takenAt, addedAt: ADDED });

it('puts photos under the months in which they were taken, or added', () => {
  const {
    ids: shown,
    aspects,
    sections,
  } = datedPhotos(gallery, [
    taken(4, Date.UTC(2026, 10, 3)),
    { id: 6, addedAt: ADDED },
    { id: 1, addedAt: ADDED },
    taken(2, Date.UTC(2019, 4, 31, 23, 59)),
    taken(9, Date.UTC(2019, 4, 2)),
    taken(5, Date.UTC(2019, 4, 1)),
    taken(3, Date.UTC(2018, 4, 1)),
  ]);
  expect([...shown]).toEqual([4, 6, 1, 2, 5, 3]);
  expect([...aspects]).toEqual([1, 1.5, 0.25, 0.5, 1.25, 0.75]);
  expect(sections).toEqual([
    { start: 0, title: 'November 2026' },
    { start: 1, title: 'Imported in November 2026' },
    { start: 3, title: 'May 2019' },
    { start: 5, title: 'May 2018' },
  ]);
});

it('has no section without a photo', () => {
  expect(datedPhotos(gallery, [taken(9, ADDED)]).sections).toEqual([]);
  expect(datedPhotos(gallery, []).ids).toHaveLength(0);
});
