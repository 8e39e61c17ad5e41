import type { Log, LogEntry, LogFormat, Sliced } from '../../identity/index.ts';
import { nextId, SLICE } from '../../identity/index.ts';

/** The ids of the effective entries, including reverts: those not reverted themselves. */
export function effectiveIds<A>(log: Log<A>): ReadonlySet<number> {
  const takenBack = new Set<number>();
  const hold = new Set<number>();
  // Reverts only refer to earlier entries, so a backward pass decides each by what is already
  // known.
  for (const entry of log.toReversed()) {
    if (takenBack.has(entry.id)) continue;
    hold.add(entry.id);
    if ('reverts' in entry) takenBack.add(entry.reverts);
  }
  return hold;
}

/** The entry to revert to toggle `entry`: itself, or the last one that reverts it. */
export function decidingEntry<A>(log: Log<A>, entry: number): number {
  const hold = effectiveIds(log);
  if (hold.has(entry)) return entry;
  const by = log.findLast(
    (each) => 'reverts' in each && each.reverts === entry && hold.has(each.id),
  );
  return by?.id ?? entry;
}

/**
 * The entries to append so that `entry` is no longer effective, or effective again; none if another
 * tab has already done so.
 *
 * @param wasEffective whether the entry was effective in the caller's view
 * @param maxId the highest entry id in use: see `ParsedLog`
 * @throws AkinError `not-found` if the log has no such entry
 */
export function toggleRevert<A>(
  format: LogFormat<A>,
  log: Log<A>,
  entry: number,
  wasEffective: boolean,
  at: number,
  maxId = 0,
): readonly LogEntry<A>[] {
  const added: LogEntry<A>[] = [];
  for (;;) {
    const now = [...log, ...added];
    const isKnown = log.some(({ id }) => id === entry);
    if (isKnown && effectiveIds(now).has(entry) !== wasEffective) return added;
    added.push(format.revertEntry(now, decidingEntry(now, entry), at, maxId));
  }
}

/**
 * The entries of another log that this one lacks, renumbered to follow it. Entries match if they
 * have the same content and time, whatever their ids; of several identical entries, the missing
 * number is added. Reverts are remapped to local ids. Runs in slices.
 *
 * @param maxId the highest entry id in use: see `ParsedLog`
 */
export function* missingEntries<A>(
  format: LogFormat<A>,
  log: Log<A>,
  other: Log<A>,
  maxId = 0,
): Sliced<readonly LogEntry<A>[]> {
  const here = new Map<string, number[]>();
  let done = 0;
  for (const entry of log) {
    done += format.entryWeight(entry);
    if (done > SLICE) {
      done = 0;
      yield;
    }
    const key = keyOf(entry, 'reverts' in entry ? entry.reverts : 0);
    const ids = here.get(key);
    if (ids) ids.push(entry.id);
    else here.set(key, [entry.id]);
  }
  for (const ids of here.values()) ids.reverse();
  const numbers = new Map<number, number>();
  const missing: LogEntry<A>[] = [];
  let next = nextId(log, maxId);
  for (const entry of other) {
    done += format.entryWeight(entry);
    if (done > SLICE) {
      done = 0;
      yield;
    }
    const undo = 'reverts' in entry ? numbers.get(entry.reverts)! : 0;
    const known = here.get(keyOf(entry, undo))?.pop();
    numbers.set(entry.id, known ?? next);
    if (known !== undefined) continue;
    missing.push(
      'reverts' in entry ? { ...entry, id: next, reverts: undo } : { ...entry, id: next },
    );
    next++;
  }
  return missing;
}

/** Content and time of an entry; `undo` is the local id of the entry it reverts. */
function keyOf<A>(entry: LogEntry<A>, undo: number): string {
  return JSON.stringify([entry.at, 'reverts' in entry ? undo : entry.assertions]);
}
