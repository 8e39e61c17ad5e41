import { type Log, MAX_STEPS, readStep, type Step } from './log.ts';

/** A log as it was kept: damaged in places, or written by a later version. */
export interface KeptLog {
  readonly log: Log;
  /**
   * What is kept beside the log and can't be read here, as it was found: what is no step, has a word
   * that is unknown, or takes back one of these.
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
  const log: Step[] = [];
  const ids = new Set<number>();
  const unread: unknown[] = [];
  let taken = 0;
  for (const row of rows) {
    const id = numberOf(row);
    if (id <= greatest) taken = Math.max(taken, Math.floor(id));
    const step = log.length < MAX_STEPS && id <= greatest ? stepOf(row, log.at(-1)?.id ?? 0) : null;
    if (!step || ('undo' in step && !ids.has(step.undo))) {
      unread.push(row);
      continue;
    }
    log.push(step);
    ids.add(step.id);
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
