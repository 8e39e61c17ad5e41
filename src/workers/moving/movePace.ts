/** For so long after a person has looked at a photo, moving holds back; milliseconds. */
const BUSY_MS = 3_000;
/** While they do, it rests for so many times as long as it works, and never longer than this. */
const REST_SHARE = 3;
const MOST_REST_MS = 3_000;
/** The pace is that of the last so many photos. */
const WINDOW = 64;
/** Photos after which their pace says something: the first pay for loading the nets. */
const LEAST = 4;

/** How fast photos move, and how long to rest while the person uses Akin. */
export class MovePace {
  readonly #now: () => number;
  readonly #done: number[] = [];
  #busyUntil = Number.NEGATIVE_INFINITY;

  constructor(now: () => number = () => performance.now()) {
    this.#now = now;
  }

  /** The person does something that takes the processor. */
  used(): void {
    this.#busyUntil = this.#now() + BUSY_MS;
  }

  /** How long to rest after work of `ms`; 0 while nobody uses Akin. */
  restAfter(ms: number): number {
    return this.#now() < this.#busyUntil ? Math.min(MOST_REST_MS, REST_SHARE * ms) : 0;
  }

  /** A photo more has moved. */
  moved(): void {
    this.#done.push(this.#now());
    if (this.#done.length > WINDOW) this.#done.shift();
  }

  /** `null` until the pace is known. */
  secondsLeft(left: number): number | null {
    if (this.#done.length < LEAST) return null;
    const ms = this.#done.at(-1)! - this.#done[0]!;
    return (ms / (this.#done.length - 1) / 1000) * left;
  }
}
