const MOVE_MS = 800;

/** Photos on their way from one place to another. */
export class Motion {
  /** (n × 2) where they are now */
  readonly positions: Float32Array;
  readonly #from: Float32Array;
  readonly #to: Float32Array;
  #start: number | null = null;

  constructor(from: Float32Array, to: Float32Array) {
    this.#from = from;
    this.#to = to;
    this.positions = from.slice();
  }

  /** Moves them on. Returns whether they are still on their way. */
  step(now: number): boolean {
    this.#start ??= now;
    const time = Math.min(1, (now - this.#start) / MOVE_MS);
    // Slow at both ends.
    const share = time * time * (3 - 2 * time);
    for (let i = 0; i < this.positions.length; i++) {
      this.positions[i] = this.#from[i]! + (this.#to[i]! - this.#from[i]!) * share;
    }
    return time < 1;
  }
}
