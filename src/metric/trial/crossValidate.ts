import type { MethodTrial, TeachingMethod } from '../../base/teaching.ts';
import { gatherRows, type Learned, type Samples } from '../methods.ts';
import { cosineRows } from './cosines.ts';
import type { HeldOut } from './heldOut.ts';
import { compare, passes } from './judge.ts';
import { type Answers, noAnswers, RankingMeter } from './retrieval.ts';

export interface CrossValidation {
  readonly d: number;
  /** (n × d) row-major, of unit length */
  readonly vectors: Float32Array;
  readonly rounds: readonly HeldOut[];
  /** Lets other work run, and throws if the job was canceled. */
  readonly pause: (share: number) => Promise<void>;
}

/** Queries between two pauses. */
const SLICE = 64;

/** Answers by what was and what wasn't taught. */
interface Sides {
  readonly taught: Answers;
  readonly untaught: Answers;
}
const noSides = (): Sides => ({ taught: noAnswers(), untaught: noAnswers() });

/**
 * Learns in every round and answers what the round holds out. A trial for every weight; none if
 * there is nothing to learn from.
 */
export async function crossValidate(
  { d, vectors, rounds, pause }: CrossValidation,
  learn: (samples: Samples, round: number) => Promise<Learned | null>,
): Promise<readonly MethodTrial[]> {
  const before = noSides();
  const after = new Map<number, Sides>();
  let method: TeachingMethod | null = null;
  for (const [at, round] of rounds.entries()) {
    const { learned: rows, classes, groups, base, taught } = round;
    await pause(at / rounds.length);
    const learned = await learn({ d, vectors: gatherRows(vectors, rows, d), classes }, at);
    if (!learned) continue;
    method = learned.method;
    const meter = new RankingMeter(groups);
    const cosines = cosineRows(learned, round.vectors, d);
    const m = groups.length;
    const row = new Float32Array(m);
    for (let query = 0; query < m; query++) {
      if (query % SLICE === 0) await pause((at + query / m) / rounds.length);
      const side = query < taught ? 'taught' : 'untaught';
      const unchanged = base.subarray(query * m, (query + 1) * m);
      meter.add(query, unchanged, before[side]);
      cosines.begin(query, unchanged);
      for (const weight of learned.weights) {
        cosines.row(weight, row);
        let answers = after.get(weight);
        if (!answers) {
          answers = noSides();
          after.set(weight, answers);
        }
        meter.add(query, row, answers[side]);
      }
    }
  }
  if (method === null || before.taught.groups.length === 0) return [];
  return [...after].map(([weight, answers]) => {
    const taught = compare(before.taught, answers.taught);
    const untaught =
      answers.untaught.groups.length > 0 ? compare(before.untaught, answers.untaught) : null;
    return { method, weight, taught, untaught, passes: passes(taught, untaught) };
  });
}
