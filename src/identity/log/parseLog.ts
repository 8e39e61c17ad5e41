import type { Assertion } from './assertions.ts';
import { PEOPLE_LOG } from './log.ts';
import type { Log, LogEntry } from './logEntry.ts';
import { type LogFormat, MAX_ENTRIES, MAX_WEIGHT } from './logFormat.ts';
import { runThrough, SLICE, type Sliced } from './slices.ts';

/** A stored log: possibly damaged, or written by a later version. */
export interface ParsedLog<A = Assertion> {
  readonly log: Log<A>;
  /**
   * Stored rows that can't be parsed, unchanged: non-entries, entries with unknown assertions,
   * reverts of these, and everything beyond the log's size limits.
   */
  readonly unparsed: readonly unknown[];
  /** The highest entry id in use, parsed or not; 0 if there is none. */
  readonly maxId: number;
}

/**
 * Parses a stored log as far as possible: one damaged entry must not make the others unreadable.
 * Never throws.
 *
 * Entries are all or nothing, because their assertions form one command. A revert of an unparsed
 * entry is unparsed too, and so are reverts of that.
 *
 * @param rows by id, ascending; rows without an id anywhere
 * @param maxEntryId the highest valid entry id: a row above it is not an entry, which leaves room
 *   for new ones
 */
export function parseLog(rows: readonly unknown[], maxEntryId: number): ParsedLog {
  return runThrough(parsingLog(rows, maxEntryId));
}

/** As `parseLog`, in slices. */
export function parsingLog(rows: readonly unknown[], maxEntryId: number): Sliced<ParsedLog> {
  return parsingLogOf(PEOPLE_LOG, rows, maxEntryId);
}

/** As `parsingLog`, of a log of any kind. */
export function* parsingLogOf<A>(
  format: LogFormat<A>,
  rows: readonly unknown[],
  maxEntryId: number,
): Sliced<ParsedLog<A>> {
  const log: LogEntry<A>[] = [];
  const ids = new Set<number>();
  const unparsed: unknown[] = [];
  let maxId = 0;
  let weight = 0;
  let done = 0;
  for (const row of rows) {
    const id = numberOf(row);
    if (id <= maxEntryId) maxId = Math.max(maxId, Math.floor(id));
    // Beyond the size limits nothing more is parsed.
    const room = log.length < MAX_ENTRIES && weight < MAX_WEIGHT;
    const entry = room && id <= maxEntryId ? entryOf(format, row, log.at(-1)?.id ?? 0) : null;
    const added = entry ? format.entryWeight(entry) : 1;
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

function entryOf<A>(format: LogFormat<A>, row: unknown, after: number): LogEntry<A> | null {
  try {
    return format.readEntry(row, after);
  } catch {
    return null;
  }
}

function numberOf(row: unknown): number {
  if (typeof row !== 'object' || row === null || !('id' in row)) return 0;
  return typeof row.id === 'number' && row.id > 0 ? row.id : 0;
}
