import type { Block } from './block.ts';
import { bytesView, uint32View } from './block.ts';

/** Rows of a block of binary codes. */
const BLOCK_ROWS = 64;
const HEADER_WORDS = 2;

/** The longest binary code, in bytes. */
export const MAX_HAMMING_BYTES = 32;

/** Binary codes to compare with a query's. */
export interface HammingScan {
  /** `n` rows as stored by `setHammingCode`. */
  readonly codes: Block;
  /** Bytes of a code, 1 to `MAX_HAMMING_BYTES`. */
  readonly codeBytes: number;
  /** The query's code, `codeBytes` long. */
  readonly query: Block;
  /** Rows to skip: bit `r % 8` of byte `⌊r / 8⌋` for row `r`. `null`: none. */
  readonly skip: Block | null;
  /** Rows to compare, from the first. */
  readonly rowCount: number;
}

/** Kernels of binary codes. The twins return identical results. */
export interface HammingKernels {
  /**
   * Finds the rows with the fewest bits that differ from the query's, ties to the lower row.
   *
   * Not a heap: most rows tie, and nearly all of them lose at once against an integer.
   *
   * @param capacity rows wanted, at most `rowCount`
   * @param best output, `hammingBestBytes(capacity, rowCount)`; see `readHammingBest`
   * @returns how many rows were compared
   */
  scanHamming(scan: HammingScan, capacity: number, best: Block): number;
}

/** Bytes of `n` stored codes, padded to whole blocks. */
export function hammingBytes(n: number, codeBytes: number): number {
  return Math.ceil(n / BLOCK_ROWS) * BLOCK_ROWS * codeBytes;
}

/** Place of a row's first byte; the others follow at steps of `BLOCK_ROWS`. */
export function hammingAt(row: number, codeBytes: number): number {
  const inBlock = row % BLOCK_ROWS;
  return (row - inBlock) * codeBytes + inBlock;
}

/** Distance between the bytes of a stored code. */
export const HAMMING_STEP = BLOCK_ROWS;

/**
 * Stores a row's code among others: in blocks of 64 rows, with byte `m` of all of them contiguous,
 * so that a register holds one byte each of 16 rows.
 *
 * @param code `codeBytes` long
 */
export function setHammingCode(stored: Uint8Array, row: number, code: Uint8Array): void {
  let at = hammingAt(row, code.length);
  for (let m = 0; m < code.length; m++, at += HAMMING_STEP) stored[at] = code[m]!;
}

/** Reads what `setHammingCode` stored. */
export function getHammingCode(stored: Uint8Array, row: number, code: Uint8Array): void {
  let at = hammingAt(row, code.length);
  for (let m = 0; m < code.length; m++, at += HAMMING_STEP) code[m] = stored[at]!;
}

/**
 * Bytes of a scan's output and scratch memory: two counts, `capacity` rows and as many distances,
 * and the entries met so far, at most twice as many.
 */
export function hammingBestBytes(capacity: number, rowCount: number): number {
  return 4 * (HEADER_WORDS + 2 * capacity + 2 * Math.min(2 * capacity, rowCount));
}

/** The rows a scan found, nearest first, copied. */
export interface HammingBest {
  readonly rows: Uint32Array<ArrayBuffer>;
  /** Bits that differ from the query's. */
  readonly distances: Uint32Array<ArrayBuffer>;
}

/** Reads the result of `scanHamming`. @param capacity of the scan */
export function readHammingBest(best: Block, capacity: number): HammingBest {
  const [count] = uint32View(best, HEADER_WORDS);
  return {
    rows: uint32View(best, count!, HEADER_WORDS).slice(),
    distances: uint32View(best, count!, HEADER_WORDS + capacity).slice(),
  };
}

/** Writes a result as `readHammingBest` reads it. */
export function writeHammingBest(
  best: Block,
  capacity: number,
  { rows, distances }: HammingBest,
  scanned: number,
): void {
  uint32View(best, HEADER_WORDS).set([rows.length, scanned]);
  uint32View(best, rows.length, HEADER_WORDS).set(rows);
  uint32View(best, rows.length, HEADER_WORDS + capacity).set(distances);
}

/** Bits set in each byte. */
const BITS = Uint8Array.from({ length: 256 }, (_, byte) => {
  let count = 0;
  for (let bits = byte; bits !== 0; bits &= bits - 1) count++;
  return count;
});

/** The bits in which a stored code differs from the query's. */
export function hammingDistance(stored: Uint8Array, row: number, query: Uint8Array): number {
  let at = hammingAt(row, query.length);
  let sum = 0;
  for (let m = 0; m < query.length; m++, at += HAMMING_STEP) sum += BITS[stored[at]! ^ query[m]!]!;
  return sum;
}

/** The bytes of a block, of which the first `length` are a query's code. */
export function queryCode(query: Block, length: number): Uint8Array {
  return bytesView(query).subarray(0, length);
}
