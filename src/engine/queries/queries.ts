import type { GroupBy, StoredQuery, StoredTerm } from '../../protocol/index.ts';
import type { AskLibrary } from '../faces/faces.ts';
import type { Observable } from '../observable.ts';

/**
 * Queries kept on this device: the latest ones, and those that the user saved with a name. Terms are
 * plain data, without pictures that aren't in the library. Methods reject with an `AkinError`.
 */
export interface QueriesApi {
  /** Incremented whenever they change, in any tab. */
  readonly version: Observable<number>;
  /** Newest first. */
  list(): Promise<readonly StoredQuery[]>;
  /** Keeps a query as the latest recent one; of these, twenty are kept. */
  remember(terms: readonly StoredTerm[]): Promise<void>;
  /** @throws AkinError `invalid-argument` for an empty name or invalid terms */
  save(name: string, terms: readonly StoredTerm[], groupBy?: GroupBy): Promise<StoredQuery>;
  /** @throws AkinError `not-found` */
  rename(id: string, name: string): Promise<StoredQuery>;
  /** Removes queries, all recent ones without `ids`, and returns them. */
  remove(ids?: readonly string[]): Promise<readonly StoredQuery[]>;
  /** Puts removed queries back. */
  restore(queries: readonly StoredQuery[]): Promise<void>;
}

export function createQueries(ask: AskLibrary, version: Observable<number>): QueriesApi {
  return {
    version,
    list: () => ask('storedQueries', []),
    remember: (terms) => ask('rememberQuery', [terms]),
    save: (name, terms, groupBy) => ask('saveQuery', [name, terms, groupBy]),
    rename: (id, name) => ask('renameQuery', [id, name]),
    remove: (ids) => ask('removeQueries', [ids ?? null]),
    restore: (queries) => ask('restoreQueries', [queries]),
  };
}
