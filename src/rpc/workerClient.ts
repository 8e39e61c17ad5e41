import * as Comlink from 'comlink';
import { AkinError, errorOf } from '../base/errors.ts';
import type { CallId, Result, Served } from '../protocol/index.ts';
import { trustOwnScripts } from './trustedScripts.ts';

export type Args<M> = M extends (...args: infer A) => unknown ? A : never;
export type Value<M> = M extends (...args: never[]) => infer R ? Awaited<R> : never;

/** Timeout in milliseconds; a new, idle worker answers much faster. */
const ANSWER_MS = 10_000;

/** Served by every worker beside its contract: see `serve.ts`. */
interface Lifeline {
  livenessLock(): Promise<string>;
}

interface Running<Contract> {
  readonly worker: Worker;
  readonly remote: Comlink.Remote<Served<Contract> & Lifeline>;
  /** Resolves once `introduce` has connected the worker to its neighbors. */
  readonly introduced: Promise<void>;
  readonly ended: AbortController;
}

export interface WorkerClientOptions<Contract> {
  /** Worker name, for the error message when it dies. */
  readonly name: string;
  readonly spawn: () => Worker;
  /** Runs first in each new worker, before any other call reaches it. */
  readonly introduce: (client: WorkerClient<Contract>) => Promise<void>;
  readonly onDeath: () => void;
  /** Milliseconds without a pending call before the worker is terminated; omitted: never. */
  readonly idleMs?: number;
}

/**
 * One worker from the page's side: started at the first call, restarted at the next call after a
 * crash, terminated when idle. A crash rejects all pending calls, which Comlink alone never does.
 */
export class WorkerClient<Contract> {
  readonly #options: WorkerClientOptions<Contract>;
  #running: Running<Contract> | null = null;
  #nextCallId: CallId = 1;
  #pending = 0;
  #pageLeft = false;
  #idleTimer: ReturnType<typeof setTimeout> | undefined;

  constructor(options: WorkerClientOptions<Contract>) {
    this.#options = options;
    trustOwnScripts();
    addEventListener('pagehide', (event) => {
      if ((event as Event & { readonly persisted: boolean }).persisted) this.#leave();
    });
  }

  get isRunning(): boolean {
    return this.#running !== null;
  }

