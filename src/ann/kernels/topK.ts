import type { Block } from './kernels.ts';
import { float32View, uint32View } from './kernels.ts';

/**
 * The heap of the best rows of a scan, laid out in one block so that both kernel implementations
 * (and several scans in turn) can fill it:
 *
 * | offset      | type          | what                                                    |
 * | ----------- | ------------- | ------------------------------------------------------- |
 * | 0           | uint32        | count: current number of entries                        |
 * | 4           | uint32        | capacity: maximum number of entries                     |
 * | 8           | float32 × cap | keys, lower is better; a binary heap, the worst first   |
 * | 8 + 4 × cap | uint32 × cap  | ids, in the order of the keys; of equal keys the lower  |
 * |             |               | id is the better                                        |
 */
const HEADER_WORDS = 2;

/** Bytes of a heap of `capacity` entries. */
export function topKBytes(capacity: number): number {
  return 4 * (HEADER_WORDS + 2 * capacity);
}

/** Clears the heap and sets its capacity; the block must be large enough. */
export function resetTopK(topK: Block, capacity: number): void {
  const header = uint32View(topK, HEADER_WORDS);
  header[0] = 0;
  header[1] = capacity;
}

/** The capacity of the heap. */
export function topKCapacity(topK: Block): number {
  return uint32View(topK, HEADER_WORDS)[1]!;
}

/** The entries of a heap, best first, copied. */
export interface TopKEntries {
  readonly keys: Float32Array<ArrayBuffer>;
  readonly ids: Uint32Array<ArrayBuffer>;
}

/** The ids of a heap, copied, unordered. */
export function topKIds(topK: Block): Uint32Array<ArrayBuffer> {
  const [count, capacity] = uint32View(topK, HEADER_WORDS);
  return uint32View(topK, count!, HEADER_WORDS + capacity!).slice();
}

/** Reads the heap by ascending key, ties by ascending id, without changing it. */
export function readTopK(topK: Block): TopKEntries {
  const [count, capacity] = uint32View(topK, HEADER_WORDS);
  const keys = float32View(topK, count!, HEADER_WORDS).slice();
  const ids = uint32View(topK, count!, HEADER_WORDS + capacity!).slice();
  // Heapsort: a heap with the worst first is half sorted already.
  for (let last = count! - 1; last > 0; last--) {
    const key = keys[last]!;
    const id = ids[last]!;
    keys[last] = keys[0]!;
    ids[last] = ids[0]!;
    sink(keys, ids, last, key, id);
  }
  return { keys, ids };
}

/** Replaces the root of a heap of `count` entries with (key, id) and sifts it down. */
function sink(keys: Float32Array, ids: Uint32Array, count: number, key: number, id: number): void {
  let hole = 0;
  for (let child = 1; child < count; child = 2 * hole + 1) {
    const right = child + 1;
    if (right < count && isWorse(keys[right]!, ids[right]!, keys[child]!, ids[child]!))
      child = right;
    if (!isWorse(keys[child]!, ids[child]!, key, id)) break;
    keys[hole] = keys[child]!;
    ids[hole] = ids[child]!;
    hole = child;
  }
  keys[hole] = key;
  ids[hole] = id;
}

/** Whether entry (keyA, idA) of a heap is worse than (keyB, idB). */
export function isWorse(keyA: number, idA: number, keyB: number, idB: number): boolean {
  return keyA > keyB || (keyA === keyB && idA > idB);
}
