import { readSaved, saved } from '../pure/query/saved-terms.ts';
import type { PageTerm } from '../pure/query/terms.ts';

const STORED = 'akin-queries';
/** Queries kept for Back and Forward. */
const MOST = 50;

type Storage = Pick<globalThis.Storage, 'getItem' | 'setItem'>;

/**
 * The queries of this tab, by opaque keys that may stand in a URL. They survive a reload, except for
 * pictures that are not in the library: those are never stored.
 */
export class Queries {
  readonly #storage: Storage;
  /** In order of use, the latest last. */
  readonly #terms = new Map<string, readonly PageTerm[]>();

  constructor(storage: Storage = sessionStorage) {
    this.#storage = storage;
    for (const [key, terms] of read(storage)) this.#terms.set(key, terms);
  }

  /** The terms of a query; none for an unknown key. */
  get(key: string | undefined): readonly PageTerm[] {
    return (key !== undefined && this.#terms.get(key)) || [];
  }

  /** Keeps a query and returns its key. */
  keep(terms: readonly PageTerm[]): string {
    const key = Array.from(crypto.getRandomValues(new Uint8Array(8)), (byte) =>
      byte.toString(16).padStart(2, '0'),
    ).join('');
    this.#terms.set(key, terms);
    const [oldest] = this.#terms.keys();
    if (this.#terms.size > MOST && oldest !== undefined) this.#terms.delete(oldest);
    this.#write();
    return key;
  }

  /** Forgets all queries, since everything was deleted. */
  clear(): void {
    this.#terms.clear();
    this.#write();
  }

  #write(): void {
    try {
      const entries = [...this.#terms].map(([key, terms]) => [key, saved(terms)]);
      this.#storage.setItem(STORED, JSON.stringify(entries));
    } catch {
      // Full or forbidden: queries then don't survive a reload.
    }
  }
}

function read(storage: Storage): [string, readonly PageTerm[]][] {
  try {
    const stored: unknown = JSON.parse(storage.getItem(STORED) ?? '[]');
    if (!Array.isArray(stored)) return [];
    return stored.slice(-MOST).flatMap((entry: unknown) => {
      const [key, terms] = Array.isArray(entry) ? (entry as unknown[]) : [];
      return typeof key === 'string' ? [[key, readSaved(terms)]] : [];
    });
  } catch {
    return [];
  }
}
