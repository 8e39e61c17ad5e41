import { AkinError } from '../../base/errors.ts';
import type { FaceId } from '../faces/faceId.ts';
import { type Assertion, mapFaces, readAssertion, weightOf } from './assertions.ts';
import type { LogEntry } from './logEntry.ts';
import { runThrough, SLICE, type Sliced } from './slices.ts';
import { fromVersion1 } from './version1.ts';

/** The user's history, oldest first. Ids are ascending. */
export type Log = readonly LogEntry[];

/** Maximum number of assertions of an entry. */
const MAX_ASSERTIONS = 10_000;
/**
 * Maximum number of entries of a log, and their maximum total size (`weightOf`): more than a
 * lifetime's worth, but little enough to be read at each start.
 */
export const MAX_ENTRIES = 200_000;
export const MAX_WEIGHT = 2_000_000;

/**
 * Creates the next entry of a log, for the caller to save.
 *
 * @param at milliseconds since 1970: for display only
 * @param maxId the highest entry id in use, if not the log's: see `ParsedLog`
 * @throws `invalid-argument` for an invalid assertion
 */
export function nextEntry(
  log: Log,
  assertions: readonly Assertion[],
  at: number,
  maxId = 0,
): LogEntry {
  return readEntry({ id: nextId(log, maxId), at, assertions }, lastId(log));
}

/**
 * Creates the entry that reverts any one of the log.
 *
 * @param maxId as in `nextEntry`
 * @throws `not-found` if the log has no such entry
 */
export function revertEntry(log: Log, id: number, at: number, maxId = 0): LogEntry {
  if (!log.some((entry) => entry.id === id)) {
    throw new AkinError('not-found', `the log has no entry ${id}`);
  }
  return readEntry({ id: nextId(log, maxId), at, reverts: id }, lastId(log));
}

/**
 * The entries in effect: those with assertions that were not reverted. A reverted entry is as if it
 * had never been; later ones keep their meaning, as each has its own face and person ids.
 */
export function effectiveEntries(
  log: Log,
): (LogEntry & { readonly assertions: readonly Assertion[] })[] {
  const takenBack = new Set<number>();
  const live: (LogEntry & { readonly assertions: readonly Assertion[] })[] = [];
  // Only later entries revert, so going backwards each entry's state is already known.
  for (const entry of log.toReversed()) {
    if (takenBack.has(entry.id)) continue;
    if ('reverts' in entry) takenBack.add(entry.reverts);
    else live.push(entry);
  }
  return live.reverse();
}

/**
 * Validates a stored log: every field of every entry, ascending ids, and that reverted entries
 * exist.
 *
 * @throws `corrupt`, naming the entry; `too-many-steps`
 */
export function readLog(value: unknown): Log {
  return runThrough(readingLog(value));
}

/** As `readLog`, in slices. */
export function* readingLog(value: unknown): Sliced<Log> {
  if (!Array.isArray(value)) throw new AkinError('corrupt', 'the log is no list of entries');
  if (value.length > MAX_ENTRIES) throw tooMany();
  const log: LogEntry[] = [];
  const ids = new Set<number>();
  let weight = 0;
  let done = 0;
  for (const read of value) {
    try {
      const entry = readEntry(read, lastId(log));
      if ('reverts' in entry && !ids.has(entry.reverts)) {
        throw new AkinError('corrupt', `the log has no entry ${entry.reverts}`);
      }
      log.push(entry);
      ids.add(entry.id);
    } catch (error) {
      throw new AkinError('corrupt', `entry ${log.length + 1} of the log is damaged`, {
        cause: error,
      });
    }
    const added = entryWeight(log.at(-1)!);
    weight += added;
    if (weight > MAX_WEIGHT) throw tooMany();
    done += added;
    if (done < SLICE) continue;
    done = 0;
    yield;
  }
  return log;
}

