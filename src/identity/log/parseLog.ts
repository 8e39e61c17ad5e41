import { entryWeight, type Log, MAX_ENTRIES, MAX_WEIGHT, readEntry } from './log.ts';
import type { LogEntry } from './logEntry.ts';
import { runThrough, SLICE, type Sliced } from './slices.ts';

/** A log as it was kept: damaged in places, or written by a later version. */
export interface ParsedLog {
  readonly log: Log;
  /**
   * What is kept beside the log and can't be read here, as it was found: what is no entry, has an assertion
   * that is unknown, reverts one of these, or is more than a log may be.
   */
  readonly unparsed: readonly unknown[];
  /** The highest entry id in use, by an entry that is parsed or not; 0 where there is none. */
  readonly maxId: number;
}

/**
 * Reads what was kept of a log, as far as it can be read: one entry that is damaged must not keep all
 * the others from being understood. It never fails.
 *
 * An entry is read whole or not at all: its assertions are one command. A revert of an unparsed entry
 * is unparsed too, and so is what reverts that.
 *
 * @param rows by number, rising; what has no number is anywhere
 * @param maxEntryId the greatest number of an entry: what has a greater one is no entry, and leaves room
 * for those to come
 */
export function parseLog(rows: readonly unknown[], maxEntryId: number): ParsedLog {
  return runThrough(parsingLog(rows, maxEntryId));
}

/** As `parseLog`, in slices. */
export function* parsingLog(rows: readonly unknown[], maxEntryId: number): Sliced<ParsedLog> {
  const log: LogEntry[] = [];
  const ids = new Set<number>();
  const unparsed: unknown[] = [];
  let maxId = 0;
  let weight = 0;
  let done = 0;
  for (const row of rows) {
    const id = numberOf(row);
    if (id <= maxEntryId) maxId = Math.max(maxId, Math.floor(id));
    // Beyond what a log may be, nothing more is looked into.
    const room = log.length < MAX_ENTRIES && weight < MAX_WEIGHT;
    const entry = room && id <= maxEntryId ? entryOf(row, log.at(-1)?.id ?? 0) : null;
    const added = entry ? entryWeight(entry) : 1;
    done += added;
    if (!entry || weight + added > MAX_WEIGHT || ('reverts' in entry && !ids.has(entry.reverts))) {
      unparsed.push(row);
    } else {
      log.push(entry);
      ids.add(entry.id);
      weight += added;
    }
    if (done < SLICE) continue;
    done = 0;
    yield;
  }
  return { log, unparsed, maxId };
}

function entryOf(row: unknown, after: number): LogEntry | null {
  try {
    return readEntry(row, after);
  } catch {
    return null;
  }
}

function numberOf(row: unknown): number {
  if (typeof row !== 'object' || row === null || !('id' in row)) return 0;
  return typeof row.id === 'number' && row.id > 0 ? row.id : 0;
}
