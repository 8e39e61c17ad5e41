import type { Assertion } from '../log/assertions.ts';
import { type Log, nextEntry, revertEntry } from '../log/log.ts';
import type { LogEntry } from '../log/logEntry.ts';

/** A log of entries: a list of assertions, a single assertion, or the id of an entry to revert. */
export function logOf(...entries: readonly (Assertion | readonly Assertion[] | number)[]): Log {
  const log: LogEntry[] = [];
  for (const entry of entries) {
    if (typeof entry === 'number') log.push(revertEntry(log, entry, 5));
    else log.push(nextEntry(log, 'kind' in entry ? [entry] : entry, 5));
  }
  return log;
}
