import type { Assertion } from './assertions.ts';

/** What the user did at once: plain data, never changed again. */
export type LogEntry = { readonly id: number; readonly at: number } & (
  | { readonly assertions: readonly Assertion[] }
  /** Reverts the entry of this id, which may itself be one that reverts. */
  | { readonly reverts: number }
);
