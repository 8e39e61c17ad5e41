import type { FaceId } from '../faces/faceId.ts';
import { type Assertion, mapFaces, readAssertion, weightOf } from './assertions.ts';
import type { Log, LogEntry } from './logEntry.ts';
import { LogFormat, MAX_ENTRIES, MAX_WEIGHT, nextId } from './logFormat.ts';
import { runThrough, type Sliced } from './slices.ts';
import { fromVersion1 } from './version1.ts';

export type { Log } from './logEntry.ts';
export { effectiveEntries, MAX_ENTRIES, MAX_WEIGHT, nextId } from './logFormat.ts';

const [entries, weight] = [MAX_ENTRIES, MAX_WEIGHT].map((count) => count.toLocaleString('en-US'));

/** The log of what the user asserts about people. */
export const PEOPLE_LOG = new LogFormat<Assertion>({
  read: readAssertion,
  weightOf,
  maxAssertions: 10_000,
  upgrade: fromVersion1,
  full: `This is more than Akin can keep about people: at most ${entries} entries, which name at most ${weight} faces in all.`,
});

/** See `LogFormat.nextEntry`. */
export function nextEntry(
  log: Log,
  assertions: readonly Assertion[],
  at: number,
  maxId = 0,
): LogEntry {
  return PEOPLE_LOG.nextEntry(log, assertions, at, maxId);
}

/** See `LogFormat.revertEntry`. */
export function revertEntry(log: Log, id: number, at: number, maxId = 0): LogEntry {
  return PEOPLE_LOG.revertEntry(log, id, at, maxId);
}

/** Validates a stored log at once: see `LogFormat.reading`. */
export function readLog(value: unknown): Log {
  return runThrough(readingLog(value));
}

/** As `readLog`, in slices. */
export function readingLog(value: unknown): Sliced<Log> {
  return PEOPLE_LOG.reading(value);
}

/**
 * Appends another log, for example of a second device: its entries get new ids, and its assertions,
 * being later, win.
 */
export function appendLog(log: Log, other: Log): Log {
  return [...log, ...renumber(other, nextId(log))];
}

/** Renumbers the entries consecutively from `first`, adjusting their reverts. */
export function renumber<A>(log: Log<A>, first: number): Log<A> {
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
