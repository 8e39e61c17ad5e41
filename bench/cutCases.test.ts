import { describe, expect, it } from 'vitest';
import { type CutCase, casesOf, endAtDozen, fitCut, scoreOf } from './cutCases.ts';

const at = (degrees: number) =>
  Float32Array.of(Math.cos((degrees * Math.PI) / 180), Math.sin((degrees * Math.PI) / 180));
const hit = (pValue: number, nearer: number, isMatch: boolean) => ({ pValue, nearer, isMatch });

describe('casesOf', () => {
  it('makes libraries with as many matches as asked, or as there are', () => {
    const set = [0, 1, 2, 90, 91].map((degrees) => ({
      of: degrees < 45 ? 'a' : 'b',
      vector: at(degrees),
    }));
    const rest = [150, 160].map((degrees) => ({ of: null, vector: at(degrees) }));
    const options = { queries: 5, others: 4, seed: 1 };
    const count = (matches: number) =>
      casesOf(set, rest, { ...options, matches }, () => 2).map(({ matches, hits }) => {
        expect(hits.filter(({ isMatch }) => isMatch)).toHaveLength(matches);
        return matches;
      });
    expect(count(0)).toEqual([0, 0, 0, 0, 0]);
    expect(count(1)).toEqual([1, 1, 1, 1, 1]);
    expect(count(20).toSorted()).toEqual([1, 1, 2, 2, 2]);
  });
});

describe('scoreOf', () => {
  const found: CutCase = { matches: 2, hits: [hit(1e-6, 0, true), hit(1e-4, 9, false)] };
  const none: CutCase = { matches: 0, hits: [hit(0.1, 9, false)] };

  it('counts the end of the list as one more right entry', () => {
    expect(scoreOf([found], () => 1)).toEqual({ kept: 0.5, wrong: 0, nothing: 0, f1: 4 / 5 });
    expect(scoreOf([found], () => 2)).toEqual({ kept: 0.5, wrong: 1, nothing: 0, f1: 4 / 6 });
    expect(scoreOf([none], () => 0)).toEqual({ kept: 0, wrong: 0, nothing: 1, f1: 1 });
    expect(scoreOf([none, none], () => 1).f1).toBeCloseTo(2 / 3);
  });

  it('fits a model that trusts odds, and distrusts closer neighbors', () => {
    const cases = Array.from({ length: 50 }, (_, i): CutCase => {
      const isMatch = i % 3 === 0;
      const hits = [
        hit(10 ** -(2 + (i % 4) + (isMatch ? 1 : 0)), isMatch ? i % 5 : 3 + i, isMatch),
        hit(10 ** -(1 + (i % 5)), i % 7, i % 5 > 3),
      ];
      return { matches: 1, hits };
    });
    const model = fitCut(cases);
    expect(model.odds).toBeGreaterThan(0);
    expect(model.nearer).toBeLessThan(0);
  });
});

it('endAtDozen lists a dozen of the nearest if none is similar', () => {
  const hits = (pValue: number) => Array.from({ length: 30 }, () => hit(pValue, 0, false));
  expect(endAtDozen({ matches: 0, hits: hits(0.1) })).toBe(12);
  expect(endAtDozen({ matches: 0, hits: hits(1e-4) })).toBe(12);
  expect(endAtDozen({ matches: 0, hits: hits(1e-5) })).toBe(30);
  expect(endAtDozen({ matches: 0, hits: [hit(1e-4, 0, false), ...hits(0.1)] })).toBe(1);
});
