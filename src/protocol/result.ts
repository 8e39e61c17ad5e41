import type { ErrorReport } from '../base/errors.ts';

/** What crosses a worker's boundary instead of an exception: errors lose their class and code there. */
export interface Failure extends ErrorReport {
  readonly ok: false;
}

export type Result<T> = { readonly ok: true; readonly value: T } | Failure;

/** Names one call, so that `abort` can stop it. Unique within one client of one worker. */
export type CallId = number;

type Method = (...args: never[]) => unknown;
type Args<M> = M extends (...args: infer A) => unknown ? A : never;
type Value<M> = M extends (...args: never[]) => infer R ? Awaited<R> : never;

/** A contract as its caller sees it: a call id first, a tagged result back, never a rejection. */
export type Served<Contract> = {
  [K in keyof Contract]: Contract[K] extends Method
    ? (callId: CallId, ...args: Args<Contract[K]>) => Promise<Result<Value<Contract[K]>>>
    : never;
} & {
  /** Asks a running call to stop; it then answers with the code `aborted`. */
  abort(callId: CallId): void;
};

/** A contract as its worker implements it: an abort signal first, plain values or throws. */
export type Handlers<Contract> = {
  [K in keyof Contract]: Contract[K] extends Method
    ? (
        signal: AbortSignal,
        ...args: Args<Contract[K]>
      ) => Value<Contract[K]> | Promise<Value<Contract[K]>>
    : never;
};
