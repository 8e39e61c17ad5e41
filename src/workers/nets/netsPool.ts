import type { BackendName, EngineStatus, NetsContract } from '../../protocol/index.ts';
import type { Args, Value } from '../../rpc/workerClient.ts';

/** An inference worker, as far as the pool calls it. */
export interface NetsMember {
  readonly isRunning: boolean;
  call<K extends keyof NetsContract & string>(
    method: K,
    args: Args<NetsContract[K]>,
  ): Promise<Value<NetsContract[K]>>;
}

/** Work any member can do: pictures in, numbers out. */
type Work = 'embed' | 'explain' | 'layers' | 'faces' | 'drawnFace';

export interface NetsPoolOptions {
  /** Creates the client of one more worker, which starts at its first call. */
  readonly add: (place: number) => NetsMember;
  /** Number of workers that pays off on a backend. */
  readonly size: (backend: BackendName) => number;
}

interface Place {
  readonly member: NetsMember;
  pending: number;
}

/**
 * A pool of inference workers: one at first, and another whenever all are busy and more pay off.
 * Idle workers terminate themselves, so the pool shrinks after an import.
 */
export class NetsPool {
  readonly #options: NetsPoolOptions;
  readonly #places: Place[] = [];
  /** Unknown before the first answer, since a GPU gets no second worker. */
  #backend: BackendName | null = null;

  constructor(options: NetsPoolOptions) {
    this.#options = options;
    this.#add();
  }

  get isRunning(): boolean {
    return this.#places.some(({ member }) => member.isRunning);
  }

  /** Maximum number of workers so far. */
  get workers(): number {
    return this.#places.length;
  }

  /** Number of workers that may compute concurrently. */
  get width(): number {
    return this.#backend === null ? 1 : this.#options.size(this.#backend);
  }

  /** Gives work to the least busy worker. @throws AkinError as the worker's client does */
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

  /** Reports the first worker's backend, which the others share. */
  report(): Promise<Value<NetsContract['report']>> {
    return this.#places[0]!.member.call('report', []);
  }

  /** Switches the backend of all workers. Stopped workers read the choice when they start. */
  async choose(choice: BackendName | 'auto'): Promise<Value<NetsContract['choose']>> {
    this.#backend = null;
    const [first, ...others] = this.#places.map(({ member }) => member);
    const running = others.filter(({ isRunning }) => isRunning);
    // Each falls back by itself if the choice doesn't run; the first one's report counts.
    const told = running.map((member) => member.call('choose', [choice]).catch(() => {}));
    const report = await first!.call('choose', [choice]);
    await Promise.all(told);
    return report;
  }

  /** Unloads the face nets in all workers that may hold them. */
  async forgetFaces(): Promise<void> {
    const running = this.#places.map(({ member }) => member).filter(({ isRunning }) => isRunning);
    // A dead worker holds none.
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
