import { AkinError } from '../../base/errors.ts';
import { isLogEntryRow, MAX_ENTRY_ID } from '../faces/faceRows.ts';
import type { Connection } from './connection.ts';
import { isCount } from './rows.ts';
import type { LogEntryRow } from './schema.ts';

/**
 * `conflict`: another tab appended entries in the meantime; nothing was changed. Read the log
 * again.
 */
export type AppendAnswer =
  | { readonly outcome: 'appended' }
  /** `last` is the id of the log's last entry. */
  | { readonly outcome: 'conflict'; readonly last: number };

const CHUNK = 5_000;

/** The store of a log. */
export type LogName = 'peopleLog' | 'itemLog' | 'pairLog';

/**
 * `meta` keys of the highest id among removed entries: never reused, as a page may still offer to
 * revert that entry.
 */
const LAST_REMOVED: Readonly<Record<LogName, string>> = {
  peopleLog: 'faces.last-removed-step',
  itemLog: 'items.last-removed',
  pairLog: 'pairs.last-removed',
};

/** Rewrites the log's rows (by id, ascending) when photos with these hashes are deleted. */
export type RewriteLog = (
  rows: readonly unknown[],
  hashes: ReadonlySet<string>,
) => { readonly changed: readonly LogEntryRow[]; readonly removed: readonly number[] };

/** Rewrites each log when photos are deleted. */
export type RewriteLogs = Readonly<Record<LogName, RewriteLog>>;

/**
 * A log of what the user said: of people, items or pairs of photos. The store knows only the id of an entry, and
 * leaves unknown rows alone.
 */
export class EventLog {
  readonly #connection: Connection;
  readonly #name: LogName;

  constructor(connection: Connection, name: LogName) {
    this.#connection = connection;
    this.#name = name;
  }

  /** All rows, valid entries or not, by ascending key. The reader validates them. */
  read(): Promise<readonly unknown[]> {
    return this.#connection.run([this.#name], 'readonly', (tx) =>
      allRows(tx.objectStore(this.#name)),
    );
  }

  /**
   * Appends entries atomically.
   *
   * @throws AkinError `invalid-argument` unless ids are ascending positive integers
   */
  async append(entries: readonly LogEntryRow[]): Promise<AppendAnswer> {
    checkRising(entries);
    const name = this.#name;
    return this.#connection.run([name, 'meta'] as const, 'readwrite', async (tx) => {
      const log = tx.objectStore(name);
      const removed = numberOf(await tx.objectStore('meta').get(LAST_REMOVED[name]));
      const last = Math.max(removed, await lastIn(log));
      const first = entries[0];
      if (first && first.id <= last) return { outcome: 'conflict', last };
      await Promise.all(entries.map(async (entry) => log.add(entry)));
      return { outcome: 'appended' };
    });
  }
}

interface LogStore {
  getAll(range: IDBKeyRange | null, count: number): Promise<readonly LogEntryRow[]>;
  put(entry: LogEntryRow): Promise<unknown>;
  delete(id: number): Promise<void>;
  openKeyCursor(range: IDBKeyRange, direction: 'prev'): Promise<{ readonly key: number } | null>;
}

/** Rewrites a log within the caller's transaction. */
export async function forgetEntries(
  name: LogName,
  log: LogStore,
  meta: {
    get(name: string): Promise<unknown>;
    put(value: number, name: string): Promise<unknown>;
  },
  rewrite: (rows: readonly unknown[]) => ReturnType<RewriteLog>,
): Promise<void> {
  const { changed, removed } = rewrite(await allRows(log));
  const last = Math.max(0, ...removed.slice(-1));
  if (last > 0 && last <= MAX_ENTRY_ID && last === (await lastIn(log))) {
    const before = numberOf(await meta.get(LAST_REMOVED[name]));
    await meta.put(Math.max(before, last), LAST_REMOVED[name]);
  }
  for (const entry of changed) await log.put(entry);
  for (const id of removed) await log.delete(id);
}

async function allRows(log: Pick<LogStore, 'getAll'>): Promise<readonly unknown[]> {
  const rows: unknown[] = [];
  let some = await log.getAll(null, CHUNK);
  while (some.length > 0) {
    for (const row of some) rows.push(row);
    // Even a malformed row has its key.
    const last = some.at(-1);
    if (!last || some.length < CHUNK) break;
    some = await log.getAll(IDBKeyRange.lowerBound(last.id, true), CHUNK);
  }
  return rows;
}

/** The last entry id; rows with an id above the maximum must not block new entries. */
async function lastIn(log: Pick<LogStore, 'openKeyCursor'>): Promise<number> {
  const numbers = IDBKeyRange.bound(0, MAX_ENTRY_ID);
  return (await log.openKeyCursor(numbers, 'prev'))?.key ?? 0;
}

function numberOf(kept: unknown): number {
  return isCount(kept, 0) && kept <= MAX_ENTRY_ID ? kept : 0;
}

function checkRising(entries: readonly LogEntryRow[]): void {
  let last = 0;
  for (const entry of entries) {
    if (!isLogEntryRow(entry) || entry.id <= last) {
      throw new AkinError('invalid-argument', 'The entries of a log are numbered, and rise.');
    }
    last = entry.id;
  }
}
