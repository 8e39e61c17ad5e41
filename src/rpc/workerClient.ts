import * as Comlink from 'comlink';
import { AkinError, errorOf } from '../base/errors.ts';
import type { CallId, Result, Served } from '../protocol/index.ts';
import { trustOwnScripts } from './trustedScripts.ts';

export type Args<M> = M extends (...args: infer A) => unknown ? A : never;
export type Value<M> = M extends (...args: never[]) => infer R ? Awaited<R> : never;

/** A new worker that has nothing to do answers long before this, in milliseconds. */
const ANSWER_MS = 10_000;

/** Every worker serves this beside its contract: see `serve.ts`. */
interface Lifeline {
  livenessLock(): Promise<string>;
}

interface Running<Contract> {
  readonly worker: Worker;
  readonly remote: Comlink.Remote<Served<Contract> & Lifeline>;
  /** Resolves once the worker has been introduced to its neighbours. */
  readonly introduced: Promise<void>;
  readonly ended: AbortController;
}

export interface WorkerClientOptions<Contract> {
  /** Named in the message when it dies. */
  readonly name: string;
  readonly spawn: () => Worker;
  /** Runs first in each new worker, before any other call reaches it. */
  readonly introduce: (client: WorkerClient<Contract>) => Promise<void>;
  readonly onDeath: () => void;
  /** Milliseconds without a pending call after which the worker is let go; absent: never. */
  readonly idleMs?: number;
}

/**
 * One worker from the page's side: started at the first call, restarted at the next call after a
 * death, let go when idle. A death rejects all that is pending, which Comlink alone never does.
 */
export class WorkerClient<Contract> {
  readonly #options: WorkerClientOptions<Contract>;
  #running: Running<Contract> | null = null;
  #nextCallId: CallId = 1;
  #pending = 0;
  #idleTimer: ReturnType<typeof setTimeout> | undefined;

  constructor(options: WorkerClientOptions<Contract>) {
    this.#options = options;
    trustOwnScripts();
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
    const running = this.#ensure();
    await running.introduced;
    return this.#invoke(running, method, args, options);
  }

  /** A call that `introduce` makes, before the others are let through. */
  async first<K extends keyof Contract & string>(
    method: K,
    args: Args<Contract[K]>,
    transfer: Transferable[] = [],
  ): Promise<Value<Contract[K]>> {
    return this.#invoke(this.#ensure(), method, args, { transfer });
  }

  /** Lets the worker go; a later call starts a new one. Pending calls reject. */
  stop(): void {
    this.#end(this.#running, false);
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
        // Comlink looks transferables up by the argument they hang on.
        if (transfer) for (const item of transfer) Comlink.transfer(item as object, [item]);
        send(...all).then(resolve, (thrown: unknown) =>
          reject(new AkinError('internal', String(thrown), { cause: thrown })),
        );
      });
      if (!result.ok) {
        // Whatever it says from now on is worth nothing: the next call starts another.
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
    // A worker that could not be introduced is of no use: the next call starts another.
    introduced.catch(() => this.#end(running, false));
    return running;
  }

  /**
   * A worker that closes itself or is killed for its memory raises no event. It holds a lock for as
   * long as it lives, so getting that lock is the news of its death.
   */
  async #watch(running: Running<Contract>, die: () => void): Promise<void> {
    const remote = running.remote as unknown as Lifeline;
    const name = await remote.livenessLock();
    const { held = [] } = await navigator.locks.query();
    // Once the browser has deleted an origin's storage, its pages share no locks with new workers: there
    // the lock is free for the asking, and says nothing of a worker that answers.
    if (
      !held.some((lock) => lock.name === name) &&
      (await isSoon(remote.livenessLock(), ANSWER_MS))
    )
      return;
    await navigator.locks
      .request(name, { signal: running.ended.signal }, die)
      .catch(() => {}); /* let go on purpose: no news */
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

/** Whether something happens within so many milliseconds. */
function isSoon(happening: Promise<unknown>, ms: number): Promise<boolean> {
  return new Promise((resolve) => {
    const timer = setTimeout(() => resolve(false), ms);
    void happening.then(() => {
      clearTimeout(timer);
      resolve(true);
    });
  });
}
