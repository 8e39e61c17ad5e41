import type { Block } from './kernels.ts';
import { float32View, uint32View } from './kernels.ts';
import { isWorse, topKCapacity } from './topK.ts';

/**
 * The scalar kernels' access to a heap laid out as in `topK.ts`: a binary heap with the worst entry
 * at its root, so one comparison decides whether a new one enters. Transient: holds views of the
 * block.
 */
export class TopKHeap {
  readonly #header: Uint32Array;
  readonly #keys: Float32Array;
  readonly #ids: Uint32Array;
  readonly #capacity: number;

  constructor(topK: Block) {
    this.#capacity = topKCapacity(topK);
    this.#header = uint32View(topK, 2);
    this.#keys = float32View(topK, this.#capacity, 2);
    this.#ids = uint32View(topK, this.#capacity, 2 + this.#capacity);
  }

  /** Inserts (key, id) if it is among the best so far. NaN keys never are. */
  push(key: number, id: number): void {
    if (Number.isNaN(key)) return;
    const count = this.#header[0]!;
    if (count < this.#capacity) {
      this.#siftUp(count, key, id);
      this.#header[0] = count + 1;
    } else if (count > 0 && isWorse(this.#keys[0]!, this.#ids[0]!, key, id)) {
      this.#siftDown(key, id);
    }
  }

  #worseEntry(a: number, b: number): boolean {
    return isWorse(this.#keys[a]!, this.#ids[a]!, this.#keys[b]!, this.#ids[b]!);
  }

  #set(entry: number, key: number, id: number): void {
    this.#keys[entry] = key;
    this.#ids[entry] = id;
  }

  #siftUp(from: number, key: number, id: number): void {
    let hole = from;
    while (hole > 0) {
      const parent = (hole - 1) >> 1;
      if (!isWorse(key, id, this.#keys[parent]!, this.#ids[parent]!)) break;
      this.#set(hole, this.#keys[parent]!, this.#ids[parent]!);
      hole = parent;
    }
    this.#set(hole, key, id);
  }

  /** Replaces the root with (key, id) and sifts it down. */
  #siftDown(key: number, id: number): void {
    let hole = 0;
    for (;;) {
      let child = 2 * hole + 1;
      if (child >= this.#capacity) break;
      if (child + 1 < this.#capacity && this.#worseEntry(child + 1, child)) child++;
      if (!isWorse(this.#keys[child]!, this.#ids[child]!, key, id)) break;
      this.#set(hole, this.#keys[child]!, this.#ids[child]!);
      hole = child;
    }
    this.#set(hole, key, id);
  }
}
