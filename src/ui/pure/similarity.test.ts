import { describe, expect, it } from 'vitest';
import { likeness, odds, WEAK_CHANCE } from './similarity.ts';

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
  ])('%f reads %s', (chance, text) => {
    expect(odds(chance)).toBe(text);
  });

  it('says something sensible of a chance that is none', () => {
    expect(odds(0)).toBe('1 in a million');
    expect(odds(Number.NaN)).toBe('1 in a million');
    expect(odds(7)).toBe('1 in 1');
  });
});

describe('likeness', () => {
  it('never grows as the chance grows', () => {
    let last = 5;
    for (let chance = 1e-7; chance < 1; chance *= 1.3) {
      const { level } = likeness(chance);
      expect(level).toBeLessThanOrEqual(last);
      last = level;
    }
    expect(last).toBe(1);
  });

  it('calls weak what lies past the line', () => {
    expect(likeness(WEAK_CHANCE).level).toBe(2);
    expect(likeness(WEAK_CHANCE * 1.01).level).toBe(1);
    expect(likeness(1e-6).word).toBe('Nearly identical');
  });
});
