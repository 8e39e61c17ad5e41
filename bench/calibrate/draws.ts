import { createPrng } from '../../src/base/prng.ts';
import { shuffle } from '../../src/base/shuffle.ts';
import { headLearner } from '../../src/metric/head/headLearner.ts';
import { closedFormLearners, learn } from '../../src/metric/index.ts';
import type { Learned } from '../../src/metric/methods.ts';
import { gatherRows } from '../../src/metric/methods.ts';
import { cosineRows, innerProducts } from '../../src/metric/trial/cosines.ts';
import { meansOf, noAnswers, RankingMeter } from '../../src/metric/trial/retrieval.ts';

/** Photos of known classes. */
export interface Labeled {
  readonly d: number;
  /** (n × d) row-major, of unit length */
  readonly vectors: Float32Array;
  /** (n) */
  readonly classes: readonly number[];
}

export interface DrawOptions {
  /** Photos of each class to learn from; `null` for all (with `disjoint`, of half the classes). */
  readonly labels: number | null;
  readonly disjoint: boolean;
  readonly seed: number;
}

export interface Retrieval {
  readonly precision1: number;
  readonly precision5: number;
  readonly map: number;
}

export interface MethodRow {
  readonly method: string;
  readonly weight: number;
  readonly before: Retrieval;
  readonly after: Retrieval;
  /** Whether it is the app's choice, and whether the app recommends it. */
  readonly best: boolean;
  readonly adopted: boolean;
  /** Milliseconds to learn from all labels, once. */
  readonly ms: number;
}

/** Width of the hidden layer of the heads that the app doesn't use. */
const HIDDEN = 128;

/** What is learned from, and what is measured then: numbers of photos. */
export interface LabeledSplit {
  readonly train: readonly number[];
  /** (train.length) group of each */
  readonly groups: readonly number[];
  readonly test: readonly number[];
  readonly seed: number;
}

/** Draws labels, learns by every method, and measures all photos that weren't learned from. */
export async function measureDraw(
  photos: Labeled,
  { labels, disjoint, seed }: DrawOptions,
): Promise<{ rows: readonly MethodRow[] }> {
  const { train, test } = split(photos.classes, labels, disjoint, seed);
  const numbers = new Map<number, number>();
  const groups = train.map((i) => {
    const c = photos.classes[i]!;
    if (!numbers.has(c)) numbers.set(c, numbers.size);
    return numbers.get(c)!;
  });
  return { rows: await measureMethods(photos, { train, groups, test, seed }, [0, HIDDEN]) };
}

/**
 * Learns by every method that the app has, from groups of photos, and measures the others.
 *
 * @param widths of the heads' hidden layers; 0 for the app's own methods, which come first
 */
export async function measureMethods(
  { d, vectors, classes }: Labeled,
  { train, groups, test, seed }: LabeledSplit,
  widths: readonly number[],
): Promise<readonly MethodRow[]> {
  const samples = gatherRows(vectors, train, d);
  const onEpoch = async () => {};
  const heads = ['triplet', 'multi-similarity'] as const;
  const held = gatherRows(vectors, test, d);
  const heldClasses = test.map((i) => classes[i]!);
  const rows: MethodRow[] = [];
  for (const hidden of widths) {
    const finals = new Map<string, Learned>();
    const { methods, verdict, best } = await learn({
      d,
      vectors: samples,
      groups,
      seed,
      now: () => performance.now(),
      pause: async () => {},
      learners: [
        ...(hidden > 0 ? [] : closedFormLearners),
        ...heads.map((loss) => headLearner({ loss, hidden, seed, onEpoch })),
      ].map((learner) => ({
        ...learner,
        async learn(from, round) {
          const learned = await learner.learn(from, round);
          if (round === null && learned) finals.set(learner.method, learned);
          return learned;
        },
      })),
    });
    for (const { method, weight, trainMs } of methods) {
      const measured =
        test.length > 0
          ? retrieval(held, d, heldClasses, finals.get(method)!, weight)
          : { before: NONE, after: NONE };
      rows.push({
        method: nameOf(method, hidden),
        weight,
        ...measured,
        best: hidden === 0 && best?.method === method,
        adopted: hidden === 0 && verdict === 'helps' && best?.method === method,
        ms: trainMs,
      });
    }
  }
  return rows;
}

const NONE: Retrieval = { precision1: 0, precision5: 0, map: 0 };

const nameOf = (method: string, hidden: number) =>
  hidden > 0 ? `${method}, hidden layer of ${hidden}` : method;

function split(
  classes: readonly number[],
  labels: number | null,
  disjoint: boolean,
  seed: number,
): { train: number[]; test: number[] } {
  const prng = createPrng(seed);
  const members = new Map<number, number[]>();
  classes.forEach((c, i) => {
    members.set(c, [...(members.get(c) ?? []), i]);
  });
  const lists = [...members.values()];
  shuffle(lists, prng);
  const train: number[] = [];
  const test: number[] = [];
  lists.forEach((list, at) => {
    shuffle(list, prng);
    const most = labels ?? list.length;
    if (!disjoint) {
      train.push(...list.slice(0, most));
      test.push(...list.slice(most));
    } else if (at < lists.length / 2) train.push(...list.slice(0, most));
    else test.push(...list);
  });
  return { train, test };
}

function retrieval(
  vectors: Float32Array,
  d: number,
  classes: readonly number[],
  learned: Learned,
  weight: number,
): { before: Retrieval; after: Retrieval } {
  const meter = new RankingMeter(classes);
  const before = noAnswers();
  const after = noAnswers();
  const base = new Float32Array(classes.length);
  const row = new Float32Array(classes.length);
  const cosines = cosineRows(learned, vectors, d);
  for (let query = 0; query < classes.length; query++) {
    innerProducts(vectors, d, query, base);
    meter.add(query, base, before);
    cosines.begin(query, base);
    cosines.row(weight, row);
    meter.add(query, row, after);
  }
  return { before: meansOf(before), after: meansOf(after) };
}
