import type { StoredTerm as AnyStoredTerm } from '../base/queries/storedTerms.ts';
import type { PhotoFilter } from '../query/index.ts';
import type { GroupBy } from './query.ts';

export type { Mark } from '../base/queries/storedTerms.ts';

/** A term of a query as plain data. */
export type StoredTerm = AnyStoredTerm<PhotoFilter>;

/** A query that was kept on this device: a recent one, or one that the user saved with a name. */
export interface StoredQuery {
  readonly id: string;
  /** `null` for a recent one. */
  readonly name: string | null;
  readonly terms: readonly StoredTerm[];
  /** What its results are grouped by; photos if omitted. */
  readonly groupBy?: GroupBy;
  /** When it was last used or saved, in milliseconds since 1970. */
  readonly at: number;
}

/** Recent and saved queries, served by the `library` worker. */
export interface StoredQueriesContract {
  /** Newest first. */
  storedQueries(): readonly StoredQuery[];
  /** Keeps a query as the latest recent one. */
  rememberQuery(terms: readonly StoredTerm[]): void;
  saveQuery(name: string, terms: readonly StoredTerm[], groupBy?: GroupBy): StoredQuery;
  renameQuery(id: string, name: string): StoredQuery;
  /** Removes queries, `null` for all recent ones, and returns them. */
  removeQueries(ids: readonly string[] | null): readonly StoredQuery[];
  /** Puts removed queries back. */
  restoreQueries(queries: readonly StoredQuery[]): void;
}