  /**
   * Calls one method of the contract.
   *
   * @throws AkinError with the worker's code, `aborted` when `signal` fires, or `worker-died`
   */
  async call<K extends keyof Contract & string>(
    method: K,
    args: Args<Contract[K]>,
    options: { signal?: AbortSignal | undefined; transfer?: Transferable[] } = {},
  ): Promise<Value<Contract[K]>> {
    if (this.#pageLeft) return new Promise<never>(() => {});
    const running = this.#ensure();
    await running.introduced;
    return this.#invoke(running, method, args, options);
  }

  /** Makes a call from `introduce`, before other calls are let through. */
  async first<K extends keyof Contract & string>(
    method: K,
    args: Args<Contract[K]>,
    transfer: Transferable[] = [],
  ): Promise<Value<Contract[K]>> {
    if (this.#pageLeft) return new Promise<never>(() => {});
    return this.#invoke(this.#ensure(), method, args, { transfer });
  }

  /** Terminates the worker and rejects pending calls; a later call starts a new one. */
  stop(): void {
    this.#end(this.#running, false);
  }

  /**
   * Terminates the worker because its page enters the back/forward cache. WebKit suspends the
   * workers of such pages, and a suspended worker keeps its locks and open transactions: every
   * other tab would wait for them. Calls never settle, so nothing restarts the worker; a page that
   * comes back reloads.
   */
  #leave(): void {
    this.#pageLeft = true;
    const running = this.#running;
    this.#running = null;
    clearTimeout(this.#idleTimer);
    running?.worker.terminate();
  }

  async #invoke<K extends keyof Contract & string>(
    running: Running<Contract>,
    method: K,
    args: Args<Contract[K]>,
    { signal, transfer }: { signal?: AbortSignal | undefined; transfer?: Transferable[] },
  ): Promise<Value<Contract[K]>> {
    if (signal?.aborted) throw new AkinError('aborted', 'Stopped.');
    const callId = this.#nextCallId++;
    const ended = running.ended.signal;
    this.#pending++;
    clearTimeout(this.#idleTimer);
    const forget = new AbortController();
    try {
      const result = await new Promise<Result<Value<Contract[K]>>>((resolve, reject) => {
        const died = () =>
          reject(new AkinError('worker-died', `Akin's ${this.#options.name} stopped working.`));
        if (ended.aborted) return died();
        ended.addEventListener('abort', died, { signal: forget.signal });
        signal?.addEventListener(
          'abort',
          () => {
            void (running.remote as unknown as { abort(id: CallId): Promise<void> }).abort(callId);
            reject(new AkinError('aborted', 'Stopped.'));
          },
          { signal: forget.signal },
        );
        const send = running.remote[method as keyof typeof running.remote] as unknown as (
          ...all: unknown[]
        ) => Promise<Result<Value<Contract[K]>>>;
        const all: unknown[] = [callId, ...args];
        // Comlink looks transferables up by the argument they are attached to.
        if (transfer) for (const item of transfer) Comlink.transfer(item as object, [item]);
        send(...all).then(resolve, (thrown: unknown) =>
          reject(new AkinError('internal', String(thrown), { cause: thrown })),
        );
      });
      if (!result.ok) {
        // Nothing this worker answers is usable any more: the next call starts another.
        if (result.code === 'not-configured') this.#end(running, true);
        throw errorOf(result);
      }
      return result.value;
    } finally {
      forget.abort();
      this.#pending--;
      this.#armIdle(running);
    }
  }

  #armIdle(running: Running<Contract>): void {
    const { idleMs } = this.#options;
    if (idleMs === undefined || this.#pending > 0 || running !== this.#running) return;
    clearTimeout(this.#idleTimer);
    this.#idleTimer = setTimeout(() => this.#end(running, false), idleMs);
  }

  #ensure(): Running<Contract> {
    if (this.#running) return this.#running;
    const worker = this.#options.spawn();
    const ended = new AbortController();
    const remote = Comlink.wrap<Served<Contract> & Lifeline>(worker);
    const introduced = Promise.resolve().then(() => this.#options.introduce(this));
    const running: Running<Contract> = { worker, remote, introduced, ended };
    this.#running = running;
    const die = () => this.#end(running, true);
    worker.addEventListener('error', die);
    worker.addEventListener('messageerror', die);
    void this.#watch(running, die);
    // A worker that failed its introduction is useless: the next call starts another.
    introduced.catch(() => this.#end(running, false));
    return running;
  }

  /**
   * A worker that closes itself or is killed for its memory raises no event. It holds a lock for
   * its lifetime, so acquiring that lock means it died.
   */
  async #watch(running: Running<Contract>, die: () => void): Promise<void> {
    const remote = running.remote as unknown as Lifeline;
    const name = await remote.livenessLock();
    const { held = [] } = await navigator.locks.query();
    // Once the browser has deleted an origin's storage, its pages no longer share locks with new
    // workers: the lock can then be acquired although the worker still answers.
    if (
      !held.some((lock) => lock.name === name) &&
      (await isSoon(remote.livenessLock(), ANSWER_MS))
    )
      return;
    await navigator.locks
      .request(name, { signal: running.ended.signal }, die)
      .catch(() => {}); /* terminated on purpose */
  }

  #end(running: Running<Contract> | null, died: boolean): void {
    if (!running || running !== this.#running) return;
    this.#running = null;
    clearTimeout(this.#idleTimer);
    running.ended.abort();
    running.worker.terminate();
    if (died) this.#options.onDeath();
  }
}

/** Whether a promise settles within `ms` milliseconds. */
function isSoon(happening: Promise<unknown>, ms: number): Promise<boolean> {
  return new Promise((resolve) => {
    const timer = setTimeout(() => resolve(false), ms);
    void happening.then(() => {
      clearTimeout(timer);
      resolve(true);
    });
  });
}