/** Size of an entry: the sum over its assertions. */
export function entryWeight(entry: LogEntry): number {
  return 'reverts' in entry
    ? 1
    : entry.assertions.reduce((sum, assertion) => sum + weightOf(assertion), 0);
}

/** @throws `too-many-steps` if a log has no room for the added entries */
export function checkRoom(log: Log, added: Log): void {
  if (added.length === 0) return;
  const weight = [...log, ...added].reduce((sum, entry) => sum + entryWeight(entry), 0);
  if (log.length + added.length > MAX_ENTRIES || weight > MAX_WEIGHT) throw tooMany();
}

function tooMany(): AkinError {
  const [entries, weight] = [MAX_ENTRIES, MAX_WEIGHT].map((count) => count.toLocaleString('en-US'));
  return new AkinError(
    'too-many-steps',
    `This is more than Akin can keep about people: at most ${entries} entries, which name at most ${weight} faces in all.`,
  );
}

/**
 * Appends another log, for example of a second device: its entries get new ids, and its assertions,
 * being later, win.
 */
export function appendLog(log: Log, other: Log): Log {
  return [...log, ...renumber(other, nextId(log))];
}

/** Renumbers the entries consecutively from `first`, adjusting their reverts. */
export function renumber(log: Log, first: number): Log {
  const ids = new Map(log.map(({ id }, place) => [id, first + place]));
  return log.map((entry) => ({
    ...entry,
    id: ids.get(entry.id)!,
    ...('reverts' in entry && { reverts: ids.get(entry.reverts)! }),
  }));
}

/** Every face that a log refers to. */
export function facesIn(log: Log): Set<FaceId> {
  const faces = new Set<FaceId>();
  const note = (id: FaceId) => {
    faces.add(id);
    return id;
  };
  for (const entry of log)
    if ('assertions' in entry) for (const assertion of entry.assertions) mapFaces(assertion, note);
  return faces;
}

/** Renames the faces of a log per `matchFaces`; those without a match stay. */
export function renameFaces(log: Log, names: ReadonlyMap<FaceId, FaceId>): Log {
  if (names.size === 0) return log;
  const rename = (id: FaceId) => names.get(id) ?? id;
  return log.map((entry) =>
    'reverts' in entry
      ? entry
      : {
          ...entry,
          assertions: entry.assertions.map(
            (assertion) => readAssertion(mapFaces(assertion, rename)) ?? assertion,
          ),
        },
  );
}

/** The id of the next entry of a log. */
export function nextId(log: Log, maxId = 0): number {
  return Math.max(lastId(log), maxId) + 1;
}

function lastId(log: Log): number {
  return log.at(-1)?.id ?? 0;
}

/**
 * Copies the known fields of an entry, under current names: see `version1.ts`.
 *
 * @param after the id of the previous entry
 * @throws `invalid-argument` if it is not an entry
 */
export function readEntry(value: unknown, after: number): LogEntry {
  const fail = (what: string): never => {
    throw new AkinError('invalid-argument', what);
  };
  if (typeof value !== 'object' || value === null) return fail('an entry is an object');
  const { id, at, assertions, reverts } = fromVersion1(value) as Record<string, unknown>;
  if (!isWhole(id) || id <= after) return fail('the ids of entries rise');
  if (!isWhole(at)) return fail('an entry has its time');
  if (reverts !== undefined) {
    if (assertions !== undefined || !isWhole(reverts) || reverts < 1 || reverts >= id) {
      return fail('an entry reverts an earlier one');
    }
    return { id, at, reverts };
  }
  if (!Array.isArray(assertions) || assertions.length === 0 || assertions.length > MAX_ASSERTIONS) {
    return fail('an entry has 1 to 10,000 assertions');
  }
  return {
    id,
    at,
    assertions: assertions.map((each) => readAssertion(each) ?? fail('an unknown assertion')),
  };
}

function isWhole(value: unknown): value is number {
  return Number.isSafeInteger(value) && (value as number) >= 0;
}
