/**
 * Visits the cells of a two-way inverted multi-index in the order of rising distance: the
 * multi-sequence algorithm (Babenko & Lempitsky, The inverted multi-index, CVPR 2012, section 3.2).
 *
 * A cell is a pair of centroids, one of each half, and its key the sum of their keys. With both halves
 * sorted, the next cell is always one whose neighbours before it in both directions have been
 * visited, so that only those few wait in a queue, and no more pairs are made than are asked for.
 * Pairs of equal keys come by lower `first`, then lower `second`.
 */
export class MultiSequence {
  /** Rank, in the first half's order, of the pair last visited. */
  first = 0;
  /** Rank, in the second half's order, of the pair last visited. */
  second = 0;
  readonly #firstKeys: Float32Array;
  readonly #secondKeys: Float32Array;
  /** How many pairs of each rank of the first half were visited: they are those of the lowest ranks. */
  readonly #visited: Uint32Array;
  /**
   * A binary heap of ranks of the first half, the best at its root. A rank that waits stands for its
   * first pair not yet visited, of which there is only one.
   */
  readonly #waiting: number[] = [];

  /**
   * @param firstKeys of the first half, rising, not NaN
   * @param secondKeys of the second half, rising, not NaN
   */
  constructor(firstKeys: Float32Array, secondKeys: Float32Array) {
    this.#firstKeys = firstKeys;
    this.#secondKeys = secondKeys;
    this.#visited = new Uint32Array(firstKeys.length);
    if (firstKeys.length > 0 && secondKeys.length > 0) this.#waiting.push(0);
  }

  /** Goes on to the next pair, `first` and `second`. Returns whether there was one. */
  next(): boolean {
    const i = this.#waiting[0];
    if (i === undefined) return false;
    const visited = this.#visited;
    const j = visited[i]!;
    this.first = i;
    this.second = j;
    visited[i] = j + 1;
    const right = j + 1 < this.#secondKeys.length && (i === 0 || visited[i - 1]! > j + 1);
    this.#replaceRoot(right ? i : this.#waiting.pop()!);
    // The rank below waited for this pair if it has come as far as the one before.
    if (i + 1 < visited.length && visited[i + 1] === j) this.#push(i + 1);
    return true;
  }

  #key(i: number): number {
    return this.#firstKeys[i]! + this.#secondKeys[this.#visited[i]!]!;
  }

  #before(a: number, b: number): boolean {
    const keyA = this.#key(a);
    const keyB = this.#key(b);
    return keyA < keyB || (keyA === keyB && a < b);
  }

  #push(i: number): void {
    const heap = this.#waiting;
    let hole = heap.length;
    while (hole > 0) {
      const parent = (hole - 1) >> 1;
      if (!this.#before(i, heap[parent]!)) break;
      heap[hole] = heap[parent]!;
      hole = parent;
    }
    heap[hole] = i;
  }

  /** Puts `i` in the root's place, unless nothing is left, and lets it sink below what is better. */
  #replaceRoot(i: number): void {
    const heap = this.#waiting;
    if (heap.length === 0) return;
    let hole = 0;
    for (;;) {
      let child = 2 * hole + 1;
      if (child >= heap.length) break;
      if (child + 1 < heap.length && this.#before(heap[child + 1]!, heap[child]!)) child++;
      if (!this.#before(heap[child]!, i)) break;
      heap[hole] = heap[child]!;
      hole = child;
    }
    heap[hole] = i;
  }
}
