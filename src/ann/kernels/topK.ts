import type { Block } from './kernels.ts';
import { float32View, uint32View } from './kernels.ts';

/**
 * The heap in which a scan keeps the best rows it met, laid out in one block so that both kernels
 * (and several scans in turn) can fill it:
 *
 * | offset      | type          | what                                                    |
 * | ----------- | ------------- | ------------------------------------------------------- |
 * | 0           | uint32        | count: entries so far                                   |
 * | 4           | uint32        | capacity: the most entries there can be                 |
 * | 8           | float32 × cap | keys, lower is better; a binary heap, the worst first   |
 * | 8 + 4 × cap | uint32 × cap  | ids, in the order of the keys; of equal keys the lower  |
 * |             |               | id is the better                                        |
 */
const HEADER_WORDS = 2;

/** Bytes of a heap of `capacity` entries. */
export function topKBytes(capacity: number): number {
  return 4 * (HEADER_WORDS + 2 * capacity);
}

/** Empties the heap and sets how many entries it can hold; the block must have room for them. */
export function resetTopK(topK: Block, capacity: number): void {
  const header = uint32View(topK, HEADER_WORDS);
  header[0] = 0;
  header[1] = capacity;
}

/** How many entries the heap can hold. */
export function topKCapacity(topK: Block): number {
  return uint32View(topK, HEADER_WORDS)[1]!;
}

/** The entries of a heap, best first, copied out. */
export interface TopKEntries {
  readonly keys: Float32Array<ArrayBuffer>;
  readonly ids: Uint32Array<ArrayBuffer>;
}

/** Reads the heap out, by rising key and, of equal keys, by rising id. The heap is left as it is. */
export function readTopK(topK: Block): TopKEntries {
  const header = uint32View(topK, HEADER_WORDS);
  const count = header[0]!;
  const capacity = header[1]!;
  const keys = float32View(topK, count, HEADER_WORDS);
  const ids = uint32View(topK, count, HEADER_WORDS + capacity);
  const order = Uint32Array.from(ids.keys()).sort(
    (a, b) => keys[a]! - keys[b]! || ids[a]! - ids[b]!,
  );
  return {
    keys: Float32Array.from(order, (entry) => keys[entry]!),
    ids: Uint32Array.from(order, (entry) => ids[entry]!),
  };
}
