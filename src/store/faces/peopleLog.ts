import { AkinError } from '../../base/errors.ts';
import type { Connection } from '../database/connection.ts';
import { isCount } from '../database/rows.ts';
import type { LogEntryRow } from '../database/schema.ts';
import { isLogEntryRow, MAX_ENTRY_ID } from './faceRows.ts';

/** `conflict`: another tab has written entries since; nothing was changed. Read the log again. */
export type AppendAnswer =
  | { readonly outcome: 'appended' }
  /** `last` is the id of the log's last entry. */
  | { readonly outcome: 'conflict'; readonly last: number };

const CHUNK = 5_000;

/**
 * Under this name a number is kept up to which entries were taken out: it is not given again, as a page
 * may still offer to revert the entry that had it.
 */
const LAST_REMOVED = 'faces.last-removed-step';

/** What becomes of the rows of the log (by number, rising) when photos of these hashes are deleted. */
export type RewriteLog = (
  rows: readonly unknown[],
  hashes: ReadonlySet<string>,
) => { readonly changed: readonly LogEntryRow[]; readonly removed: readonly number[] };

/**
 * What the user has said of people, entry by entry. The store knows of an entry no more than its id, and
 * leaves alone what it does not know.
 */
export class PeopleLog {
  readonly #connection: Connection;

  constructor(connection: Connection) {
    this.#connection = connection;
  }

  /** All that is kept, entries or not, ascending keys. Whoever reads it checks it. */
  read(): Promise<readonly unknown[]> {
    return this.#connection.run(['peopleLog'], 'readonly', (tx) =>
      allRows(tx.objectStore('peopleLog')),
    );
  }

  /**
   * Adds entries at the end: all of them or none.
   *
   * @throws AkinError `invalid-argument` unless ids are positive integers that rise
   */
  async append(entries: readonly LogEntryRow[]): Promise<AppendAnswer> {
    checkRising(entries);
    return this.#connection.run(['peopleLog', 'meta'], 'readwrite', async (tx) => {
      const log = tx.objectStore('peopleLog');
      const removed = numberOf(await tx.objectStore('meta').get(LAST_REMOVED));
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

/** Rewrites the log within a transaction that the caller has open. */
export async function forgetEntries(
  {
    peopleLog,
    meta,
  }: {
    readonly peopleLog: LogStore;
    readonly meta: {
      get(name: string): Promise<unknown>;
      put(value: number, name: string): Promise<unknown>;
    };
  },
  rewrite: (rows: readonly unknown[]) => ReturnType<RewriteLog>,
): Promise<void> {
  const { changed, removed } = rewrite(await allRows(peopleLog));
  const last = Math.max(0, ...removed.slice(-1));
  if (last > 0 && last <= MAX_ENTRY_ID && last === (await lastIn(peopleLog))) {
    const before = numberOf(await meta.get(LAST_REMOVED));
    await meta.put(Math.max(before, last), LAST_REMOVED);
  }
  for (const entry of changed) await peopleLog.put(entry);
  for (const id of removed) await peopleLog.delete(id);
}

async function allRows(log: Pick<LogStore, 'getAll'>): Promise<readonly unknown[]> {
  const rows: unknown[] = [];
  let some = await log.getAll(null, CHUNK);
  while (some.length > 0) {
    for (const row of some) rows.push(row);
    // Whatever else a row is, it has its key.
    const last = some.at(-1);
    if (!last || some.length < CHUNK) break;
    some = await log.getAll(IDBKeyRange.lowerBound(last.id, true), CHUNK);
  }
  return rows;
}

/** The last number of an entry; what has a number beyond all entries must not be in the way of those to come. */
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
