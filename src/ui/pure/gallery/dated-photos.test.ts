import { describe, expect, it } from 'vitest';
import { datedPhotos } from './dated-photos.ts';

const ids = Uint32Array.of(1, 2, 3, 4, 5, 6);
const gallery = { ids, aspects: Float32Array.from(ids, (id) => id / 4) };
const ADDED = Date.UTC(2026, 10, 15);

const taken = (id: number, takenAt: number) => ({ id, takenAt, addedAt: ADDED });

it('groups photos by the month they were taken or imported', () => {
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

it('has no empty sections', () => {
  expect(datedPhotos(gallery, [taken(9, ADDED)]).sections).toEqual([]);
  expect(datedPhotos(gallery, []).ids).toHaveLength(0);
});

describe('months that don’t fill a row', () => {
  /** Photos with equal aspects and ascending ids, newest first. */
  const dated = (...months: [year: number, month: number, photos: number][]) => {
    const photos = months.flatMap(([year, month, count]) =>
      Array.from({ length: count }, () => Date.UTC(year, month - 1, 9)),
    );
    const all = Uint32Array.from(photos, (_, i) => i + 1);
    const { sections } = datedPhotos(
      { ids: all, aspects: Float32Array.from(all, () => 1) },
      photos.map((takenAt, i) => ({ id: i + 1, takenAt, addedAt: ADDED })),
      // Four photos fill a row.
      (aspects) => aspects >= 4,
    );
    return sections.map(({ start, title }) => `${start} ${title.replaceAll('\u2009', ' ')}`);
  };

  it('share the heading of the year', () => {
    expect(dated([2024, 11, 1], [2024, 5, 2], [2024, 1, 2], [2023, 7, 5], [2023, 3, 4])).toEqual([
      '0 2024',
      '5 July 2023',
      '10 March 2023',
    ]);
  });

  it('are not merged with a month that fills a row', () => {
    expect(dated([2024, 12, 2], [2024, 9, 1], [2024, 8, 6], [2024, 2, 1])).toEqual([
      '0 September – December 2024',
      '3 August 2024',
      '9 February 2024',
    ]);
  });

  it('extend into earlier years until a row is full', () => {
    expect(
      dated([2024, 12, 1], [2022, 9, 1], [2021, 8, 2], [2021, 7, 3], [2019, 2, 1], [2018, 1, 1]),
    ).toEqual(['0 2021 – 2024', '7 2018 – 2019']);
  });
});
