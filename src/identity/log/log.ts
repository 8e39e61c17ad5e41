import { AkinError } from '../../base/errors.ts';
import type { FaceId } from '../faces/faceId.ts';
import { runThrough, SLICE, type Sliced } from './slices.ts';
import { mapFaces, readWord, type Word, weightOf } from './words.ts';

/** What the user did at once, a *step* of the log: plain data, never changed again. */
export type Step = { readonly id: number; readonly at: number } & (
  | { readonly words: readonly Word[] }
  /** Takes back the step of this id, which may itself be one that takes back. */
  | { readonly undo: number }
);

/** What the user has said, in the order in which it was. The ids rise. */
export type Log = readonly Step[];

/** The most words of a step. */
const MAX_WORDS = 10_000;
/**
 * The most steps of a log, and the most that these may weigh in all (`weightOf`): more than a person says
 * in a lifetime, and little enough to be read at each start.
 */
export const MAX_STEPS = 200_000;
export const MAX_WEIGHT = 2_000_000;

/**
 * The next step of a log, for the caller to keep.
 *
 * @param at when, in milliseconds since 1970: for the person to read, it decides nothing
 * @param taken the last number that is taken, where that is not the log's: see `KeptLog`
 * @throws `invalid-argument` for a word that is none
 */
export function nextStep(log: Log, words: readonly Word[], at: number, taken = 0): Step {
  return readStep({ id: nextId(log, taken), at, words }, lastId(log));
}

/**
 * The step that takes another back, any one of the log.
 *
 * @param taken as in `nextStep`
 * @throws `not-found` where the log has no such step
 */
export function undoStep(log: Log, id: number, at: number, taken = 0): Step {
  if (!log.some((step) => step.id === id)) {
    throw new AkinError('not-found', `the log has no step ${id}`);
  }
  return readStep({ id: nextId(log, taken), at, undo: id }, lastId(log));
}

/**
 * The steps that hold: those that say something and were not taken back. A step that was taken back
 * is as if it had never been; those after it stay and mean what they say, as each names its faces
 * and people itself.
 */
export function liveSteps(log: Log): (Step & { readonly words: readonly Word[] })[] {
  const takenBack = new Set<number>();
  const live: (Step & { readonly words: readonly Word[] })[] = [];
  // Only a later step takes back: seen from the end, each is judged by what is known to hold.
  for (const step of log.toReversed()) {
    if (takenBack.has(step.id)) continue;
    if ('undo' in step) takenBack.add(step.undo);
    else live.push(step);
  }
  return live.reverse();
}

/**
 * Checks a log that was kept: every part of every step, that ids rise, and that what is taken back
 * was there.
 *
 * @throws `corrupt`, saying which step; `too-many-steps`
 */
export function readLog(value: unknown): Log {
  return runThrough(readingLog(value));
}

/** As `readLog`, in slices. */
export function* readingLog(value: unknown): Sliced<Log> {
  if (!Array.isArray(value)) throw new AkinError('corrupt', 'the log is no list of steps');
  if (value.length > MAX_STEPS) throw tooMany();
  const log: Step[] = [];
  const ids = new Set<number>();
  let weight = 0;
  let done = 0;
  for (const read of value) {
    try {
      const step = readStep(read, lastId(log));
      if ('undo' in step && !ids.has(step.undo)) {
        throw new AkinError('corrupt', `the log has no step ${step.undo}`);
      }
      log.push(step);
      ids.add(step.id);
    } catch (error) {
      throw new AkinError('corrupt', `step ${log.length + 1} of the log is damaged`, {
        cause: error,
      });
    }
    const added = stepWeight(log.at(-1)!);
    weight += added;
    if (weight > MAX_WEIGHT) throw tooMany();
    done += added;
    if (done < SLICE) continue;
    done = 0;
    yield;
  }
  return log;
}

/** How much a step weighs, in all its words. */
export function stepWeight(step: Step): number {
  return 'undo' in step ? 1 : step.words.reduce((sum, word) => sum + weightOf(word), 0);
}

/** @throws `too-many-steps` where a log has no room for what is to be added */
export function checkRoom(log: Log, added: Log): void {
  if (added.length === 0) return;
  const weight = [...log, ...added].reduce((sum, step) => sum + stepWeight(step), 0);
  if (log.length + added.length > MAX_STEPS || weight > MAX_WEIGHT) throw tooMany();
}

function tooMany(): AkinError {
  const [steps, weight] = [MAX_STEPS, MAX_WEIGHT].map((count) => count.toLocaleString('en-US'));
  return new AkinError(
    'too-many-steps',
    `This is more than Akin can keep about people: at most ${steps} steps, which name at most ${weight} faces in all.`,
  );
}

/**
 * A log followed by another, say that of a second device: the steps of the second get new ids, and
 * its words, being later, win.
 */
export function appendLog(log: Log, other: Log): Log {
  return [...log, ...renumber(other, nextId(log))];
}

/** The steps with ids from `first` on, one after the other; what they take back stays the same. */
export function renumber(log: Log, first: number): Log {
  const ids = new Map(log.map(({ id }, place) => [id, first + place]));
  return log.map((step) => ({
    ...step,
    id: ids.get(step.id)!,
    ...('undo' in step && { undo: ids.get(step.undo)! }),
  }));
}

/** Every face that a log names. */
export function facesIn(log: Log): Set<FaceId> {
  const faces = new Set<FaceId>();
  const note = (id: FaceId) => {
    faces.add(id);
    return id;
  };
  for (const step of log) if ('words' in step) for (const word of step.words) mapFaces(word, note);
  return faces;
}

/** The log with other names for faces, as `matchFaces` gives them; those it lacks stay. */
export function renameFaces(log: Log, names: ReadonlyMap<FaceId, FaceId>): Log {
  if (names.size === 0) return log;
  const rename = (id: FaceId) => names.get(id) ?? id;
  return log.map((step) =>
    'undo' in step
      ? step
      : { ...step, words: step.words.map((word) => readWord(mapFaces(word, rename)) ?? word) },
  );
}

/** The number of the next step of a log. */
export function nextId(log: Log, taken = 0): number {
  return Math.max(lastId(log), taken) + 1;
}

function lastId(log: Log): number {
  return log.at(-1)?.id ?? 0;
}

/**
 * A copy of a value with only the parts of a step.
 *
 * @param after the number of the step before it
 * @throws `invalid-argument` where it is none
 */
export function readStep(value: unknown, after: number): Step {
  const fail = (what: string): never => {
    throw new AkinError('invalid-argument', what);
  };
  if (typeof value !== 'object' || value === null) return fail('a step is an object');
  const { id, at, words, undo } = value as Record<string, unknown>;
  if (!isWhole(id) || id <= after) return fail('the ids of steps rise');
  if (!isWhole(at)) return fail('a step has its time');
  if (undo !== undefined) {
    if (words !== undefined || !isWhole(undo) || undo < 1 || undo >= id) {
      return fail('a step takes back an earlier one');
    }
    return { id, at, undo };
  }
  if (!Array.isArray(words) || words.length === 0 || words.length > MAX_WORDS) {
    return fail('a step says something');
  }
  return { id, at, words: words.map((word) => readWord(word) ?? fail('a word means nothing')) };
}

function isWhole(value: unknown): value is number {
  return Number.isSafeInteger(value) && (value as number) >= 0;
}
