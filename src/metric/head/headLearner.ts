import type { Learner } from '../learn.ts';
import { HeadCalibration } from '../replaced.ts';
import { type EpochNews, trainHead } from './trainHead.ts';

export interface HeadLearnerOptions {
  readonly loss: 'triplet' | 'multi-similarity';
  /** Width of the hidden layer; 0 for a linear head. */
  readonly hidden: number;
  readonly seed: number;
  /** @param samples what the news' triplet counts in: `true` if it is all samples */
  readonly onEpoch: (news: EpochNews, final: boolean) => Promise<void>;
}

const EPOCHS = 40;
/** Epochs of a round, which only compares methods. */
const ROUND_EPOCHS = 20;
const WEIGHTS: readonly number[] = [0.5, 1];
/** Samples from which only the first rounds are trained. */
const MANY = 600;
const ROUNDS_FOR_MANY = 2;

/** Trains a head in every round of a cross-validation. */
export function headLearner({ loss, hidden, seed, onEpoch }: HeadLearnerOptions): Learner {
  return {
    method: loss,
    cost: 10,
    async learn(samples, round) {
      if (round !== null && round >= ROUNDS_FOR_MANY && samples.classes.length > MANY) return null;
      const head = await trainHead(samples, {
        loss,
        hidden,
        seed,
        maxEpochs: round === null ? EPOCHS : ROUND_EPOCHS,
        onEpoch: (news) => onEpoch(news, round === null),
      });
      return (
        head && {
          method: loss,
          weights: WEIGHTS,
          appendix: null,
          at: (weight) => new HeadCalibration(loss, head, weight),
        }
      );
    },
  };
}
