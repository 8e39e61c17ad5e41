/**
 * Visits the cells of a two-way inverted multi-index in order of ascending distance: the
 * multi-sequence algorithm (Babenko & Lempitsky, The inverted multi-index, CVPR 2012, section 3.2).
 *
 * A cell is a pair of centroids, one of each half; its key is the sum of theirs. With both halves
 * sorted, the next cell is always one whose predecessors in both directions have been visited, so
 * only those few wait in a queue and no more pairs are created than requested. Ties are ordered by
 * lower `first`, then lower `second`.
 */
export class MultiSequence {
  /** Rank in the first half of the pair visited last. */
  first = 0;
  /** Rank in the second half of the pair visited last. */
  second = 0;
  readonly #firstKeys: Float32Array;
  readonly #secondKeys: Float32Array;
  /** Pairs visited per rank of the first half; always those of the lowest second ranks. */
  readonly #visited: Uint32Array;
  /**
   * A binary heap of ranks of the first half, best at the root. A queued rank stands for its first
   * unvisited pair, so it occurs once.
   */
  readonly #waiting: number[] = [];

  /**
   * @param firstKeys of the first half, ascending, not NaN
   * @param secondKeys of the second half, ascending, not NaN
   */
  constructor(firstKeys: Float32Array, secondKeys: Float32Array) {
    this.#firstKeys = firstKeys;
    this.#secondKeys = secondKeys;
    this.#visited = new Uint32Array(firstKeys.length);
    if (firstKeys.length > 0 && secondKeys.length > 0) this.#waiting.push(0);
  }

  /** Advances `first` and `second` to the next pair. Returns whether there was one. */
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
    // The next rank was waiting for this pair if it has reached the one before.
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

  /** Replaces the root with `i`, if anything is left, and sifts it down. */
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
