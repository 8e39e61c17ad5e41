import { createPrng } from '../base/prng.ts';
import {
  LEAST_TAUGHT,
  type MethodResult,
  type MethodTrial,
  type TeachingMethod,
  type TeachingVerdict,
} from '../base/teaching.ts';
import { type Calibration, extendAll } from './calibration.ts';
import { type Learned, learnClosedForm, type Samples } from './methods.ts';
import { type ChangedQuery, changedMost } from './trial/changed.ts';
import { crossValidate } from './trial/crossValidate.ts';
import { heldOut } from './trial/heldOut.ts';
import { bestOf, chooseWeight, wins } from './trial/judge.ts';
import { makeRounds } from './trial/rounds.ts';

/** A way to learn: a closed form, or a training. */
export interface Learner {
  readonly method: TeachingMethod;
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
  readonly pause: (share: number, method: TeachingMethod | null) => Promise<void>;
}

export interface LearnResult {
  readonly verdict: TeachingVerdict;
  readonly best: MethodResult | null;
  readonly methods: readonly MethodResult[];
  /** The best method, learned from everything. */
  readonly calibration: Calibration | null;
  readonly changed: readonly ChangedQuery[];
  /** Held-out samples before and after the best method; `null` without one. */
  readonly heldOut: HeldOutVectors | null;
}

/** Samples that a method didn't learn from, to draw. */
export interface HeldOutVectors {
  readonly samples: Uint32Array;
  /** (samples × d) */
  readonly before: Float32Array;
  /** (samples × size) */
  readonly after: Float32Array;
  readonly size: number;
}

const NOTHING: LearnResult = {
  verdict: 'too-few',
  best: null,
  methods: [],
  calibration: null,
  changed: [],
  heldOut: null,
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
  const ngroups = new Set(Array.from(groups)).size;
  if (n < LEAST_TAUGHT.photos || ngroups < LEAST_TAUGHT.groups) return NOTHING;
  const rounds = makeRounds(groups, createPrng(seed)).map((round) =>
    heldOut(round, vectors, groups, d),
  );
  const everything: Samples = { d, vectors, classes: groups };
  const methods: MethodResult[] = [];
  /** What each method learned in the first round, and from everything. */
  const firsts = new Map<TeachingMethod, Learned>();
  const finals = new Map<TeachingMethod, Learned>();
  const costs = learners.reduce((sum, { cost }) => sum + cost, 0);
  let spent = 0;
  for (const learner of learners) {
    const { method, cost } = learner;
    const from = spent;
    spent += cost;
    const sharing = (share: number) => pause((from + share * cost) / costs, method);
    const trials = await crossValidate(
      { d, vectors, rounds, pause: (share) => sharing(share * 0.9) },
      async (samples, round) => {
        const learned = await learner.learn(samples, round);
        if (round === 0 && learned) firsts.set(method, learned);
        return learned;
      },
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
  const first = firsts.get(best.method)?.at(best.weight);
  const [round] = rounds;
  return {
    verdict: verdictOf(best),
    best,
    methods,
    calibration: learned.at(best.weight),
    changed: first ? changedMost(round!, first) : [],
    heldOut: first
      ? {
          samples: round!.held,
          before: round!.vectors,
          after: extendAll(first, round!.vectors),
          size: first.size,
        }
      : null,
  };
}

function verdictOf({ passes, taught }: MethodTrial): TeachingVerdict {
  if (passes) return 'helps';
  return wins(taught) ? 'hurts-others' : 'no-gain';
}
