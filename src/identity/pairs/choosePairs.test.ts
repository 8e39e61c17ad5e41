import { describe, expect, it } from 'vitest';
import { choosePairs, type PairPool } from './choosePairs.ts';
import { chanceOf, Likeness } from './likeness.ts';

/** A pool of photos with these log odds for some of their pairs; others are surely different. */
function poolOf(
  size: number,
  odds: Readonly<Record<string, number>>,
  { sets, closed = [] }: { sets?: readonly number[]; closed?: readonly string[] } = {},
): PairPool {
  const of = sets ?? Array.from({ length: size }, (_, i) => i);
  return {
    size,
    sets: of,
    setSizes: of.map((set) => of.filter((each) => each === set).length),
    logOdds: (a, b) => odds[`${a}${b}`] ?? -20,
    isOpen: (a, b) => !closed.includes(`${a}${b}`),
  };
}
const chosen = (pool: PairPool, count: number) =>
  choosePairs(pool, count).map(({ a, b }) => `${a}${b}`);

describe('choosePairs', () => {
  it('begins with the least certain pair, on either side of one half', () => {
    expect(chosen(poolOf(4, { '01': 9, '12': 2, '23': -1, '03': 4 }), 1)).toEqual(['23']);
  });

  it('asks about each photo once, and never about a pair that is settled', () => {
    const pool = poolOf(6, { '01': 0, '12': 0.1, '23': 0.2, '45': 0.3 }, { closed: ['01'] });
    expect(chosen(pool, 9)).toEqual(['12', '45', '03']);
  });

  it('asks about two sets once, and not within one', () => {
    const pool = poolOf(4, { '01': 0, '02': 0.1, '13': 0.2 }, { sets: [0, 0, 2, 2] });
    expect(chosen(pool, 9)).toEqual(['02']);
  });

  it('prefers pairs of sets unless they are surely one or two', () => {
    const sets = [0, 0, 2, 2, 4, 5];
    expect(chosen(poolOf(6, { '45': 0, '02': 2 }, { sets }), 1)).toEqual(['02']);
    expect(chosen(poolOf(6, { '45': 0, '04': 1, '02': 4 }, { sets }), 1)).toEqual(['45']);
  });

  it('then makes sets grow, then begins others', () => {
    const sets = [0, 0, 2, 2, 4, 5, 6, 7];
    const pool = poolOf(8, { '02': 1, '14': 2, '56': 0.5, '37': 3 }, { sets });
    expect(chosen(pool, 3)).toEqual(['02', '14', '56']);
  });

  it('has nothing to ask about one photo, or none', () => {
    expect(choosePairs(poolOf(1, {}), 3)).toEqual([]);
    expect(choosePairs(poolOf(0, {}), 3)).toEqual([]);
  });
});

describe('likeness', () => {
  const at = (likeness: Likeness, oneIn: number) => chanceOf(likeness.logOdds(Math.log(oneIn)));

  it('is one half where one photo of all is expected to be as similar by chance', () => {
    const likeness = new Likeness(1_000, []);
    expect(at(likeness, 1_000)).toBeCloseTo(0.5);
    expect(at(likeness, 9_000)).toBeCloseTo(0.9);
  });

  it('moves with what was judged, towards it', () => {
    const judge = (alike: boolean, count: number) =>
      new Likeness(
        1_000,
        Array.from({ length: count }, () => ({ logOneIn: Math.log(100), alike })),
      );
    expect(at(judge(true, 1), 100)).toBeGreaterThan(1 / 11);
    expect(at(judge(true, 20), 100)).toBeGreaterThan(0.8);
    expect(at(judge(false, 20), 100)).toBeLessThan(0.05);
  });

  it('stays finite for thousands of judgments at the ends of the scale', () => {
    const judged = Array.from({ length: 4_000 }, (_, i) => ({
      logOneIn: i % 2 === 0 ? 0 : Math.log(1e6),
      alike: i % 2 === 0,
    }));
    expect(at(new Likeness(2, judged), 100)).toBeGreaterThan(0);
    expect(at(new Likeness(1_000_000, judged), 100)).toBeLessThan(1);
  });
});
