import { describe, expect, it } from 'vitest';
import { factsOf, type PhotoFact } from '../filters/photoFacts.ts';
import { suggestFilters } from './suggestFilters.ts';

const photo = (id: number, fact: Partial<PhotoFact>): PhotoFact => ({
  id,
  addedAt: Date.UTC(2020, 0, 1),
  width: 4,
  height: 3,
  bytes: 1,
  type: 'image/jpeg',
  name: `IMG_${id}.jpg`,
  path: '',
  ...fact,
});
const facts = factsOf([
  photo(1, { takenAt: Date.UTC(2024, 5, 3), path: 'Trips/Rome' }),
  photo(2, { takenAt: Date.UTC(2024, 5, 30), path: 'Trips' }),
  photo(3, { takenAt: Date.UTC(2023, 5, 1), path: 'Trips/Römerberg', type: 'image/png' }),
  photo(4, { name: 'june-bug.heic', type: 'image/heic' }),
]);
const suggest = (text: string) =>
  suggestFilters(text, facts, 'en').map(({ kind, count, filter }) => ({ kind, count, filter }));

describe('suggestFilters', () => {
  it('suggests a date with the photos of that time', () => {
    const filter = { time: [{ from: Date.UTC(2024, 5), to: Date.UTC(2024, 6) }] };
    expect(suggest('June 2024')).toEqual([{ kind: 'date', count: 2, filter }]);
  });

  it('suggests a month of each year that has photos, newest first, and names that contain it', () => {
    expect(suggestFilters('june', facts, 'en')).toMatchObject([
      { kind: 'date', date: { year: 2024, month: 6 }, count: 2 },
      { kind: 'date', date: { year: 2023, month: 6 }, count: 1 },
      { kind: 'name', text: 'june', count: 1 },
    ]);
  });

  it('suggests no date without photos', () => {
    expect(suggest('2019')).toEqual([]);
  });

  it('suggests folders by any part of their path, with the photos of their subfolders', () => {
    expect(suggest('trips')).toEqual([{ kind: 'folder', count: 3, filter: { folder: ['Trips'] } }]);
    expect(suggest('rom')).toEqual([
      { kind: 'folder', count: 1, filter: { folder: ['Trips/Rome'] } },
      { kind: 'folder', count: 1, filter: { folder: ['Trips/Römerberg'] } },
    ]);
  });

  it('suggests file formats by their usual names', () => {
    expect(suggest('png')[0]).toEqual({
      kind: 'type',
      count: 1,
      filter: { type: ['image/png'] },
    });
    expect(suggest('.heic')[0]).toMatchObject({ kind: 'type', count: 1 });
    expect(suggest('jpg')[0]).toMatchObject({ kind: 'type', count: 2 });
  });

  it('suggests nothing for blank text, and no names for a single letter', () => {
    expect(suggest('  ')).toEqual([]);
    expect(suggest('x')).toEqual([]);
  });
});
