import { describe, expect, it } from 'vitest';
import { parseDate, rangeOf } from './datePhrase.ts';

describe('parseDate', () => {
  it.each([
    ['2024', 'en', { year: 2024 }],
    ['June 2024', 'en', { year: 2024, month: 6 }],
    ['2024 june', 'en', { year: 2024, month: 6 }],
    ['jun', 'en', { month: 6 }],
    ['Sept. 2023', 'en', { year: 2023, month: 9 }],
    ['12 june 2024', 'en', { year: 2024, month: 6, day: 12 }],
    ['June 3rd, 2024', 'en', { year: 2024, month: 6, day: 3 }],
    ['3rd of June 2024', 'en', { year: 2024, month: 6, day: 3 }],
    ['2024-06', 'en', { year: 2024, month: 6 }],
    ['2024-06-12', 'en', { year: 2024, month: 6, day: 12 }],
    ['6/2024', 'en', { year: 2024, month: 6 }],
    ['6/12/2024', 'en-US', { year: 2024, month: 6, day: 12 }],
    ['12/6/2024', 'en-GB', { year: 2024, month: 6, day: 12 }],
    ['12.6.2024', 'de', { year: 2024, month: 6, day: 12 }],
    ['März 2024', 'de', { year: 2024, month: 3 }],
    ['marz', 'de', { month: 3 }],
    ['12. Juni 2024', 'de', { year: 2024, month: 6, day: 12 }],
    ['29 february 2024', 'en', { year: 2024, month: 2, day: 29 }],
  ] as const)('reads "%s" in %s', (text, language, date) => {
    expect(parseDate(text, language)).toEqual(date);
  });

  it.each([
    ['', 'en'],
    ['ju', 'en'],
    ['ma', 'de'],
    ['dog', 'en'],
    ['12', 'en'],
    ['0999', 'en'],
    ['9999', 'en'],
    ['2024-13', 'en'],
    ['31.6.2024', 'de'],
    ['29 february 2023', 'en'],
    ['june june', 'en'],
    ['june 2024 2025', 'en'],
    ['2024-06-12-01', 'en'],
  ])('finds no date in "%s" (%s)', (text, language) => {
    expect(parseDate(text, language)).toBeNull();
  });
});

describe('rangeOf', () => {
  it('spans the day, the month or the year, with the end excluded', () => {
    expect(rangeOf({ year: 2024 })).toEqual({ from: Date.UTC(2024, 0), to: Date.UTC(2025, 0) });
    expect(rangeOf({ year: 2024, month: 12 })).toEqual({
      from: Date.UTC(2024, 11),
      to: Date.UTC(2025, 0),
    });
    expect(rangeOf({ year: 2024, month: 2, day: 29 })).toEqual({
      from: Date.UTC(2024, 1, 29),
      to: Date.UTC(2024, 2, 1),
    });
  });

  it('is null without a year', () => {
    expect(rangeOf({ month: 6 })).toBeNull();
  });
});
