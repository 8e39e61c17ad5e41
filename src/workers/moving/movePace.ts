/** Milliseconds after the user viewed a photo during which moving holds back. */
const BUSY_MS = 3_000;
/** During that time, it rests this many times as long as it works, up to the limit below. */
const REST_SHARE = 3;
const MOST_REST_MS = 3_000;
/** Number of recent photos the pace is measured over. */
const WINDOW = 64;
/** Minimum number of photos for a pace estimate: the first include loading the models. */
const LEAST = 4;

/** Measures how fast photos move, and how long to rest while the user is active. */
export class MovePace {
  readonly #now: () => number;
  #done: number[] = [];
  #busyUntil = Number.NEGATIVE_INFINITY;

  constructor(now: () => number = () => performance.now()) {
    this.#now = now;
  }

  /** The user did something that needs the CPU. */
  used(): void {
    this.#busyUntil = this.#now() + BUSY_MS;
  }

  /** Rest time after `ms` of work; 0 while the user is inactive. */
  restAfter(ms: number): number {
    return this.#now() < this.#busyUntil ? Math.min(MOST_REST_MS, REST_SHARE * ms) : 0;
  }

  /** Starts measuring, or resumes after a wait that must not count. */
  begin(): void {
    this.#done = [];
  }

  /** Another photo has moved. */
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
