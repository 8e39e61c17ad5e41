import type { ErrorReport } from '../base/errors.ts';

/** Crosses the worker boundary in place of an exception, which would lose its class and code. */
export interface Failure extends ErrorReport {
  readonly ok: false;
}

export type Result<T> = { readonly ok: true; readonly value: T } | Failure;

/** Identifies a call for `abort`. Unique per client and worker. */
export type CallId = number;

type Method = (...args: never[]) => unknown;
type Args<M> = M extends (...args: infer A) => unknown ? A : never;
type Value<M> = M extends (...args: never[]) => infer R ? Awaited<R> : never;

/**
 * A contract as its caller sees it: takes a call id first, returns a tagged result, never rejects.
 */
export type Served<Contract> = {
  [K in keyof Contract]: Contract[K] extends Method
    ? (callId: CallId, ...args: Args<Contract[K]>) => Promise<Result<Value<Contract[K]>>>
    : never;
} & {
  /** Asks a running call to stop; it then fails with the code `aborted`. */
  abort(callId: CallId): void;
};

/**
 * A contract as its worker implements it: takes an abort signal first, returns plain values or
 * throws.
 */
export type Handlers<Contract> = {
  [K in keyof Contract]: Contract[K] extends Method
    ? (
        signal: AbortSignal,
        ...args: Args<Contract[K]>
      ) => Value<Contract[K]> | Promise<Value<Contract[K]>>
    : never;
};
