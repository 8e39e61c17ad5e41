const FIRST_ROOM = 64;

/**
 * The keys of a hash table near a query's, in the order of the sum of the squared distances to the
 * hyperplanes whose side changes: the query-directed probing sequence (Lv, Josephson, Wang, Charikar
 * and Li, Multi-probe LSH, 2007, section 4.4). Bits are sorted by distance; each set of changed bits
 * then follows from a cheaper one, either by replacing its last bit with the next ("shift") or by
 * adding the next ("expand"). A heap of the sets so reached yields all of them in order.
 *
 * Equal costs are ordered by key, so a query has exactly one sequence.
 */
export class ProbeSequence {
  /** The bits in which the current key differs from the query's. */
  flips = 0;
  /** The sum of the squared distances to their hyperplanes. */
  cost = 0;
  readonly #bits: number;
  /** Bits by ascending distance, as masks, and their squared distances. */
  readonly #masks: Uint32Array<ArrayBuffer>;
  readonly #squares: Float64Array<ArrayBuffer>;
  #started = false;
  #count = 0;
  #costs = new Float64Array(FIRST_ROOM);
  #sets = new Uint32Array(FIRST_ROOM);
  /** The place of each set's last bit among the sorted. */
  #lasts = new Uint8Array(FIRST_ROOM);

  /** @param bits of a key, at most 31 */
  constructor(bits: number) {
    this.#bits = bits;
    this.#masks = new Uint32Array(bits);
    this.#squares = new Float64Array(bits);
  }

  /** Begins the sequence of a query. @param first of its `bits` margins in this table */
  start(margins: Float32Array, first: number): void {
    for (let b = 0; b < this.#bits; b++) {
      const square = margins[first + b]! ** 2;
      let at = b;
      for (; at > 0 && this.#squares[at - 1]! > square; at--) {
        this.#squares[at] = this.#squares[at - 1]!;
        this.#masks[at] = this.#masks[at - 1]!;
      }
      this.#squares[at] = square;
      this.#masks[at] = 1 << b;
    }
    this.#started = false;
    this.#count = 0;
  }

  /** Goes to the next key, first the query's own. Returns whether there was one. */
  next(): boolean {
    if (!this.#started) {
      this.#started = true;
      this.flips = 0;
      this.cost = 0;
      this.#push(this.#squares[0]!, this.#masks[0]!, 0);
      return true;
    }
    if (this.#count === 0) return false;
    const cost = this.#costs[0]!;
    const set = this.#sets[0]!;
    const last = this.#lasts[0]!;
    this.#pop();
    this.flips = set;
    this.cost = cost;
    if (last + 1 < this.#bits) {
      const more = this.#squares[last + 1]!;
      const mask = this.#masks[last + 1]!;
      const without = Math.max(0, cost - this.#squares[last]!);
      this.#push(Math.max(cost, without + more), (set ^ this.#masks[last]!) | mask, last + 1);
      this.#push(cost + more, set | mask, last + 1);
    }
    return true;
  }

  #less(a: number, b: number): boolean {
    const costA = this.#costs[a]!;
    const costB = this.#costs[b]!;
    return costA < costB || (costA === costB && this.#sets[a]! < this.#sets[b]!);
  }

  #move(from: number, to: number): void {
    this.#costs[to] = this.#costs[from]!;
    this.#sets[to] = this.#sets[from]!;
    this.#lasts[to] = this.#lasts[from]!;
  }

  #swap(a: number, b: number): void {
    const cost = this.#costs[a]!;
    const set = this.#sets[a]!;
    const last = this.#lasts[a]!;
    this.#move(b, a);
    this.#costs[b] = cost;
    this.#sets[b] = set;
    this.#lasts[b] = last;
  }

  #push(cost: number, set: number, last: number): void {
    if (this.#count === this.#costs.length) this.#grow();
    let at = this.#count++;
    this.#costs[at] = cost;
    this.#sets[at] = set;
    this.#lasts[at] = last;
    while (at > 0) {
      const parent = (at - 1) >> 1;
      if (!this.#less(at, parent)) break;
      this.#swap(at, parent);
      at = parent;
    }
  }

  /** Removes the least. */
  #pop(): void {
    this.#count--;
    if (this.#count === 0) return;
    this.#move(this.#count, 0);
    for (let at = 0; ; ) {
      let least = at;
      for (let child = 2 * at + 1; child <= 2 * at + 2 && child < this.#count; child++) {
        if (this.#less(child, least)) least = child;
      }
      if (least === at) return;
      this.#swap(at, least);
      at = least;
    }
  }

  #grow(): void {
    const room = 2 * this.#costs.length;
    const [costs, sets, lasts] = [this.#costs, this.#sets, this.#lasts];
    this.#costs = new Float64Array(room);
    this.#sets = new Uint32Array(room);
    this.#lasts = new Uint8Array(room);
    this.#costs.set(costs);
    this.#sets.set(sets);
    this.#lasts.set(lasts);
  }
}
