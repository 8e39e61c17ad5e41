import { type Log, nextStep, type Step, undoStep } from '../log/log.ts';
import type { Word } from '../log/words.ts';

/** A log of steps: words said at once, a single word, or the number of a step taken back. */
export function logOf(...steps: readonly (Word | readonly Word[] | number)[]): Log {
  const log: Step[] = [];
  for (const step of steps) {
    if (typeof step === 'number') log.push(undoStep(log, step, 5));
    else log.push(nextStep(log, 'kind' in step ? [step] : step, 5));
  }
  return log;
}
