import { expect, it } from 'vitest';
import { createPrng } from '../../base/prng.ts';
import type { BeforeAfter, MethodTrial } from '../../base/teaching.ts';
import { meanInterval } from './intervals.ts';
import { chooseWeight, passes } from './judge.ts';
import { nearest, noAnswers, RankingMeter } from './retrieval.ts';
import { makeRounds } from './rounds.ts';

it('measures a ranking as sorting it would', () => {
  const prng = createPrng(4);
  const groups = Array.from({ length: 60 }, () => prng.below(9));
  const meter = new RankingMeter(groups);
  const answers = noAnswers();
  const expected = noAnswers();
  for (let query = 0; query < groups.length; query++) {
    const cosines = Float32Array.from(groups, () => prng.float());
    meter.add(query, cosines, answers);
    const order = groups
      .map((_, i) => i)
      .filter((i) => i !== query)
      .sort((a, b) => cosines[b]! - cosines[a]!);
    expect(nearest(cosines, query, 6)).toEqual(order.slice(0, 6));
    const hits = order.map((i) => groups[i] === groups[query]);
    const count = hits.filter(Boolean).length;
    if (count === 0) continue;
    let found = 0;
    let ap = 0;
    hits.forEach((hit, rank) => {
      if (hit) ap += ++found / (rank + 1) / count;
    });
    expected.groups.push(groups[query]!);
    expected.precision1.push(Number(hits[0]));
    expected.precision5.push(hits.slice(0, 5).filter(Boolean).length / 5);
    expected.ap.push(ap);
  }
  expect(answers.groups).toEqual(expected.groups);
  expect(answers.precision1).toEqual(expected.precision1);
  expect(answers.precision5).toEqual(expected.precision5);
  answers.ap.forEach((ap, i) => {
    expect(ap).toBeCloseTo(expected.ap[i]!, 10);
  });
});

it('ranks equal cosines against the photos of a group', () => {
  const meter = new RankingMeter([0, 0, 1, 1]);
  const answers = noAnswers();
  meter.add(0, new Float32Array([1, 0.5, 0.5, 0.5]), answers);
  expect(answers.precision1).toEqual([0]);
  expect(answers.ap[0]).toBeCloseTo(1 / 3, 10);
});

it('holds out each group once as a whole, and never what it learns from', () => {
  const groups = Array.from({ length: 100 }, (_, i) => i % 9);
  const rounds = makeRounds(groups, createPrng(1));
  const whole: number[] = [];
  for (const { learned, classes, held, taught } of rounds) {
    expect(new Set([...learned, ...held]).size).toBe(learned.length + held.length);
    const untaught = new Set([...held.slice(taught)].map((i) => groups[i]!));
    const known = new Set([...learned].map((i) => groups[i]!));
    expect([...held.slice(0, taught)].every((i) => known.has(groups[i]!))).toBe(true);
    expect([...untaught].some((group) => known.has(group))).toBe(false);
    expect(Math.max(...classes) + 1).toBe(known.size);
    // Of what is held out, nothing is without a match.
    const counts = new Map<number, number>();
    for (const i of held) counts.set(groups[i]!, (counts.get(groups[i]!) ?? 0) + 1);
    expect(Math.min(...counts.values())).toBeGreaterThanOrEqual(2);
    whole.push(...untaught);
  }
  expect(whole.sort()).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8]);
  expect(makeRounds(groups, createPrng(1))).toEqual(rounds);
});

it('learns from groups of two and three, and holds none of them out in part', () => {
  const groups = [0, 0, 1, 1, 1, 2, 2, 2, 2, 3, 3];
  for (const { learned, held, taught } of makeRounds(groups, createPrng(2))) {
    expect([...held.slice(0, taught)].every((i) => groups[i] === 2)).toBe(true);
    expect(learned.length + held.length).toBe(groups.length);
  }
});

it('gives a mean an interval, wider when photos of a group agree', () => {
  const prng = createPrng(6);
  const single = Array.from({ length: 200 }, () => prng.float());
  const groups = single.map((_, i) => i % 20);
  const alone = meanInterval(
    single,
    single.map((_, i) => i),
  );
  expect(alone.low).toBeLessThan(alone.value);
  expect(alone.high).toBeGreaterThan(alone.value);
  expect(alone.high - alone.low).toBeCloseTo((2 * 1.96 * Math.sqrt(1 / 12)) / Math.sqrt(200), 1);
  const same = groups.map((group) => single[group]!);
  const grouped = meanInterval(same, groups);
  const asIfSingle = meanInterval(
    same,
    same.map((_, i) => i),
  );
  expect(grouped.high - grouped.low).toBeGreaterThan(2 * (asIfSingle.high - asIfSingle.low));
  expect(meanInterval([], [])).toEqual({ value: 0, low: 0, high: 0 });
});

const flat = (value: number) => ({ value, low: value - 0.01, high: value + 0.01 });
const figures = { precision1: flat(0.5), precision5: flat(0.5), map: flat(0.5) };
const comparison = (precision1: number, map: number): BeforeAfter => ({
  queries: 100,
  before: figures,
  after: figures,
  gain: { precision1: flat(precision1), map: flat(map) },
});
const trial = (weight: number, gain: number, loss = 0): MethodTrial => {
  const taught = comparison(gain / 2, gain / 2);
  const untaught = comparison(-loss, 0);
  return { method: 'lda', weight, taught, untaught, passes: passes(taught, untaught) };
};

it('adopts what taught groups win from and others lose next to nothing by', () => {
  expect(passes(comparison(0, 0.05), comparison(-0.01, -0.01))).toBe(true);
  expect(passes(comparison(0, 0.05), null)).toBe(true);
  expect(passes(comparison(0, 0.005), null)).toBe(false);
  expect(passes(comparison(-0.01, 0.05), null)).toBe(false);
  expect(passes(comparison(0.1, 0.1), comparison(-0.011, 0))).toBe(false);
  expect(passes(comparison(0.1, 0.1), comparison(0, -0.02))).toBe(false);
});

it('chooses the smallest weight that gains nearly the most, of those that pass', () => {
  expect(chooseWeight([trial(0.5, 0.1), trial(1, 0.19), trial(2, 0.2)])?.weight).toBe(1);
  expect(chooseWeight([trial(0.5, 0.1), trial(1, 0.19), trial(2, 0.3, 0.02)])?.weight).toBe(1);
  expect(chooseWeight([trial(1, -0.2), trial(2, -0.1)])?.weight).toBe(2);
  expect(chooseWeight([])).toBe(null);
});
