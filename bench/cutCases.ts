import { createPrng, type Prng } from '../src/base/prng.ts';
import { shuffle } from '../src/base/shuffle.ts';
import { fitVerdict } from '../src/identity/index.ts';
import {
  type CutModel,
  cutVariables,
  endOfList,
  LOOK_ALIKE_CHANCE,
  neighborhoodOf,
  RERANKED,
  rerank,
} from '../src/query/index.ts';
import { dot } from '../src/vision/cosines.ts';

/** A photo with a class; those of `null` share theirs with no other. */
export interface ClassedVector {
  readonly of: string | null;
  readonly vector: Float32Array;
}

/** The results of one query in a library made for it, in the order in which Akin lists them. */
export interface CutCase {
  /** Photos in the library that show the same as the query. */
  readonly matches: number;
  readonly hits: readonly {
    readonly pValue: number;
    readonly nearer: number;
    readonly isMatch: boolean;
  }[];
}

export interface CaseOptions {
  /** Number of queries, drawn from the photos of the set. */
  readonly queries: number;
  /** True matches in the library, as far as the class has as many. */
  readonly matches: number;
  /** Other photos in the library: of other classes, and others. */
  readonly others: number;
  readonly seed: number;
}

/**
 * @param set photos of classes
 * @param rest photos that show something else
 * @param oneIn N, where 1 in N unrelated pairs is at least this similar
 */
export function casesOf(
  set: readonly ClassedVector[],
  rest: readonly ClassedVector[],
  { queries, matches, others, seed }: CaseOptions,
  oneIn: (cosine: number) => number,
): CutCase[] {
  const prng = createPrng(seed);
  return drawn(set, queries, prng).map((query) => {
    const same = set.filter((each) => each.of === query.of && each !== query);
    const different = set.filter(({ of }) => of !== query.of);
    const found = drawn(same, matches, prng);
    const library = [...found, ...drawn([...different, ...rest], others, prng)];
    return caseOf(query, found.length, library, oneIn);
  });
}

function caseOf(
  query: ClassedVector,
  matches: number,
  library: readonly ClassedVector[],
  oneIn: (cosine: number) => number,
): CutCase {
  const candidates = library
    .map(({ of, vector }) => ({ of, vector, cosine: dot(query.vector, vector), pValue: 0 }))
    .sort((a, b) => b.cosine - a.cosine)
    .slice(0, RERANKED);
  for (const candidate of candidates) candidate.pValue = 1 / oneIn(candidate.cosine);
  const neighborhood = neighborhoodOf(candidates);
  const cosines = Float32Array.from(candidates, ({ cosine }) => cosine);
  const hits = Array.from(rerank(query.vector, candidates, neighborhood), (i) => {
    const { of, cosine, pValue } = candidates[i]!;
    return {
      pValue,
      nearer: neighborhood.nearerThan(i, cosine, cosines),
      isMatch: of === query.of,
    };
  });
  return { matches, hits };
}

function drawn<T>(all: readonly T[], count: number, prng: Prng): readonly T[] {
  const order = Uint32Array.from(all, (_, i) => i);
  shuffle(order, prng);
  return Array.from(order.subarray(0, count), (i) => all[i]!);
}

/** Fits the model to the results of these cases. */
export function fitCut(cases: readonly CutCase[]): CutModel {
  const samples = cases.flatMap(({ hits }) =>
    hits.map(({ pValue, nearer, isMatch }) => {
      const { odds, nearer: among } = cutVariables(pValue, nearer);
      return { score: odds, margin: among, right: isMatch };
    }),
  );
  const { bias, score, margin } = fitVerdict(samples);
  return { bias, odds: score, nearer: margin };
}

/** The rule before: the look-alikes, and at least a dozen similar photos, or nearest if none is. */
export function endAtDozen({ hits }: CutCase): number {
  const least = (chance: number) =>
    hits.filter(({ pValue }) => pValue <= chance * (1 + 1e-9)).length;
  const similar = least(1 / 1_000);
  return Math.max(least(LOOK_ALIKE_CHANCE), Math.min(12, similar === 0 ? hits.length : similar));
}

export const endAtCut =
  (model?: CutModel, leastLikely?: number) =>
  ({ hits }: CutCase): number =>
    endOfList(hits, model, leastLikely);

/** What a rule lists, on average over the cases. */
export interface CutScore {
  /** The share of the true matches; 0 where there are none. */
  readonly kept: number;
  /** The number of wrong ones. */
  readonly wrong: number;
  /** The share of the queries that have nothing listed. */
  readonly nothing: number;
  /**
   * F1 of the list with its end as one more entry that is right: so it is also defined, and at
   * most 1, where there is nothing to find.
   */
  readonly f1: number;
}

export function scoreOf(cases: readonly CutCase[], endOf: (of: CutCase) => number): CutScore {
  const sum = { kept: 0, wrong: 0, nothing: 0, f1: 0 };
  for (const each of cases) {
    const listed = each.hits.slice(0, endOf(each));
    const right = listed.filter(({ isMatch }) => isMatch).length;
    sum.kept += each.matches > 0 ? right / each.matches : 0;
    sum.wrong += listed.length - right;
    sum.nothing += listed.length === 0 ? 1 : 0;
    sum.f1 += (2 * (right + 1)) / (each.matches + 1 + listed.length + 1);
  }
  const n = cases.length;
  return { kept: sum.kept / n, wrong: sum.wrong / n, nothing: sum.nothing / n, f1: sum.f1 / n };
}
