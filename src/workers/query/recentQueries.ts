import { type StoredTerm, storedTermKey } from '../../base/queries/storedTerms.ts';

/** Recent queries that are kept. */
export const MOST_RECENT = 20;
/** A change within this time, in milliseconds, goes on with the same search. */
const SAME_SEARCH_MS = 10 * 60_000;

interface Recent {
  readonly id: string;
  readonly at: number;
  readonly terms: readonly StoredTerm[];
}

/**
 * Whether a query becomes the latest recent one, and which of the others it takes the place of: the
 * same one from earlier, the one that it refines, and the oldest beyond the limit. Who takes terms
 * away one by one on the way to another search doesn't search for what is left.
 *
 * @param recent newest first
 */
export function keepRecent(
  terms: readonly StoredTerm[],
  at: number,
  recent: readonly Recent[],
): { readonly keep: boolean; readonly remove: readonly string[] } {
  const keys = keysOf(terms);
  const [latest] = recent;
  const follows = latest !== undefined && Math.abs(at - latest.at) < SAME_SEARCH_MS;
  const latestKeys = latest ? keysOf(latest.terms) : new Set<string>();
  if (follows && keys.size < latestKeys.size && isWithin(keys, latestKeys)) {
    return { keep: false, remove: [] };
  }
  const left = recent.filter((each, i) => {
    const others = keysOf(each.terms);
    if (!isWithin(others, keys)) return true;
    return others.size < keys.size && !(i === 0 && follows);
  });
  const kept = new Set(left.slice(0, MOST_RECENT - 1));
  return { keep: true, remove: recent.filter((each) => !kept.has(each)).map(({ id }) => id) };
}

function keysOf(terms: readonly StoredTerm[]): ReadonlySet<string> {
  return new Set(terms.map(storedTermKey));
}

function isWithin(some: ReadonlySet<string>, all: ReadonlySet<string>): boolean {
  for (const key of some) if (!all.has(key)) return false;
  return true;
}
