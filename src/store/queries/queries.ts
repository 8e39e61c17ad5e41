import { isStoredTerm } from '../../base/queries/storedTerms.ts';
import type { Connection } from '../database/connection.ts';
import { isCount, isObject } from '../database/rows.ts';
import type { QueryRow } from '../database/schema.ts';

/** What to do to the stored queries. */
export interface QueryChange<T> {
  readonly put: readonly QueryRow[];
  readonly remove: readonly string[];
  readonly result: T;
}

export function isQueryRow(value: unknown): value is QueryRow {
  return (
    isObject(value) &&
    typeof value.id === 'string' &&
    isCount(value.at, 0) &&
    (value.name === undefined || typeof value.name === 'string')
  );
}

/** Recent and saved queries. Malformed rows are skipped, and stay. */
export class Queries {
  readonly #connection: Connection;

  constructor(connection: Connection) {
    this.#connection = connection;
  }

  /** Newest first. */
  all(): Promise<readonly QueryRow[]> {
    return this.#connection.run(['queries'], 'readonly', async (tx) =>
      newestFirst(await tx.objectStore('queries').getAll()),
    );
  }

  /**
   * Changes the queries in one transaction, so that two tabs don't undo each other's changes.
   *
   * @param change gets the queries, newest first
   */
  update<T>(change: (rows: readonly QueryRow[]) => QueryChange<T>): Promise<T> {
    return this.#connection.run(['queries'], 'readwrite', async (tx) => {
      const queries = tx.objectStore('queries');
      const { put, remove, result } = change(newestFirst(await queries.getAll()));
      for (const id of remove) await queries.delete(id);
      for (const row of put) await queries.put(row);
      return result;
    });
  }
}

function newestFirst(rows: readonly unknown[]): QueryRow[] {
  return rows.filter(isQueryRow).sort((a, b) => b.at - a.at || (a.id < b.id ? -1 : 1));
}

/**
 * A query after all face data was erased, with the names of people in it: a saved one loses these
 * terms, and `null` means that nothing is left of it. A recent one is removed.
 */
export function withoutPeople(row: QueryRow): QueryRow | null {
  if (!Array.isArray(row.terms)) return row;
  const terms = row.terms.filter((term) => !isAboutPerson(term));
  if (terms.length === row.terms.length) return row;
  return row.name === undefined || terms.length === 0 ? null : { ...row, terms };
}

function isAboutPerson(term: unknown): boolean {
  // A person in a form that this version doesn't know may have a name in it, too.
  return isObject(term) && (term.kind === 'person' || !isStoredTerm(term));
}
