import type { Block } from './block.ts';
import type { PqKernels, Sq8Kernels } from './codes.ts';
import type { GraphKernels } from './graph.ts';
import type { HammingKernels } from './hamming.ts';
import type { RescoreKernels } from './rescore.ts';
import type { TrainingKernels } from './training.ts';

export type { Block } from './block.ts';
export { bytesView, float32View, uint32View } from './block.ts';

/** Input of one exact scan. All rows are float32, row-major and compact. */
export interface Scan {
  /** `d` float32. */
  readonly query: Block;
  /** At least `(firstRow + rowCount) × d` float32. */
  readonly vectors: Block;
  /** At least `firstRow + rowCount` uint32: the id of each row. */
  readonly ids: Block;
  /** Rows to skip: bit `r % 8` of byte `⌊r / 8⌋` for row `r`. `null`: none. */
  readonly skip: Block | null;
  /** Components of a vector, at least 1. */
  readonly d: number;
  readonly firstRow: number;
  readonly rowCount: number;
}

/**
 * The inner loops of the engine: flat functions on memory blocks, with no policy, no defaults, and
 * no allocation except through `alloc`. There are two equivalent implementations: `scalarKernels`
 * in plain TypeScript is the reference, `simdKernels` its WebAssembly SIMD twin.
 *
 * Float32 sums depend on their order, so the twins' distances differ slightly: inner products by at
 * most `1e-5 · |q| · |x|`, squared L2 distances by at most `1e-5` of themselves. Results closer
 * than that may come in another order.
 */
export interface Kernels
  extends TrainingKernels,
    PqKernels,
    Sq8Kernels,
    RescoreKernels,
    HammingKernels,
    GraphKernels {
  readonly backend: 'scalar' | 'simd';

  /**
   * Allocates memory with undefined contents.
   *
   * @throws `out-of-memory`
   */
  alloc(byteLength: number): Block;

  /** Frees memory. The block and its views must not be used afterwards. */
  free(block: Block): void;

  /** Bytes allocated and not yet freed. */
  readonly bytesInUse: number;

  /**
   * Offers every row not skipped to the heap `topK` (see `topK.ts`), with the key `−(query · row)`.
   * Equal keys are ordered by id, lower first; NaN keys are dropped.
   *
   * @returns how many rows were compared
   */
  scanIp(scan: Scan, topK: Block): number;

  /** Same with the key `|query − row|²`. */
  scanL2sq(scan: Scan, topK: Block): number;

  /**
   * The sum modulo 2³² of the block's 32-bit words. Only reads, so benchmarks use it as the lower
   * bound for the time of a scan.
   */
  sumWords(block: Block): number;

  /**
   * The largest inner product of the query with the first `rowCount` rows, without ids, bitmap or
   * heap. Benchmarks use it to measure what those cost a scan.
   *
   * @param query `d` float32
   * @param vectors `rowCount × d` float32
   */
  bareScan(query: Block, vectors: Block, d: number, rowCount: number): number;
}
