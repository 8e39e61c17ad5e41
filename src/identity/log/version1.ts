import type { Assertion } from './assertions.ts';
import type { LogEntry } from './logEntry.ts';

// The names that version 1 gave to entries and assertions. The library has kept its log under them
// from the start and goes on doing so: an entry changes its names where it is read or written, so
// nothing that is stored has to be rewritten, and a tab that still runs an earlier version can read
// what this one adds. Exported files had these names too until version 2, and are read for good.
//
// | version 1 | now |
// | --- | --- |
// | `words` of an entry | `assertions` |
// | `undo` of an entry | `reverts` |
// | `group`, `is`, `isNot` | `labelCluster`, `labelFace`, `exclude` |
// | `same`, `different`, `apart` | `mustLink`, `cannotLink`, `distinct` |
//
// All other names are the same in both. No name means one thing here and another there, so each entry
// tells which version it is of.

/** An entry as the library keeps it. */
export type Version1Entry = { readonly id: number; readonly at: number } & (
  | { readonly words: readonly { readonly kind: string }[] }
  | { readonly undo: number }
);

const KINDS: readonly (readonly [string, Assertion['kind']])[] = [
  ['group', 'labelCluster'],
  ['is', 'labelFace'],
  ['isNot', 'exclude'],
  ['same', 'mustLink'],
  ['different', 'cannotLink'],
  ['apart', 'distinct'],
];
const NOW = new Map<unknown, string>(KINDS);
const THEN = new Map<string, string>(KINDS.map(([then, now]) => [now, then]));

/** The entry as version 1 names it, to be stored. */
export function toVersion1(entry: LogEntry): Version1Entry {
  if ('reverts' in entry) {
    const { reverts, ...rest } = entry;
    return { ...rest, undo: reverts };
  }
  const { assertions, ...rest } = entry;
  const words = assertions.map((each) => ({ ...each, kind: THEN.get(each.kind) ?? each.kind }));
  return { ...rest, words };
}

/**
 * A value that may be an entry of version 1, with the names of now; any other value as it is. What it
 * holds is not checked: see `readEntry`.
 */
export function fromVersion1(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value;
  const { words, undo, ...rest } = value as Record<string, unknown>;
  if (words === undefined && undo === undefined) return value;
  return {
    ...rest,
    ...(words !== undefined && { assertions: Array.isArray(words) ? words.map(renamed) : words }),
    ...(undo !== undefined && { reverts: undo }),
  };
}

function renamed(word: unknown): unknown {
  if (typeof word !== 'object' || word === null || !('kind' in word)) return word;
  const kind = NOW.get(word.kind);
  return kind === undefined ? word : { ...word, kind };
}
