import type { BeforeAfter, MethodTrial, RetrievalFigures } from '../../base/teaching.ts';
import { meanInterval } from './intervals.ts';
import type { Answers } from './retrieval.ts';

/** The most that groups which weren't taught may lose in precision@1, and in mAP. */
const MOST_LOSS = 0.01;

/** The least that taught groups must gain in mAP. */
const LEAST_GAIN = 0.02;
/** Level of the intervals of gains: one of some thirteen trials is chosen, which flatters it. */
const GAIN_LEVEL = 0.99;

/** @param after answers to the same queries, in the same order */
export function compare(before: Answers, after: Answers): BeforeAfter {
  const of = before.groups;
  const figures = ({ precision1, precision5, ap }: Answers): RetrievalFigures => ({
    precision1: meanInterval(precision1, of),
    precision5: meanInterval(precision5, of),
    map: meanInterval(ap, of),
  });
  const difference = (a: readonly number[], b: readonly number[]) =>
    meanInterval(
      a.map((value, i) => value - b[i]!),
      of,
      GAIN_LEVEL,
    );
  return {
    queries: of.length,
    before: figures(before),
    after: figures(after),
    gain: {
      precision1: difference(after.precision1, before.precision1),
      map: difference(after.ap, before.ap),
    },
  };
}

/** Whether groups that were taught gain, more than by chance. */
export function wins({ gain: { map, precision1 } }: BeforeAfter): boolean {
  return map.low > 0 && map.value >= LEAST_GAIN && precision1.value >= 0;
}

/**
 * The rule of adoption: the groups that were taught win for certain in mAP and don't lose in
 * precision@1, and others lose next to nothing.
 */
export function passes(taught: BeforeAfter, untaught: BeforeAfter | null): boolean {
  if (!wins(taught)) return false;
  if (untaught === null) return true;
  const { precision1, map } = untaught.gain;
  return precision1.value >= -MOST_LOSS && map.value >= -MOST_LOSS;
}

/** What a trial is worth: mAP and precision@1 count alike. */
const worth = ({ taught }: MethodTrial) => taught.gain.map.value + taught.gain.precision1.value;

/** Part of the best gain that a smaller weight must reach to be preferred. */
const ENOUGH = 0.85;

/**
 * A method's weight: the smallest that gains nearly as much as the best, since more weight puts
 * more at risk that wasn't taught. Weights that pass come first. `null` for no trials.
 *
 * @param trials ascending by weight
 */
export function chooseWeight(trials: readonly MethodTrial[]): MethodTrial | null {
  const best = bestOf(trials);
  if (!best) return null;
  const enough = worth(best) * (worth(best) > 0 ? ENOUGH : 1);
  return trials.find((trial) => trial.passes === best.passes && worth(trial) >= enough) ?? best;
}

/** The best trial: one that passes, if any does; then by its gain. `null` for no trials. */
export function bestOf<T extends MethodTrial>(trials: readonly T[]): T | null {
  let best: T | null = null;
  for (const trial of trials) {
    const better =
      best === null || (trial.passes !== best.passes ? trial.passes : worth(trial) > worth(best));
    if (better) best = trial;
  }
  return best;
}
