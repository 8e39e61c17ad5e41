import type { Assertion } from './assertions.ts';

/** One action of the user: plain data, immutable. `A` is what it may assert. */
export type LogEntry<A = Assertion> = { readonly id: number; readonly at: number } & (
  | { readonly assertions: readonly A[] }
  /** Reverts the entry with this id, which may be a revert itself. */
  | { readonly reverts: number }
);

/** The user's history, oldest first. Ids are ascending. */
export type Log<A = Assertion> = readonly LogEntry<A>[];
