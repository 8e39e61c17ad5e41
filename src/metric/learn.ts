import { createPrng } from '../base/prng.ts';
import type { Calibration, Method } from './calibration.ts';
import { gatherRows, type Learned, learnClosedForm, type Samples } from './methods.ts';
import { type ChangedQuery, changedMost } from './trial/changed.ts';
import { crossValidate } from './trial/crossValidate.ts';
import { heldOut } from './trial/heldOut.ts';
import { bestOf, chooseWeight, type Trial, wins } from './trial/judge.ts';
import { makeRounds } from './trial/rounds.ts';

/** A way to learn: a closed form, or a training. */
export interface Learner {
  readonly method: Method;
  /** Roughly how long it takes, compared with others. */
  readonly cost: number;
  /**
   * @param round a round of the cross-validation, or `null` for the final fit
   * @returns `null` if there is nothing to learn from
   */
  learn(samples: Samples, round: number | null): Promise<Learned | null>;
}

export const closedFormLearners: readonly Learner[] = (['whitening', 'lda', 'ridge'] as const).map(
  (method) => ({
    method,
    cost: 1,
    learn: async (samples) => learnClosedForm(method, samples),
  }),
);

export interface LearnOptions {
  readonly d: number;
  /** (n × d) row-major, of unit length */
  readonly vectors: Float32Array;
  /** (n) group of each sample: 0, 1, 2, …; each of at least two samples */
  readonly groups: ArrayLike<number>;
  readonly learners: readonly Learner[];
  readonly seed: number;
  /** Milliseconds, of any clock. */
  readonly now: () => number;
  /**
   * Lets other work run, and throws if the job was canceled.
   *
   * @param share of the whole job, in [0, 1]
   */
  readonly pause: (share: number, method: Method | null) => Promise<void>;
}

/** A method's best trial, and how long it takes to learn from everything. */
export interface LearnedMethod extends Trial {
  readonly trainMs: number;
}

export type Verdict = 'helps' | 'no-gain' | 'hurts-others' | 'too-few';

export interface LearnResult {
  readonly verdict: Verdict;
  readonly best: LearnedMethod | null;
  readonly methods: readonly LearnedMethod[];
  /** The best method, learned from everything. */
  readonly calibration: Calibration | null;
  readonly changed: readonly ChangedQuery[];
}

/** Fewest groups, and samples in all, from which learning can be judged. */
export const LEAST_GROUPS = 4;
export const LEAST_SAMPLES = 12;
const NOTHING: LearnResult = {
  verdict: 'too-few',
  best: null,
  methods: [],
  calibration: null,
  changed: [],
};

/**
 * Learns by every method, measures each on photos and groups that it didn't see, and learns again
 * from everything by the best.
 *
 * @throws AkinError `bad-vector`, and whatever `pause` and the learners throw
 */
export async function learn(options: LearnOptions): Promise<LearnResult> {
  const { d, vectors, groups, learners, seed, now, pause } = options;
  const n = groups.length;
  if (n < LEAST_SAMPLES || new Set(Array.from(groups)).size < LEAST_GROUPS) return NOTHING;
  const rounds = makeRounds(groups, createPrng(seed)).map((round) =>
    heldOut(round, vectors, groups, d),
  );
  const everything: Samples = { d, vectors, classes: groups };
  const methods: LearnedMethod[] = [];
  const finals = new Map<Method, Learned>();
  const costs = learners.reduce((sum, { cost }) => sum + cost, 0);
  let spent = 0;
  for (const learner of learners) {
    const { method, cost } = learner;
    const from = spent;
    spent += cost;
    const sharing = (share: number) => pause((from + share * cost) / costs, method);
    const trials = await crossValidate(
      { d, vectors, rounds, pause: (share) => sharing(share * 0.9) },
      (samples, round) => learner.learn(samples, round),
    );
    const trial = chooseWeight(trials);
    if (!trial) continue;
    await sharing(0.9);
    const started = now();
    const learned = await learner.learn(everything, null);
    if (!learned) continue;
    finals.set(method, learned);
    methods.push({ ...trial, trainMs: now() - started });
  }
  const best = bestOf(methods);
  const learned = best && finals.get(best.method);
  if (!best || !learned) return NOTHING;
  const learner = learners.find(({ method }) => method === best.method)!;
  const round = rounds[0]!;
  const seen = await learner.learn(
    { d, vectors: gatherRows(vectors, round.learned, d), classes: round.classes },
    0,
  );
  return {
    verdict: verdictOf(best),
    best,
    methods,
    calibration: learned.at(best.weight),
    changed: seen ? changedMost(round, seen.at(best.weight)) : [],
  };
}

function verdictOf({ passes, taught }: Trial): Verdict {
  if (passes) return 'helps';
  return wins(taught) ? 'hurts-others' : 'no-gain';
}
