import { describe, expect, it } from 'vitest';
import { CUT, endOfList, LEAST_LIKELY, type Ranked } from './endOfList.ts';

const hit = (pValue: number, nearer: number | null = 0): Ranked => ({ pValue, nearer });
const many = (count: number, ...of: Parameters<typeof hit>) =>
  Array.from({ length: count }, () => hit(...of));

describe('endOfList', () => {
  it('keeps results of the same odds only while few of the rest are closer to them', () => {
    const alike = [0, 1, 100, 150].map((nearer) => hit(1 / 30_000, nearer));
    expect(endOfList(alike)).toBe(2);
    expect(endOfList(alike.slice(2))).toBe(0);
  });

  it('lists nothing if nothing is similar, and all look-alikes, however many', () => {
    expect(endOfList([])).toBe(0);
    expect(endOfList(many(40, 0.01))).toBe(0);
    expect(endOfList([...many(40, 1e-5, 200), ...many(40, 1e-3, 20)])).toBe(40);
  });

  it('requires the same likelihood of each result', () => {
    // The odds at which a result without closer neighbors is as likely as required.
    const odds = (Math.log(LEAST_LIKELY / (1 - LEAST_LIKELY)) - CUT.bias) / CUT.odds;
    expect(endOfList(many(3, 10 ** -(odds + 0.01)))).toBe(3);
    expect(endOfList(many(3, 10 ** -(odds - 0.01)))).toBe(0);
  });

  it('goes on past a doubtful result if good ones follow, as colors mix up the order', () => {
    expect(endOfList([hit(1e-6), hit(0.1), hit(1e-6), hit(0.1)])).toBe(3);
    expect(endOfList([hit(0.1), ...many(30, 0.1), hit(1e-6)])).toBe(0);
  });

  it('shows less if more certainty is required', () => {
    const falling = Array.from({ length: 30 }, (_, i) => hit(10 ** (-4.9 + i / 10), i));
    const ends = [0.05, 0.2, 0.4, 0.6].map((likely) => endOfList(falling, CUT, likely));
    expect(ends).toEqual(ends.toSorted((a, b) => b - a));
    expect(new Set(ends).size).toBe(4);
  });

  it('without known neighbors, lists look-alikes, and a dozen if as many are similar', () => {
    expect(endOfList([...many(20, 1e-6, null), ...many(20, 1e-4, null)])).toBe(20);
    expect(endOfList([hit(1e-6, null), ...many(40, 1 / 2_000, null)])).toBe(12);
    expect(endOfList([hit(1e-6, null), hit(1 / 2_000, null), hit(0.01, null)])).toBe(2);
    expect(endOfList(many(40, 0.01, null))).toBe(12);
  });
});
