import type { Log, Sliced, Step } from '../../identity/index.ts';
import { nextId, SLICE, stepWeight, undoStep } from '../../identity/index.ts';

/** The ids of the steps that hold: those that were not taken back, takings back among them. */
export function stepsThatHold(log: Log): ReadonlySet<number> {
  const takenBack = new Set<number>();
  const hold = new Set<number>();
  // Only a later step takes back: seen from the end, each is judged by what is known to hold.
  for (const step of log.toReversed()) {
    if (takenBack.has(step.id)) continue;
    hold.add(step.id);
    if ('undo' in step) takenBack.add(step.undo);
  }
  return hold;
}

/** The step to take back to change whether `step` holds: itself, or the last that takes it back. */
export function lastWordOn(log: Log, step: number): number {
  const hold = stepsThatHold(log);
  if (hold.has(step)) return step;
  const by = log.findLast((each) => 'undo' in each && each.undo === step && hold.has(each.id));
  return by?.id ?? step;
}

/**
 * The steps after which `step` no longer holds, or holds again; none where another tab has seen to
 * it.
 *
 * @param held whether it did for whoever asks
 * @param taken the last number that is taken: see `KeptLog`
 * @throws AkinError `not-found` where the log has no such step
 */
export function flipSteps(
  log: Log,
  step: number,
  held: boolean,
  at: number,
  taken = 0,
): readonly Step[] {
  const added: Step[] = [];
  for (;;) {
    const now = [...log, ...added];
    const isKnown = log.some(({ id }) => id === step);
    if (isKnown && stepsThatHold(now).has(step) !== held) return added;
    added.push(undoStep(now, lastWordOn(now, step), at, taken));
  }
}

/**
 * The steps of another log that this one lacks, numbered on from it. A step is here where it says the
 * same and was said at the same time, whatever its number; of several alike, as many as there are.
 * What a step takes back it takes back here too, by the number that has here. In slices.
 *
 * @param taken the last number that is taken: see `KeptLog`
 */
export function* missingSteps(log: Log, other: Log, taken = 0): Sliced<readonly Step[]> {
  const here = new Map<string, number[]>();
  let done = 0;
  for (const step of log) {
    done += stepWeight(step);
    if (done > SLICE) {
      done = 0;
      yield;
    }
    const key = keyOf(step, 'undo' in step ? step.undo : 0);
    const ids = here.get(key);
    if (ids) ids.push(step.id);
    else here.set(key, [step.id]);
  }
  for (const ids of here.values()) ids.reverse();
  const numbers = new Map<number, number>();
  const missing: Step[] = [];
  let next = nextId(log, taken);
  for (const step of other) {
    done += stepWeight(step);
    if (done > SLICE) {
      done = 0;
      yield;
    }
    const undo = 'undo' in step ? numbers.get(step.undo)! : 0;
    const known = here.get(keyOf(step, undo))?.pop();
    numbers.set(step.id, known ?? next);
    if (known !== undefined) continue;
    missing.push('undo' in step ? { ...step, id: next, undo } : { ...step, id: next });
    next++;
  }
  return missing;
}

/** What a step says and when; `undo` is the number of what it takes back, in this log. */
function keyOf(step: Step, undo: number): string {
  return JSON.stringify([step.at, 'undo' in step ? undo : step.words]);
}
