import type { Assertion } from './assertions.ts';

/** One action of the user: plain data, immutable. */
export type LogEntry = { readonly id: number; readonly at: number } & (
  | { readonly assertions: readonly Assertion[] }
  /** Reverts the entry with this id, which may be a revert itself. */
  | { readonly reverts: number }
);
