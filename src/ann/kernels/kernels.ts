import type { Block } from './block.ts';
import type { PqKernels, Sq8Kernels } from './codes.ts';
import type { RescoreKernels } from './rescore.ts';
import type { TrainingKernels } from './training.ts';

export type { Block } from './block.ts';
export { bytesView, float32View, uint32View } from './block.ts';

/** What one exact scan reads. All rows are float32, row-major and compact. */
export interface Scan {
  /** `d` float32. */
  readonly query: Block;
  /** At least `(firstRow + rowCount) × d` float32. */
  readonly vectors: Block;
  /** At least `firstRow + rowCount` uint32: the id of each row. */
  readonly ids: Block;
  /** Bit `r % 8` of byte `⌊r / 8⌋` set: row `r` is passed over. `null`: none is. */
  readonly skip: Block | null;
  /** Components of a vector, at least 1. */
  readonly d: number;
  readonly firstRow: number;
  readonly rowCount: number;
}

/**
 * The inner loops of the engine: flat functions on memory blocks, with no policy, no defaults, and
 * no allocation but by `alloc`. There are two, which give the same answers: `scalarKernels` in plain
 * TypeScript is the reference, `simdKernels` its WebAssembly SIMD twin.
 *
 * Float32 sums depend on their order, so the twins' distances differ a little: of an inner product
 * by at most `1e-5 · |q| · |x|`, of a squared L2 distance by at most `1e-5` of itself. Results
 * nearer to each other than that may come in another order.
 */
export interface Kernels extends TrainingKernels, PqKernels, Sq8Kernels, RescoreKernels {
  readonly backend: 'scalar' | 'simd';

  /**
   * Gives out memory, its contents undefined.
   *
   * @throws `out-of-memory` where there is none left
   */
  alloc(byteLength: number): Block;

  /** Takes memory back. The block and its views must not be used any more. */
  free(block: Block): void;

  /** Bytes given out and not yet taken back. */
  readonly bytesInUse: number;

  /**
   * Offers every row that is not skipped to the heap `topK` (see `topK.ts`), under the key
   * `−(query · row)`. Equal keys are ordered by id, lower first; a key that is NaN is never kept.
   *
   * @returns how many rows were compared
   */
  scanIp(scan: Scan, topK: Block): number;

  /** The same under the key `|query − row|²`. */
  scanL2sq(scan: Scan, topK: Block): number;

  /**
   * The sum modulo 2³² of the block's 32-bit words. It does nothing but read, which makes it the
   * bench's measure of how fast a scan could be at best.
   */
  sumWords(block: Block): number;

  /**
   * The largest inner product of the query with the first `rowCount` rows, and nothing else: no ids,
   * no bitmap, no heap. The bench's measure of what those cost a scan.
   *
   * @param query `d` float32
   * @param vectors `rowCount × d` float32
   */
  bareScan(query: Block, vectors: Block, d: number, rowCount: number): number;
}
