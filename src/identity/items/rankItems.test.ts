import { describe, expect, it } from 'vitest';
import { createPrng, type Prng } from '../../base/prng.ts';
import { fitVerdict, LEAST_NAMED, probabilities } from './itemVerdict.ts';
import { ItemRanker, type ItemVectors } from './rankItems.ts';

const D = 24;

function unit(values: readonly number[]): Float32Array {
  const length = Math.hypot(...values);
  return Float32Array.from(values, (value) => value / length);
}

const random = (prng: Prng) => Array.from({ length: D }, () => prng.normal());

/**
 * Items that differ in all components but the first four, in which photos of one item vary more
 * than the items differ: nearest photos alone are misled by them.
 */
function shelf(count: number, photosEach: number) {
  const prng = createPrng(5);
  const centers = Array.from({ length: count }, () => random(prng));
  const photoOf = (center: readonly number[]) =>
    unit(
      center.map(
        (value, i) => (i < 4 ? 6 : 1) * (i < 4 ? prng.normal() : value + 0.5 * prng.normal()),
      ),
    );
  const known: ItemVectors[] = centers.map((center, i) => ({
    item: `${i}`,
    vectors: Array.from({ length: photosEach }, () => photoOf(center)),
  }));
  const queries = centers.flatMap((center, i) =>
    Array.from({ length: 10 }, () => ({ item: `${i}`, vector: photoOf(center) })),
  );
  return { known, queries, stranger: () => photoOf(random(prng)) };
}

const shareRight = (
  ranker: ItemRanker,
  { known, queries }: Pick<ReturnType<typeof shelf>, 'known' | 'queries'>,
) =>
  queries.filter(({ item, vector }) => ranker.rank(vector, known)[0]?.item === item).length /
  queries.length;

describe('ItemRanker', () => {
  it('learns from the items what doesn’t tell them apart', () => {
    const made = shelf(16, 5);
    const learned = shareRight(ItemRanker.fit(D, made.known, []), made);
    const plain = shareRight(ItemRanker.fit(D, [], []), made);
    expect(plain).toBeLessThan(0.6);
    expect(learned).toBeGreaterThan(plain + 0.25);
  });

  it('gives probabilities that add up to 1 at most, descending, with the nearest photos first', () => {
    const { known, queries } = shelf(16, 5);
    const ranker = ItemRanker.fit(D, known, []);
    for (const { vector } of queries.slice(0, 20)) {
      const ranked = ranker.rank(vector, known);
      const chances = ranked.map(({ probability }) => probability);
      expect(chances.reduce((a, b) => a + b)).toBeLessThan(1.000001);
      expect(chances).toEqual([...chances].sort((a, b) => b - a));
      expect(new Set(ranked[0]!.evidence)).toEqual(new Set([0, 1, 2, 3, 4]));
    }
  });

  it('ignores what all pictures of a catalog have in common', () => {
    const prng = createPrng(9);
    const studio = random(prng).map((value) => 2 * value);
    const shop = random(prng).map((value) => 2 * value);
    const centers = Array.from({ length: 12 }, () => random(prng));
    const shownAt = (center: readonly number[], place: readonly number[]) =>
      unit(center.map((value, i) => value + place[i]! + 0.7 * prng.normal()));
    const known = centers.map((center, i) => ({
      item: `${i}`,
      vectors: [shownAt(center, studio)],
    }));
    const queries = centers.flatMap((center, i) =>
      Array.from({ length: 6 }, () => ({ item: `${i}`, vector: shownAt(center, shop) })),
    );
    const others = queries.map(({ vector }) => vector);
    const centered = shareRight(ItemRanker.fit(D, known, others), { known, queries });
    const plain = shareRight(ItemRanker.fit(D, known, []), { known, queries });
    expect(centered).toBeGreaterThan(plain);
    expect(centered).toBeGreaterThan(0.8);
  });

  it('answers with nothing known, one item, and items without photos', () => {
    const query = unit(random(createPrng(1)));
    const none = ItemRanker.fit(D, [], []);
    expect(none.rank(query, [])).toEqual([]);
    expect(none.rank(query, [{ item: 'a', vectors: [] }])).toEqual([]);
    expect(none.rank(query, [{ item: 'a', vectors: [query] }])).toMatchObject([
      { item: 'a', evidence: [0] },
    ]);
  });
});

describe('the verdict', () => {
  it('is fitted so that probabilities are the shares that are right', () => {
    const prng = createPrng(3);
    const truth = { bias: -6, score: 8, margin: 4 };
    const samples = Array.from({ length: 20_000 }, () => {
      const [score, margin] = [prng.float(), prng.float() / 2];
      const odds = truth.bias + truth.score * score + truth.margin * margin;
      return { score, margin, right: prng.float() < 1 / (1 + Math.exp(-odds)) };
    });
    const fitted = fitVerdict(samples);
    expect(Math.abs(fitted.bias - truth.bias)).toBeLessThan(0.5);
    expect(Math.abs(fitted.score - truth.score)).toBeLessThan(0.7);
    expect(Math.abs(fitted.margin - truth.margin)).toBeLessThan(0.7);
  });

  it('names an item that is near and alone, and no other', () => {
    const verdict = { bias: -14, score: 16, margin: 4 };
    const [near] = probabilities([0.95, 0.3], verdict);
    const [torn] = probabilities([0.7, 0.69], verdict);
    expect(near).toBeGreaterThan(LEAST_NAMED);
    expect(torn).toBeLessThan(LEAST_NAMED);
    expect(probabilities([], verdict)).toEqual([]);
  });
});
