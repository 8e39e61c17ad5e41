import type { OwnedBlocks } from '../rows/ownedBlocks.ts';
import { sortRowsBy } from '../rows/sortRows.ts';

/** The key of margins: bit `b` is set if that of hyperplane `b` is not negative. */
export function keyOf(margins: Float32Array, first: number, bits: number): number {
  let key = 0;
  for (let b = 0; b < bits; b++) if (margins[first + b]! >= 0) key |= 1 << b;
  return key >>> 0;
}

/** One hash table: the rows of each bucket, as lists one after the other. */
export class BucketTable {
  /** Keys of the buckets that have rows, ascending. */
  readonly #keys: Uint32Array<ArrayBuffer>;
  /** Where each bucket's rows start, and the number of rows. */
  readonly #starts: Uint32Array<ArrayBuffer>;
  /** Rows by key and row. */
  readonly rows: Uint32Array<ArrayBuffer>;

  /** @param keys of the rows, in order */
  constructor(memory: OwnedBlocks, keys: Uint32Array) {
    this.rows = memory.keep(sortRowsBy(keys, Uint32Array.from(keys.keys())));
    const starts: number[] = [];
    for (let at = 0; at < this.rows.length; at++) {
      if (at === 0 || keys[this.rows[at]!] !== keys[this.rows[at - 1]!]) starts.push(at);
    }
    this.#keys = memory.keep(Uint32Array.from(starts, (at) => keys[this.rows[at]!]!));
    starts.push(this.rows.length);
    this.#starts = memory.keep(Uint32Array.from(starts));
  }

  /** How many buckets have rows. */
  get buckets(): number {
    return this.#keys.length;
  }

  /** The number of the bucket with a key among those that have rows; −1 if it has none. */
  find(key: number): number {
    const keys = this.#keys;
    let low = 0;
    let high = keys.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (keys[middle]! < key) low = middle + 1;
      else high = middle;
    }
    return low < keys.length && keys[low] === key ? low : -1;
  }

  /** The place in `rows` of a bucket's first row. */
  startOf(bucket: number): number {
    return this.#starts[bucket]!;
  }

  /** Calls back with each row and its key. */
  forEach(visit: (row: number, key: number) => void): void {
    for (let bucket = 0; bucket < this.#keys.length; bucket++) {
      const end = this.#starts[bucket + 1]!;
      for (let at = this.#starts[bucket]!; at < end; at++)
        visit(this.rows[at]!, this.#keys[bucket]!);
    }
  }
}
