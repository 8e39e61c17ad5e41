import { AkinError } from '../../base/errors.ts';
import { isRecord } from '../../base/isRecord.ts';
import { readStoredTerms } from '../../base/queries/storedTerms.ts';
import {
  type AkinEvent,
  GROUPS,
  type GroupBy,
  type Handlers,
  type StoredQueriesContract,
  type StoredQuery,
  type StoredTerm,
} from '../../protocol/index.ts';
import { checkFilter } from '../../query/index.ts';
import type { QueryRow, Store } from '../../store/index.ts';
import { keepRecent } from './recentQueries.ts';

const LONGEST_NAME = 200;
/** Far more than anyone saves by hand. */
const MOST_SAVED = 1_000;

interface StoredQueryOptions {
  readonly store: () => Promise<Pick<Store, 'queries'>>;
  readonly broadcast: (event: AkinEvent) => void;
  readonly now?: () => number;
}

/** Keeps recent queries, and those that the user saves. */
export function storedQueryHandlers({
  store,
  broadcast,
  now = Date.now,
}: StoredQueryOptions): Handlers<StoredQueriesContract> {
  const queries = async () => (await store()).queries;
  const changed = <T>(result: T): T => {
    broadcast({ type: 'queries' });
    return result;
  };
  return {
    storedQueries: async () =>
      (await (await queries()).all()).flatMap((row) => readQuery(row) ?? []),
    async rememberQuery(_signal, terms) {
      const row = { id: newId(), at: now(), terms: checkedTerms(terms) };
      await (await queries()).update((rows) => {
        const recent = rows.flatMap((each) => {
          const query = readQuery(each);
          return query && query.name === null ? query : [];
        });
        const { keep, remove } = keepRecent(row.terms, row.at, recent);
        return { put: keep ? [row] : [], remove, result: undefined };
      });
      changed(undefined);
    },
    async saveQuery(_signal, name, terms, groupBy) {
      const row = {
        ...{ id: newId(), name: checkedName(name), at: now(), terms: checkedTerms(terms) },
        ...grouping(groupBy),
      };
      await (await queries()).update((rows) => {
        if (rows.filter((each) => each.name !== undefined).length >= MOST_SAVED) {
          throw new AkinError('invalid-argument', `At most ${MOST_SAVED} searches can be saved.`);
        }
        return { put: [row], remove: [], result: undefined };
      });
      return changed(row);
    },
    async renameQuery(_signal, id, name) {
      const checked = checkedName(name);
      const renamed = await (await queries()).update((rows) => {
        const row = rows.find((each) => each.id === id);
        const query = row && readQuery(row);
        if (!query || query.name === null) throw notFound();
        const put = { ...query, name: checked };
        return { put: [put], remove: [], result: put };
      });
      return changed(renamed);
    },
    async removeQueries(_signal, ids) {
      const removed = await (await queries()).update((rows) => {
        const gone = rows.filter((row) =>
          ids === null ? row.name === undefined : ids.includes(row.id),
        );
        return {
          put: [],
          remove: gone.map(({ id }) => id),
          result: gone.flatMap((row) => readQuery(row) ?? []),
        };
      });
      return changed(removed);
    },
    async restoreQueries(_signal, restored) {
      const put = restored.map((query) => {
        const read = readQuery(isRecord(query) ? rowOf(query) : query);
        if (!read) throw new AkinError('invalid-argument', 'This is not a stored query.');
        return rowOf(read);
      });
      await (await queries()).update(() => ({ put, remove: [], result: undefined }));
      changed(undefined);
    },
  };
}

function rowOf({ id, name, at, terms, groupBy }: StoredQuery): QueryRow {
  return { id, at, terms, ...(name !== null && { name }), ...grouping(groupBy) };
}

/** What results are grouped by, unless it is unknown or the default. */
function grouping(value: unknown): { readonly groupBy?: GroupBy } {
  const groupBy = GROUPS.find((each) => each === value);
  return groupBy === undefined || groupBy === 'photo' ? {} : { groupBy };
}

/** `null` if it is not one that this version understands. */
function readQuery(row: unknown): StoredQuery | null {
  if (!isRecord(row)) return null;
  const { id, name, at } = row;
  const terms = readTerms(row.terms);
  if (!terms || typeof id !== 'string' || id === '' || id.length > LONGEST_NAME) return null;
  if (!Number.isSafeInteger(at) || (name !== undefined && !isName(name))) return null;
  return { id, name: name ?? null, at: at as number, terms, ...grouping(row.groupBy) };
}

function readTerms(value: unknown): readonly StoredTerm[] | null {
  const terms = readStoredTerms(value);
  if (!terms) return null;
  try {
    for (const term of terms) if (term.kind === 'filter') checkFilter(term.filter as never);
  } catch {
    return null;
  }
  return terms as readonly StoredTerm[];
}

/** @throws AkinError `invalid-argument` */
function checkedTerms(value: unknown): readonly StoredTerm[] {
  const terms = readTerms(value);
  if (terms) return terms;
  throw new AkinError('invalid-argument', 'These terms can’t be stored.');
}

const isName = (value: unknown): value is string =>
  typeof value === 'string' && value.trim() !== '' && value.length <= LONGEST_NAME;

/** @throws AkinError `invalid-argument` */
function checkedName(name: unknown): string {
  if (isName(name)) return name.trim();
  throw new AkinError('invalid-argument', 'A saved search has a name of at most 200 characters.');
}

function notFound(): AkinError {
  return new AkinError('not-found', 'This search is not here any more.', {
    details: { reason: 'query' },
  });
}

function newId(): string {
  return Array.from(crypto.getRandomValues(new Uint8Array(8)), (byte) =>
    byte.toString(16).padStart(2, '0'),
  ).join('');
}
