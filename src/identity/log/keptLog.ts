import { type Log, MAX_STEPS, MAX_WEIGHT, readStep, type Step, stepWeight } from './log.ts';
import { runThrough, SLICE, type Sliced } from './slices.ts';

/** A log as it was kept: damaged in places, or written by a later version. */
export interface KeptLog {
  readonly log: Log;
  /**
   * What is kept beside the log and can't be read here, as it was found: what is no step, has a word
   * that is unknown, takes back one of these, or is more than a log may be.
   */
  readonly unread: readonly unknown[];
  /** The last number that is taken, by a step that can be read or not; 0 where there is none. */
  readonly taken: number;
}

/**
 * Reads what was kept of a log, as far as it can be read: one step that is damaged must not keep all
 * the others from being understood. It never fails.
 *
 * A step is read whole or not at all: its words are one deed. A taking back of what can't be read
 * means nothing yet; that which takes back the taking back, too.
 *
 * @param rows by number, rising; what has no number is anywhere
 * @param greatest the greatest number of a step: what has a greater one is no step, and leaves room
 * for those to come
 */
export function readKeptLog(rows: readonly unknown[], greatest: number): KeptLog {
  return runThrough(readingKeptLog(rows, greatest));
}

/** As `readKeptLog`, in slices. */
export function* readingKeptLog(rows: readonly unknown[], greatest: number): Sliced<KeptLog> {
  const log: Step[] = [];
  const ids = new Set<number>();
  const unread: unknown[] = [];
  let taken = 0;
  let weight = 0;
  let done = 0;
  for (const row of rows) {
    const id = numberOf(row);
    if (id <= greatest) taken = Math.max(taken, Math.floor(id));
    // Beyond what a log may be, nothing more is looked into.
    const room = log.length < MAX_STEPS && weight < MAX_WEIGHT;
    const step = room && id <= greatest ? stepOf(row, log.at(-1)?.id ?? 0) : null;
    const added = step ? stepWeight(step) : 1;
    done += added;
    if (!step || weight + added > MAX_WEIGHT || ('undo' in step && !ids.has(step.undo))) {
      unread.push(row);
    } else {
      log.push(step);
      ids.add(step.id);
      weight += added;
    }
    if (done < SLICE) continue;
    done = 0;
    yield;
  }
  return { log, unread, taken };
}

function stepOf(row: unknown, after: number): Step | null {
  try {
    return readStep(row, after);
  } catch {
    return null;
  }
}

function numberOf(row: unknown): number {
  if (typeof row !== 'object' || row === null || !('id' in row)) return 0;
  return typeof row.id === 'number' && row.id > 0 ? row.id : 0;
}
