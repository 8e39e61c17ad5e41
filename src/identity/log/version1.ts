import type { Assertion } from './assertions.ts';
import type { LogEntry } from './logEntry.ts';

// Entry and assertion names of version 1. The library has always stored its log under them and
// still does: names are mapped on read and write, so stored data needs no migration, and a tab that
// runs an earlier version can read new entries. Exported files used these names until version 2,
// and stay readable.
//
// | version 1 | now |
// | --- | --- |
// | `words` of an entry | `assertions` |
// | `undo` of an entry | `reverts` |
// | `group`, `is`, `isNot` | `labelCluster`, `labelFace`, `exclude` |
// | `same`, `different`, `apart` | `mustLink`, `cannotLink`, `distinct` |
//
// All other names are the same in both. No name has two meanings, so each entry identifies its own
// version.

/** An entry as stored in the library. */
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

/** Converts an entry to version 1 names, for storage. */
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
 * Maps a possible version 1 entry to current names; returns any other value unchanged. Doesn't
 * validate the contents: see `readEntry`.
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
