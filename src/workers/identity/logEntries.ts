import type { Log, LogEntry, Sliced } from '../../identity/index.ts';
import { entryWeight, nextId, revertEntry, SLICE } from '../../identity/index.ts';

/** The ids of the effective entries, including reverts: those not reverted themselves. */
export function effectiveIds(log: Log): ReadonlySet<number> {
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
export function decidingEntry(log: Log, entry: number): number {
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
export function toggleRevert(
  log: Log,
  entry: number,
  wasEffective: boolean,
  at: number,
  maxId = 0,
): readonly LogEntry[] {
  const added: LogEntry[] = [];
  for (;;) {
    const now = [...log, ...added];
    const isKnown = log.some(({ id }) => id === entry);
    if (isKnown && effectiveIds(now).has(entry) !== wasEffective) return added;
    added.push(revertEntry(now, decidingEntry(now, entry), at, maxId));
  }
}

/**
 * The entries of another log that this one lacks, renumbered to follow it. Entries match if they
 * have the same content and time, whatever their ids; of several identical entries, the missing
 * number is added. Reverts are remapped to local ids. Runs in slices.
 *
 * @param maxId the highest entry id in use: see `ParsedLog`
 */
export function* missingEntries(log: Log, other: Log, maxId = 0): Sliced<readonly LogEntry[]> {
  const here = new Map<string, number[]>();
  let done = 0;
  for (const entry of log) {
    done += entryWeight(entry);
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
  const missing: LogEntry[] = [];
  let next = nextId(log, maxId);
  for (const entry of other) {
    done += entryWeight(entry);
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
function keyOf(entry: LogEntry, undo: number): string {
  return JSON.stringify([entry.at, 'reverts' in entry ? undo : entry.assertions]);
}
