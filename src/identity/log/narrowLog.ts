import type { LogEntry } from './logEntry.ts';
import type { ParsedLog } from './parseLog.ts';

/** What remains of a log. */
export interface NarrowedLog<A> {
  /** Reduced entries, under their ids. */
  readonly changed: readonly LogEntry<A>[];
  /** Ids of the rows to delete, ascending. */
  readonly removed: readonly number[];
}

/**
 * Removes what refers to permanently deleted photos from a log. An entry that becomes empty is
 * removed, and so are its reverts; the others keep their ids and order. An unreadable row is
 * removed if it mentions one of the photos.
 *
 * @param hashes of the photos
 * @param narrow the rest of an assertion: itself if unchanged, `undefined` if nothing remains
 */
export function narrowLog<A>(
  { log, unparsed }: Pick<ParsedLog<A>, 'log' | 'unparsed'>,
  hashes: ReadonlySet<string>,
  narrow: (assertion: A) => A | undefined,
): NarrowedLog<A> {
  const changed: LogEntry<A>[] = [];
  const removed = new Set<number>();
  for (const entry of log) {
    if ('reverts' in entry) {
      if (removed.has(entry.reverts)) removed.add(entry.id);
      continue;
    }
    const assertions = entry.assertions.flatMap((assertion) => narrow(assertion) ?? []);
    if (assertions.length === 0) removed.add(entry.id);
    else if (
      assertions.length < entry.assertions.length ||
      assertions.some((assertion, i) => assertion !== entry.assertions[i])
    ) {
      changed.push({ ...entry, assertions });
    }
  }
  for (const row of unparsed) {
    const { id } = row as { readonly id?: unknown };
    if (typeof id === 'number' && mentions(row, hashes)) removed.add(id);
  }
  return { changed, removed: [...removed].sort((a, b) => a - b) };
}

/** Whether a value contains, at any depth, a string with one of the hashes. */
function mentions(value: unknown, hashes: ReadonlySet<string>): boolean {
  const open: unknown[] = [value];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    if (typeof next === 'string') {
      for (const [hash] of next.matchAll(/[0-9a-f]{64}/g)) if (hashes.has(hash)) return true;
    } else if (typeof next === 'object' && next !== null) {
      for (const [key, each] of Object.entries(next)) open.push(key, each);
    }
  }
  return false;
}
