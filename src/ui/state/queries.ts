import { isRecord } from '../../engine/index.ts';
import { type GroupBy, isGroupBy } from '../pure/query/group-by.ts';
import { readSaved, saved } from '../pure/query/saved-terms.ts';
import type { PageTerm } from '../pure/query/terms.ts';

const STORED = 'akin-queries';
/** Queries kept for Back and Forward. */
const MOST = 50;

type Storage = Pick<globalThis.Storage, 'getItem' | 'setItem'>;

interface KeptQuery {
  readonly terms: readonly PageTerm[];
  readonly groupBy: GroupBy;
}

const NOTHING: KeptQuery = { terms: [], groupBy: 'photo' };

/**
 * The queries of this tab, by opaque keys that may stand in a URL. They survive a reload, except for
 * pictures that are not in the library: those are never stored.
 */
export class Queries {
  readonly #storage: Storage;
  readonly #onKept: (terms: readonly PageTerm[]) => void;
  /** In order of use, the latest last. */
  readonly #queries = new Map<string, KeptQuery>();

  /** @param onKept called with the terms of each new query */
  constructor(
    storage: Storage = sessionStorage,
    onKept: (terms: readonly PageTerm[]) => void = () => {},
  ) {
    this.#storage = storage;
    this.#onKept = onKept;
    for (const [key, query] of read(storage)) this.#queries.set(key, query);
  }

  /** The terms of a query; none for an unknown key. */
  get(key: string | undefined): readonly PageTerm[] {
    return this.#get(key).terms;
  }

  /** What its results are grouped by. */
  groupBy(key: string | undefined): GroupBy {
    return this.#get(key).groupBy;
  }

  /** Keeps a query and returns its key. */
  keep(terms: readonly PageTerm[], groupBy: GroupBy = 'photo'): string {
    const key = Array.from(crypto.getRandomValues(new Uint8Array(8)), (byte) =>
      byte.toString(16).padStart(2, '0'),
    ).join('');
    this.#queries.set(key, { terms, groupBy });
    const [oldest] = this.#queries.keys();
    if (this.#queries.size > MOST && oldest !== undefined) this.#queries.delete(oldest);
    this.#write();
    this.#onKept(terms);
    return key;
  }

  /** Forgets all queries, since everything was deleted. */
  clear(): void {
    this.#queries.clear();
    this.#write();
  }

  /** Takes people out of all queries, since all face data was deleted. */
  forgetPeople(): void {
    const isPerson = ({ kind }: PageTerm) => kind === 'person';
    const naming = [...this.#queries].filter(([, { terms }]) => terms.some(isPerson));
    if (naming.length === 0) return;
    for (const [key, query] of naming) {
      this.#queries.set(key, { ...query, terms: query.terms.filter((term) => !isPerson(term)) });
    }
    this.#write();
  }

  #get(key: string | undefined): KeptQuery {
    return (key !== undefined && this.#queries.get(key)) || NOTHING;
  }

  #write(): void {
    try {
      const entries = [...this.#queries].map(([key, { terms, groupBy }]) => [
        key,
        { terms: saved(terms), groupBy },
      ]);
      this.#storage.setItem(STORED, JSON.stringify(entries));
    } catch {
      // Full or forbidden: queries then don't survive a reload.
    }
  }
}

function read(storage: Storage): [string, KeptQuery][] {
  try {
    const stored: unknown = JSON.parse(storage.getItem(STORED) ?? '[]');
    if (!Array.isArray(stored)) return [];
    return stored.slice(-MOST).flatMap((entry: unknown) => {
      const [key, query] = Array.isArray(entry) ? (entry as unknown[]) : [];
      if (typeof key !== 'string' || !isRecord(query)) return [];
      const { terms, groupBy } = query;
      return [[key, { terms: readSaved(terms), groupBy: isGroupBy(groupBy) ? groupBy : 'photo' }]];
    });
  } catch {
    return [];
  }
}
