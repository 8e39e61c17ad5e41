import { AkinError } from '../../base/errors.ts';
import { type Log, readingLog, renumber } from './log.ts';
import { parsingLog } from './parseLog.ts';
import { runThrough, type Sliced } from './slices.ts';

export const LOG_VERSION = 2;
/** Maximum length of a file, in characters. */
const MAX_CHARACTERS = 160 * 1024 * 1024;

/**
 * Serializes a log for export: `{"format":"akin-people","version":2,"entries":[…]}`.
 *
 * @param unparsed stored rows that can't be parsed here: exported unchanged under `"unparsed"`, for
 *   a version that can. Values without a JSON form are dropped.
 */
export function exportLog(log: Log, unparsed: readonly unknown[] = []): string {
  const rest = unparsed.filter(isJson);
  const file = { format: 'akin-people', version: LOG_VERSION, entries: log };
  return JSON.stringify(rest.length === 0 ? file : { ...file, unparsed: rest });
}

/**
 * Parses an exported log, which may come from elsewhere. Entries are renumbered from 1, so an
 * imported id can't exhaust the id range. Rows that another version could not parse are included if
 * this one can.
 *
 * @throws `bad-magic` if it is no such file, `too-new`, `corrupt`, `too-many-steps`
 */
export function importLog(text: string): Log {
  return runThrough(importingLog(text));
}

/** As `importLog`, in slices after the text is parsed. */
export function* importingLog(text: string): Sliced<Log> {
  if (text.length > MAX_CHARACTERS) {
    throw new AkinError('too-many-steps', 'This file is longer than any that Akin writes.');
  }
  let file: unknown;
  try {
    file = JSON.parse(text);
  } catch (error) {
    throw noPeople(error);
  }
  if (typeof file !== 'object' || file === null || !('format' in file)) {
    throw noPeople();
  }
  const { format, version, ...content } = file as Record<string, unknown>;
  if (format !== 'akin-people') throw noPeople();
  if (typeof version !== 'number' || !Number.isInteger(version) || version < 1) {
    throw new AkinError('corrupt', 'the file has no version');
  }
  if (version > LOG_VERSION) throw new AkinError('too-new', 'the file is of a newer version');
  // Entries of version 1 are recognized by their field names.
  const [entries, unparsed] =
    version === 1 ? [content.steps, content.unread] : [content.entries, content.unparsed];
  const log = yield* readingLog(entries);
  return renumber(Array.isArray(unparsed) ? yield* withUnparsed(log, unparsed) : log, 1);
}

/** Merges the parsable ones of the unparsed entries into a log, by id. */
function* withUnparsed(log: Log, unparsed: readonly unknown[]): Sliced<Log> {
  const numbered = unparsed.filter(
    (row): row is { id: number } =>
      typeof row === 'object' && row !== null && 'id' in row && Number.isSafeInteger(row.id),
  );
  // Stable sort: of two entries with one id, the log's comes first and wins.
  const rows = [...log, ...numbered].sort((a, b) => a.id - b.id);
  return (yield* parsingLog(rows, Number.MAX_SAFE_INTEGER)).log;
}

function isJson(value: unknown): boolean {
  try {
    return JSON.stringify(value) !== undefined;
  } catch {
    return false;
  }
}

function noPeople(cause?: unknown): AkinError {
  const details = { reason: 'people' };
  return new AkinError('bad-magic', 'This file holds no people.', { cause, details });
}
