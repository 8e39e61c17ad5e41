import type { Block } from '../block.ts';
import { uint32View } from '../block.ts';
import { keyOfUpper, pairCapacity, upperOf } from '../pairs.ts';

/**
 * The scalar kernels' access to a block of pairs laid out as in `pairs.ts`, as a binary heap with
 * the greatest or least pair at its root. Transient: holds views of the block.
 */
export class PairHeap {
  readonly capacity: number;
  readonly #header: Uint32Array;
  readonly #words: Uint32Array;
  /** 1 with the greatest at the root, −1 with the least. */
  readonly #sign: number;

  /** @param pairs cleared */
  constructor(pairs: Block, root: 'greatest' | 'least') {
    this.capacity = pairCapacity(pairs);
    this.#header = uint32View(pairs, 2);
    this.#words = uint32View(pairs, 2 * this.capacity, 2);
    this.#sign = root === 'greatest' ? 1 : -1;
    this.count = 0;
  }

  get count(): number {
    return this.#header[0]!;
  }

  private set count(count: number) {
    this.#header[0] = count;
  }

  get isFull(): boolean {
    return this.count === this.capacity;
  }

  /** The row of the root. */
  get row(): number {
    return this.#words[0]!;
  }

  /** The key of the root. */
  get key(): number {
    return keyOfUpper(this.#words[1]!);
  }

  /** Below zero if the root sorts before the pair, above if after. */
  compareRoot(key: number, row: number): number {
    return compare(this.#words[1]!, this.#words[0]!, upperOf(key), row);
  }

  /** Appends a pair without ordering it, if there is room: for a log. */
  append(key: number, row: number): void {
    if (!this.isFull) this.#set(this.count++, upperOf(key), row);
  }

  /** Inserts a pair; the heap must have room. */
  push(key: number, row: number): void {
    const upper = upperOf(key);
    let hole = this.count++;
    while (hole > 0) {
      const parent = (hole - 1) >> 1;
      if (this.#compareTo(parent, upper, row) >= 0) break;
      this.#move(parent, hole);
      hole = parent;
    }
    this.#set(hole, upper, row);
  }

  /** Replaces the root. */
  replace(key: number, row: number): void {
    this.#sink(this.count, upperOf(key), row);
  }

  /** Removes the root. */
  pop(): void {
    const last = --this.count;
    this.#sink(last, this.#words[2 * last + 1]!, this.#words[2 * last]!);
  }

  /** Sorts a heap with the greatest at its root, ascending; it is no heap then. */
  sort(): void {
    for (let last = this.count - 1; last > 0; last--) {
      const row = this.#words[2 * last]!;
      const upper = this.#words[2 * last + 1]!;
      this.#move(0, last);
      this.#sink(last, upper, row);
    }
  }

  /** Moves a pair down from the root of a heap of `count`. */
  #sink(count: number, upper: number, row: number): void {
    let hole = 0;
    for (let child = 1; child < count; child = 2 * hole + 1) {
      const right = child + 1;
      const words = this.#words;
      if (right < count && this.#compareTo(right, words[2 * child + 1]!, words[2 * child]!) > 0) {
        child = right;
      }
      if (this.#compareTo(child, upper, row) <= 0) break;
      this.#move(child, hole);
      hole = child;
    }
    this.#set(hole, upper, row);
  }

  /** Above zero if the pair belongs above the other. */
  #compareTo(pair: number, upper: number, row: number): number {
    const words = this.#words;
    return this.#sign * compare(words[2 * pair + 1]!, words[2 * pair]!, upper, row);
  }

  #move(from: number, to: number): void {
    this.#set(to, this.#words[2 * from + 1]!, this.#words[2 * from]!);
  }

  #set(pair: number, upper: number, row: number): void {
    this.#words[2 * pair] = row;
    this.#words[2 * pair + 1] = upper;
  }
}

function compare(upperA: number, rowA: number, upperB: number, rowB: number): number {
  return upperA - upperB || rowA - rowB;
}
