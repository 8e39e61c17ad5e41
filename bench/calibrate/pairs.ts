import { createPrng, type Prng } from '../../src/base/prng.ts';
import { shuffle } from '../../src/base/shuffle.ts';
import { ApartSets, choosePairs, type JudgedPair, Likeness } from '../../src/identity/index.ts';
import { oneIn } from '../../src/vision/calibration.ts';
import type { CalibrationTable } from '../../src/vision/types.ts';
import type { Labeled, LabeledSplit } from './draws.ts';

/** How pairs are chosen: as the app does, or at random. */
export type PairRule = 'uncertain' | 'random';

/** Answers between two choices, as many as the app asks for at a time. */
const BATCH = 8;

/** What answers about pairs make: groups to learn from, and the photos nobody was asked about. */
export interface AnsweredDraw extends LabeledSplit {
  readonly alike: number;
}

/**
 * Asks about pairs of half of the photos of each class, answers by the classes, and groups the photos
 * like the app.
 *
 * @param count answers
 */
export function answeredDraw(
  { d, vectors, classes }: Labeled,
  table: CalibrationTable,
  { rule, count, seed }: { rule: PairRule; count: number; seed: number },
): AnsweredDraw {
  const prng = createPrng(seed);
  const { pool, test } = halves(classes, prng);
  const size = pool.length;
  const logOneIn = (a: number, b: number) => {
    let cosine = 0;
    for (let j = 0; j < d; j++) cosine += vectors[pool[a]! * d + j]! * vectors[pool[b]! * d + j]!;
    return Math.log(oneIn(table, cosine));
  };
  const sets = new ApartSets();
  const judged: JudgedPair[] = [];
  const answered = new Set<number>();
  while (judged.length < count) {
    const most = Math.min(BATCH, count - judged.length);
    const roots = pool.map((_, i) => sets.root(`${i}`));
    const sizes = new Map<string, number>();
    for (const root of roots) sizes.set(root, (sizes.get(root) ?? 0) + 1);
    const likeness = new Likeness(size, judged);
    const pairs =
      rule === 'random'
        ? randomPairs(size, most, answered, prng)
        : choosePairs(
            {
              size,
              sets: roots.map(Number),
              setSizes: roots.map((root) => sizes.get(root)!),
              logOdds: (a, b) => likeness.logOdds(logOneIn(a, b)),
              isOpen: (a, b) => !answered.has(a * size + b) && !sets.areApart(`${a}`, `${b}`),
            },
            most,
          );
    if (pairs.length === 0) break;
    for (const { a, b } of pairs) {
      const alike = classes[pool[a]!] === classes[pool[b]!];
      answered.add(a * size + b);
      judged.push({ logOneIn: logOneIn(a, b), alike });
      if (alike) sets.join(`${a}`, `${b}`);
      else sets.separate(`${a}`, `${b}`);
    }
  }
  const made = [...sets.all().values()].filter((set) => set.length >= 2);
  return {
    train: made.flatMap((set) => set.map((i) => pool[Number(i)]!)),
    groups: made.flatMap((set, group) => set.map(() => group)),
    test,
    seed,
    alike: judged.filter(({ alike }) => alike).length,
  };
}

function halves(classes: readonly number[], prng: Prng): { pool: number[]; test: number[] } {
  const members = new Map<number, number[]>();
  classes.forEach((c, i) => {
    members.set(c, [...(members.get(c) ?? []), i]);
  });
  const pool: number[] = [];
  const test: number[] = [];
  for (const list of members.values()) {
    shuffle(list, prng);
    pool.push(...list.slice(0, list.length / 2));
    test.push(...list.slice(list.length / 2));
  }
  return { pool, test };
}

/** Pairs `a < b` that weren't answered. */
function randomPairs(
  size: number,
  count: number,
  answered: ReadonlySet<number>,
  prng: Prng,
): readonly { readonly a: number; readonly b: number }[] {
  const pairs = new Map<number, { a: number; b: number }>();
  while (pairs.size < count) {
    const [one, other] = [prng.below(size), prng.below(size)];
    const [a, b] = [Math.min(one, other), Math.max(one, other)];
    if (a !== b && !answered.has(a * size + b)) pairs.set(a * size + b, { a, b });
  }
  return [...pairs.values()];
}
