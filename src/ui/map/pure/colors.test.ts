import { describe, expect, it } from 'vitest';
import { byCategory, byNumber, byRank, MOST_HUES, paletteOf, rgbOf } from './colors.ts';

/** Relative luminance, as WCAG defines it. */
function luminance(hex: string): number {
  const [r, g, b] = rgbOf(hex).map((c) =>
    c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4,
  );
  return 0.2126 * r! + 0.7152 * g! + 0.0722 * b!;
}

describe.each([
  ['light', '#faf9f7'],
  ['dark', '#131312'],
] as const)('the %s palette', (theme, background) => {
  it.each([false, true])('stands out from the background (ordered: %s)', (ordered) => {
    for (const color of paletteOf(theme, ordered).slice(1)) {
      const [a, b] = [luminance(color), luminance(background)].sort((x, y) => y - x);
      expect((a! + 0.05) / (b! + 0.05), color).toBeGreaterThanOrEqual(2.4);
    }
  });

  it('has no two colors alike', () => {
    const colors = paletteOf(theme, false).map(rgbOf);
    for (const [i, a] of colors.entries()) {
      for (const b of colors.slice(0, i)) {
        expect(Math.hypot(...a.map((c, k) => c - b[k]!))).toBeGreaterThan(0.15);
      }
    }
  });
});

it('gives hues to the largest categories only', () => {
  const members = (from: number, count: number) =>
    Array.from({ length: count }, (_, i) => from + i);
  const categories = Array.from({ length: 14 }, (_, i) => ({
    label: `${i}`,
    members: members(i * 20, i + 1),
  }));
  const coloring = byCategory(300, categories);
  expect(coloring.entries).toHaveLength(MOST_HUES);
  expect(coloring.entries[0]).toEqual({ color: 1, label: '13', count: 14 });
  expect(coloring.colors[13 * 20]).toBe(1);
  expect(coloring.colors[0]).toBe(0);
  expect(coloring.others + coloring.entries.reduce((sum, { count }) => sum + count, 0)).toBe(300);
});

it('counts a photo of two categories once, in the larger one', () => {
  const { entries, colors } = byCategory(4, [
    { label: 'few', members: [1] },
    { label: 'many', members: [0, 1, 9] },
    { label: 'none', members: [] },
  ]);
  expect([...colors]).toEqual([1, 1, 0, 0]);
  expect(entries.map(({ label, count }) => [label, count])).toEqual([
    ['many', 2],
    ['few', 0],
  ]);
});

it('divides numbers into steps of about as many photos', () => {
  const values = Float64Array.from({ length: 81 }, (_, i) => (i === 80 ? Number.NaN : 80 - i));
  const { entries, others, colors } = byNumber(values, (from, to) => `${from} to ${to}`);
  expect(entries.map(({ label, count }) => [label, count])[0]).toEqual(['1 to 10', 10]);
  expect(entries).toHaveLength(8);
  expect(others).toBe(1);
  expect([colors[0], colors[79], colors[80]]).toEqual([8, 1, 0]);
  const same = byNumber(new Float64Array(5), String);
  expect(same.entries.map(({ count }) => count)).toEqual([5]);
  expect(byNumber(Float64Array.of(Number.NaN), String).entries).toEqual([]);
});

it('colors the best of an answer most strongly', () => {
  const { colors, entries } = byRank(
    6,
    [4, 2, 0],
    [
      { upTo: 1, label: 'best' },
      { upTo: 9, label: 'others' },
      { upTo: 99, label: 'beyond' },
    ],
  );
  expect([...colors]).toEqual([1, 0, 1, 0, 2, 0]);
  expect(entries.map(({ label, count }) => [label, count])).toEqual([
    ['best', 1],
    ['others', 2],
  ]);
});
