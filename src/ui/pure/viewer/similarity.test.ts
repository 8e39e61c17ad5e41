import { describe, expect, it } from 'vitest';
import { closestWord, groupHits, levelOf, levelRanges, levelWord, odds } from './similarity.ts';

describe('odds', () => {
  it.each([
    [1, '1 in 1'],
    [0.5, '1 in 2'],
    [0.4, '1 in 3'],
    [0.11, '1 in 9'],
    [0.02, '1 in 50'],
    [1 / 4_000, '1 in 4,000'],
    [1 / 4_321, '1 in 4,300'],
    [1 / 987_654, '1 in 990,000'],
    [1 / 999_999, '1 in a million'],
    [1e-12, '1 in a million'],
  ])('formats %f as %s', (chance, text) => {
    expect(odds(chance)).toBe(text);
  });

  it('clamps invalid values', () => {
    expect(odds(0)).toBe('1 in a million');
    expect(odds(Number.NaN)).toBe('1 in a million');
    expect(odds(7)).toBe('1 in 1');
  });
});

describe('levelOf', () => {
  it('never increases with the p-value', () => {
    let last = 5;
    for (let chance = 1e-7; chance < 1; chance *= 1.3) {
      const level = levelOf(chance);
      expect(level).toBeLessThanOrEqual(last);
      last = level;
    }
    expect(last).toBe(1);
  });

  it('reserves Nearly identical for the lowest p-value that Akin reports', () => {
    // As reported by the index: 10 to the power of a logarithm.
    expect(levelOf(1 / 10 ** 5.999999999999)).toBe(5);
    expect(levelWord(levelOf(1e-6))).toBe('Nearly identical');
    expect(levelOf(1 / 990_000)).toBe(4);
    expect(levelWord(levelOf(1 / 900))).toBe('Not similar');
  });
});

it('lists the odds of all levels without gaps', () => {
  expect(levelRanges().map(({ level, range }) => [level, range])).toEqual([
    [5, '1 in a million or rarer'],
    [4, '1 in 100,000–1,000,000'],
    [3, '1 in 10,000–100,000'],
    [2, '1 in 1,000–10,000'],
    [1, 'more often than 1 in 1,000'],
  ]);
});

const hits = (...chances: number[]) => chances.map((pValue) => ({ pValue }));

describe('groupHits', () => {
  it('makes a group for each level present', () => {
    expect(groupHits(hits(1e-6, 1e-6, 1 / 60_000, 1 / 2_000, 0.5, 1))).toEqual([
      { level: 5, from: 0, to: 2 },
      { level: 3, from: 2, to: 3 },
      { level: 2, from: 3, to: 4 },
      { level: 1, from: 4, to: 6 },
    ]);
    expect(groupHits([])).toEqual([]);
  });

  it('uses one group without a level if nothing is similar', () => {
    expect(groupHits(hits(0.01, 0.5))).toEqual([{ level: null, from: 0, to: 2 }]);
  });
});

it('says how close the best hit is, wherever it stands', () => {
  expect(closestWord(hits(0.01, 1 / 60_000, 1 / 2_000))).toBe('Similar');
  expect(closestWord(hits(0.5))).toBe('Not similar');
});
