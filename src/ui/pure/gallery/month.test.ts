import { expect, it } from 'vitest';
import { monthOf } from './month.ts';

it('matches Date for all kinds of years', () => {
  const DAY = 86_400_000;
  const wrong: string[] = [];
  for (let ms = Date.UTC(1825, 10, 1); ms < Date.UTC(2105, 2, 3); ms += DAY - 12_345) {
    const date = new Date(ms);
    if (monthOf(ms) !== date.getUTCFullYear() * 12 + date.getUTCMonth()) wrong.push(`${ms}`);
  }
  expect(wrong).toEqual([]);
  for (const [year, month] of [
    [1900, 2],
    [2000, 2],
    [2024, 2],
    [2026, 0],
    [1970, 0],
  ] as const) {
    const first = Date.UTC(year, month, 1);
    expect(monthOf(first)).toBe(year * 12 + month);
    expect(monthOf(first - 1)).toBe(year * 12 + month - 1);
  }
});
