import type { BackendName, EngineStatus, NetsContract } from '../../protocol/index.ts';
import type { Args, Value } from '../../rpc/workerClient.ts';

/** A worker of the nets, as far as the pool calls it. */
export interface NetsMember {
  readonly isRunning: boolean;
  call<K extends keyof NetsContract & string>(
    method: K,
    args: Args<NetsContract[K]>,
  ): Promise<Value<NetsContract[K]>>;
}

/** What any of them may do: pictures in, numbers out. */
type Work = 'embed' | 'faces' | 'drawnFace';

export interface NetsPoolOptions {
  /** Makes the client of one more worker, which starts at its first call. */
  readonly add: (place: number) => NetsMember;
  /** How many pay off on this backend. */
  readonly size: (backend: BackendName) => number;
}

interface Place {
  readonly member: NetsMember;
  pending: number;
}

/**
 * Workers of the nets: one at first, and one more whenever all are busy and more are worth it. Each lets
 * its worker go when it is idle, so after an import the pool shrinks by itself.
 */
export class NetsPool {
  readonly #options: NetsPoolOptions;
  readonly #places: Place[] = [];
  /** Unknown before the first answer: a GPU gets no second worker. */
  #backend: BackendName | null = null;

  constructor(options: NetsPoolOptions) {
    this.#options = options;
    this.#add();
  }

  get isRunning(): boolean {
    return this.#places.some(({ member }) => member.isRunning);
  }

  /** How many workers there were at most. */
  get workers(): number {
    return this.#places.length;
  }

  /** How many workers may compute at the same time. */
  get width(): number {
    return this.#backend === null ? 1 : this.#options.size(this.#backend);
  }

  /** Has the least busy worker do it. @throws AkinError as the worker's client does */
  async work<K extends Work>(
    method: K,
    args: Args<NetsContract[K]>,
  ): Promise<Value<NetsContract[K]>> {
    const place = this.#leastBusy();
    place.pending++;
    try {
      const output = await place.member.call(method, args);
      this.#backend = (output as { readonly status: EngineStatus }).status.backend ?? this.#backend;
      return output;
    } finally {
      place.pending--;
    }
  }

  /** What the first worker runs on: the others are like it. */
  report(): Promise<Value<NetsContract['report']>> {
    return this.#places[0]!.member.call('report', []);
  }

  /** Changes the backend of all workers. Those that do not run read the choice when they start. */
  async choose(choice: BackendName | 'auto'): Promise<Value<NetsContract['choose']>> {
    this.#backend = null;
    const [first, ...others] = this.#places.map(({ member }) => member);
    const running = others.filter(({ isRunning }) => isRunning);
    // Each falls back by itself where the choice does not run; what counts is what the first says.
    const told = running.map((member) => member.call('choose', [choice]).catch(() => {}));
    const report = await first!.call('choose', [choice]);
    await Promise.all(told);
    return report;
  }

  /** Lets the nets of faces go in all workers that may hold them. */
  async forgetFaces(): Promise<void> {
    const running = this.#places.map(({ member }) => member).filter(({ isRunning }) => isRunning);
    // One that has died holds none.
    await Promise.all(running.map((member) => member.call('forgetFaces', []).catch(() => {})));
  }

  #leastBusy(): Place {
    const usable = this.#places.slice(0, this.width);
    let least = usable[0]!;
    for (const place of usable) if (place.pending < least.pending) least = place;
    return least.pending > 0 && usable.length < this.width ? this.#add() : least;
  }

  #add(): Place {
    const place = { member: this.#options.add(this.#places.length), pending: 0 };
    this.#places.push(place);
    return place;
  }
}
