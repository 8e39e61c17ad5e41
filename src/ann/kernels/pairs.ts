import type { Block } from './block.ts';
import { uint32View } from './block.ts';
import type { TopKEntries } from './topK.ts';

/**
 * Pairs of a key and a row in a block, filled by a walk:
 *
 * | offset | type         | what                                                                 |
 * | ------ | ------------ | -------------------------------------------------------------------- |
 * | 0      | uint32       | count: current number of pairs                                       |
 * | 4      | uint32       | capacity: maximum number of pairs                                    |
 * | 8      | uint64 × cap | pairs: the row, plus 2³² × the key's float32 bits, mapped so that    |
 * |        |              | pairs sort by key and then row (negative: all bits flipped, else the |
 * |        |              | sign; −0 counts as 0)                                                |
 */
const HEADER_WORDS = 2;

/** Bytes of a block of `capacity` pairs. */
export function pairBytes(capacity: number): number {
  return 8 + 8 * capacity;
}

/** Clears the block and sets its capacity. */
export function resetPairs(pairs: Block, capacity: number): void {
  const header = uint32View(pairs, HEADER_WORDS);
  header[0] = 0;
  header[1] = capacity;
}

/** The capacity of a block of pairs. */
export function pairCapacity(pairs: Block): number {
  return uint32View(pairs, HEADER_WORDS)[1]!;
}

/** The first `most` pairs, copied: `ids` are rows. */
export function readPairs(pairs: Block, most = Number.POSITIVE_INFINITY): TopKEntries {
  const count = Math.min(most, uint32View(pairs, 1)[0]!);
  const words = uint32View(pairs, 2 * count, HEADER_WORDS);
  const ids = new Uint32Array(count);
  const keys = new Float32Array(count);
  for (let i = 0; i < count; i++) {
    ids[i] = words[2 * i]!;
    keys[i] = keyOfUpper(words[2 * i + 1]!);
  }
  return { keys, ids };
}

const key32 = new Float32Array(1);
const bits32 = new Uint32Array(key32.buffer);

/** The upper half of a pair with this key. */
export function upperOf(key: number): number {
  key32[0] = key + 0;
  const bits = bits32[0]!;
  return (bits < 0x80000000 ? bits ^ 0x80000000 : ~bits) >>> 0;
}

/** The key of a pair with this upper half. */
export function keyOfUpper(upper: number): number {
  bits32[0] = upper < 0x80000000 ? ~upper : upper ^ 0x80000000;
  return key32[0]!;
}
