import * as Comlink from 'comlink';
import { AkinError, errorReport } from '../base/errors.ts';
import type { CallId, Handlers, Result, Served } from '../protocol/index.ts';
import { trustOwnScripts } from './trustedScripts.ts';

const transfers = new WeakMap<object, Transferable[]>();

/** Marks the parts of a result to transfer instead of copy. */
export function transferring<T extends object>(value: T, list: Transferable[]): T {
  transfers.set(value, list);
  return value;
}

type AnyHandler = (signal: AbortSignal, ...args: unknown[]) => unknown;

/**
 * Wraps a contract's handlers for the wire: gives every call an abort signal by its id and tags
 * every result, since a thrown error would lose its code.
 */
export function served<Contract>(handlers: Handlers<Contract>): Served<Contract> {
  const running = new Map<CallId, AbortController>();
  const methods: Record<string, unknown> = {
    abort(callId: CallId) {
      running.get(callId)?.abort(new AkinError('aborted', 'Stopped.'));
    },
  };
  for (const [name, handler] of Object.entries(handlers) as [string, AnyHandler][]) {
    methods[name] = async (callId: CallId, ...args: unknown[]): Promise<Result<unknown>> => {
      const controller = new AbortController();
      running.set(callId, controller);
      try {
        const value = await handler(controller.signal, ...args);
        const list = typeof value === 'object' && value !== null ? transfers.get(value) : undefined;
        const result: Result<unknown> = { ok: true, value };
        return list ? Comlink.transfer(result, list) : result;
      } catch (thrown) {
        return { ok: false, ...errorReport(thrown) };
      } finally {
        running.delete(callId);
      }
    };
  }
  return methods as Served<Contract>;
}

/**
 * Exposes a contract to the page, along with the lock by which the page detects this worker's
 * death. The worker may start workers of its own.
 */
export function expose<Contract>(handlers: Handlers<Contract>): void {
  trustOwnScripts();
  const lock = `akin-worker-${crypto.randomUUID()}`;
  const held = new Promise<string>((resolve) => {
    void navigator.locks.request(lock, () => {
      resolve(lock);
      return new Promise<never>(() => {});
    });
  });
  Comlink.expose({ ...served(handlers), livenessLock: () => held });
}
