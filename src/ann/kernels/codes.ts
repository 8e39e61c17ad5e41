import type { Block } from './block.ts';
import type { PqShape, RowRun } from './training.ts';

/**
 * The codes a scan reads, and the ids under which it offers them to the heap. Each scan defines the
 * code format. Rows are numbered from the first code of the block.
 */
export interface CodeScan {
  readonly codes: Block;
  /** At least `firstRow + rowCount` uint32: the id of each row. `null`: the row's number is its id. */
  readonly ids: Block | null;
  /** Rows to skip: bit `r % 8` of byte `⌊r / 8⌋` for row `r`. `null`: none. */
  readonly skip: Block | null;
  readonly firstRow: number;
  readonly rowCount: number;
}

/**
 * Maximum number of sub-quantizers of a 4-bit scan: 257 table entries of at most 255 just fit 16
 * bits.
 */
export const MAX_PQ4_M = 257;

/**
 * Asymmetric distance computation over product-quantized codes (Jégou, Douze and Schmid, "Product
 * quantization for nearest neighbor search", 2011, eq. 13): a table holds the distance of each of
 * the query's sub-vectors to each centroid of its sub-quantizer, lower is better, and a row's
 * distance is the sum of `M` entries. The twins return identical bits.
 */
export interface PqKernels {
  /**
   * `table[m][j] = −(query_m · centroid_mj)`.
   *
   * @param query `M × dsub` float32
   * @param pqCentroids `M × ksub × dsub` float32
   * @param table output, `M × ksub` float32
   */
  ipTable(query: Block, pqCentroids: Block, shape: PqShape, table: Block): void;

  /** `table[m][j] = |query_m − centroid_mj|²`; otherwise as `ipTable`. */
  l2sqTable(query: Block, pqCentroids: Block, shape: PqShape, table: Block): void;

  /**
   * Offers every row not skipped to the heap with the key `base + Σ_m table[m][code_m]`, summed as
   * float32 in ascending `m`; with norms, `(base + norms_r) + Σ`.
   *
   * @param scan its codes: `M` bytes per row, byte `m` the centroid of sub-quantizer `m`
   * @param table `M × 256` float32
   * @param norms float32, one per row
   * @returns how many rows were compared
   */
  scanPq8(
    scan: CodeScan,
    table: Block,
    M: number,
    base: number,
    norms: Block | null,
    topK: Block,
  ): number;

  /**
   * Rounds a table for `scanPq4`: `lut[m][j] = round((table[m][j] − min_m) / scale)` with a single
   * scale, the smallest for which no entry exceeds 255, so that for any code
   * `|Σ table − (bias + scale × Σ lut)| ≤ M × scale / 2` up to float32 rounding.
   *
   * @param table `M × 16` float32, finite
   * @param lut output, `M × 16` uint8
   * @returns `bias = Σ_m min_m` and `scale`, both float32
   */
  quantizeTable(table: Block, M: number, lut: Block): { bias: number; scale: number };

  /**
   * Offers every row not skipped to the heap with the key `base + scale × Σ_m lut[m][code_m]`,
   * where the sum is an exact integer; with norms, `(base + norms_r) + scale × Σ` (after André, Kermarrec and Le Scouarnec, "Cache locality is
   * not enough: high-performance nearest neighbor search with product quantization fast scan",
   * 2015).
   *
   * @param scan its codes: blocks of 32 rows as produced by `packPq4`, starting with row 0
   * @param lut `M × 16` uint8
   * @param M at most `MAX_PQ4_M`
   * @param norms float32, one per row, of whole blocks of 32 rows
   * @returns how many rows were compared
   */
  scanPq4(
    scan: CodeScan,
    lut: Block,
    M: number,
    scale: number,
    base: number,
    norms: Block | null,
    topK: Block,
  ): number;
}

/**
 * Scalar quantization to 8 bits: `x_i ≈ scales_i × c_i` with integers `c_i` in −127…127. The twins
 * return identical bits.
 */
export interface Sq8Kernels {
  /**
   * `codes[r][i] = clamp(round(row_r,i / scales_i), −127, 127)`, halves to even; 0 if the scale is
   * 0.
   *
   * @param scales `d` float32, non-negative
   * @param codes output, int8, `count × d`
   */
  encodeSq8(rows: RowRun, scales: Block, codes: Block): void;

  /**
   * Rounds `query_i × scales_i` to at most 16 bits, few enough that no int32 sum in `scanSq8` can
   * overflow: `d × 128 × max|query16| < 2³¹` (a damaged code can be −128).
   *
   * @param query, scales `d` float32
   * @param d at most `MAX_SQ8_D`
   * @param query16 output, int16, `d`
   * @returns `f` of `query · x̂ ≈ f × Σ query16_i c_i`, float32
   */
  prepareSq8(query: Block, scales: Block, d: number, query16: Block): number;

  /**
   * Offers every row not skipped to the heap with the key
   * `(base + norms_r) + factor × Σ_i query16_i c_i`, without `norms` `base + factor × Σ`.
   *
   * @param scan its codes: `d` int8 per row
   * @param factor for inner products `−f` of `prepareSq8`, for squared distances `−2f`
   * @param norms float32, one per row
   * @returns how many rows were compared
   */
  scanSq8(
    scan: CodeScan,
    d: number,
    query16: Block,
    factor: number,
    norms: Block | null,
    base: number,
    topK: Block,
  ): number;
}

/** Maximum `d` of `prepareSq8`: up to here a query keeps at least 8 bits. */
export const MAX_SQ8_D = 65536;

/** The largest magnitude of a component of `prepareSq8`'s result for a query of `d`. */
export function sq8QueryLimit(d: number): number {
  return Math.min(32767, Math.floor((2 ** 31 - 1) / (128 * d)));
}
