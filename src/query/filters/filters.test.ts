import { describe, expect, it } from 'vitest';
import { checkFilter, isFiltering, orientationOf, type PhotoFilter, passing } from './filters.ts';
import { factsOf, type PhotoFact } from './photoFacts.ts';

const JUNE = Date.UTC(2024, 5, 1);
const JULY = Date.UTC(2024, 6, 1);
const photo = (id: number, fact: Partial<PhotoFact> = {}): PhotoFact => ({
  id,
  addedAt: 0,
  width: 4000,
  height: 3000,
  bytes: 1,
  type: 'image/jpeg',
  name: `IMG_${id}.jpg`,
  path: '',
  ...fact,
});
const facts = factsOf([
  photo(9, { takenAt: JULY, width: 3000, height: 4000, path: 'Trips/Rome' }),
  photo(2, { takenAt: JUNE, type: 'image/png', name: 'Café Größe.PNG', path: 'Trips' }),
  photo(5, { addedAt: JUNE, width: 1000, height: 1000, name: 'Ёлка.jpg', path: 'Tripsy' }),
]);
const ids = (filter: PhotoFilter) => [...passing(filter, facts)];

describe('passing', () => {
  it('returns all photos in ascending order if nothing is asked', () => {
    expect(ids({})).toEqual([2, 5, 9]);
  });

  it('filters by date, with the upper bound excluded and import time where nothing else is known', () => {
    expect(ids({ time: [{ from: JUNE, to: JULY }] })).toEqual([2, 5]);
    expect(ids({ time: [{ from: JULY }] })).toEqual([9]);
    expect(ids({ time: [{ to: JULY }] })).toEqual([2, 5]);
  });

  it('filters by format', () => {
    expect(ids({ type: ['image/png', 'image/gif'] })).toEqual([2]);
    expect(ids({ type: [] })).toEqual([]);
  });

  it('filters by orientation', () => {
    expect(ids({ orientation: ['portrait'] })).toEqual([9]);
    expect(ids({ orientation: ['landscape', 'square'] })).toEqual([2, 5]);
  });

  it('filters by size in pixels', () => {
    expect(ids({ pixels: [{ to: 2_000_000 }] })).toEqual([5]);
    expect(ids({ pixels: [{ from: 2_000_000 }] })).toEqual([2, 9]);
  });

  it('filters by folder, subfolders included, but not by names that merely start alike', () => {
    expect(ids({ folder: ['Trips'] })).toEqual([2, 9]);
    expect(ids({ folder: ['Trips/Rome'] })).toEqual([9]);
  });

  it('filters by part of a name of any script, ignoring case and accents', () => {
    expect(ids({ name: ['cafe gro'] })).toEqual([2]);
    expect(ids({ name: ['елка'] })).toEqual([5]);
    expect(ids({ name: ['img_9'] })).toEqual([9]);
  });

  it('needs only one entry of a condition', () => {
    expect(ids({ folder: ['Trips/Rome', 'Tripsy'] })).toEqual([5, 9]);
    expect(ids({ folder: [] })).toEqual([]);
  });

  it('leaves out photos that match any entry to do without', () => {
    const without = { type: ['image/png'], orientation: ['portrait'] } as const;
    expect([...passing({}, facts, without)]).toEqual([5]);
    expect([...passing({ folder: ['Trips'] }, facts, { name: ['img'] })]).toEqual([2]);
  });

  it('applies all conditions together', () => {
    expect(ids({ folder: ['Trips'], time: [{ from: JULY }] })).toEqual([9]);
    expect(ids({ folder: ['Trips'], name: ['nothing'] })).toEqual([]);
  });
});

describe('orientationOf', () => {
  it.each([
    [100, 100, 'square'],
    [1000, 981, 'square'],
    [1000, 979, 'landscape'],
    [979, 1000, 'portrait'],
    [1, 1, 'square'],
  ] as const)('of %i × %i is %s', (width, height, orientation) => {
    expect(orientationOf(width, height)).toBe(orientation);
  });
});

describe('checkFilter', () => {
  it('accepts valid filters, absent values included', () => {
    for (const filter of [{}, { time: [{}] }, { time: [{ from: 1 }] }, { name: undefined }]) {
      expect(checkFilter(filter)).toBe(filter);
    }
  });

  it.each([
    [null],
    [[]],
    ['text'],
    [{ unknown: 1 }],
    [{ toString: 1 }],
    [{ time: 5 }],
    [{ time: [{ from: 'yesterday' }] }],
    [{ time: [{ from: NaN }] }],
    [{ pixels: [{ to: Infinity }] }],
    [{ type: 'image/png' }],
    [{ type: [1] }],
    [{ type: Array.from({ length: 101 }, () => 'image/png') }],
    [{ orientation: ['sideways'] }],
    [{ folder: [1] }],
    [{ folder: 'Trips' }],
    [{ name: ['x'.repeat(1_001)] }],
  ])('rejects %j', (filter) => {
    expect(() => checkFilter(filter)).toThrow(
      expect.objectContaining({ code: 'invalid-argument' }),
    );
  });
});

describe('isFiltering', () => {
  it('is false for no conditions, true for any', () => {
    expect(isFiltering({})).toBe(false);
    expect(isFiltering({ name: undefined })).toBe(false);
    expect(isFiltering({ name: ['a'] })).toBe(true);
  });
});
