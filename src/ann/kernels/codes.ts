import type { Block } from './block.ts';
import type { PqShape, RowRun } from './training.ts';

/**
 * Which codes a scan reads, and under which ids it offers them to the heap. What a code is, each
 * scan says. Rows are numbered from the first code of the block.
 */
export interface CodeScan {
  readonly codes: Block;
  /** At least `firstRow + rowCount` uint32: the id of each row. `null`: the row's number is its id. */
  readonly ids: Block | null;
  /** Bit `r % 8` of byte `⌊r / 8⌋` set: row `r` is passed over. `null`: none is. */
  readonly skip: Block | null;
  readonly firstRow: number;
  readonly rowCount: number;
}

/** The most sub-quantizers of a 4-bit scan: 257 table entries of at most 255 still fit 16 bits. */
export const MAX_PQ4_M = 257;

/**
 * Asymmetric distance computation over product-quantized codes (Jégou, Douze and Schmid, "Product
 * quantization for nearest neighbor search", 2011, eq. 13): a table holds the distance of each of
 * the query's sub-vectors to each centroid of its sub-quantizer, lower is better, and a row's
 * distance is the sum of `M` entries. The twins give the same bits.
 */
export interface PqKernels {
  /**
   * `table[m][j] = −(query_m · centroid_mj)`.
   *
   * @param query `M × dsub` float32
   * @param pqCentroids `M × ksub × dsub` float32
   * @param table `M × ksub` float32, written
   */
  ipTable(query: Block, pqCentroids: Block, shape: PqShape, table: Block): void;

  /** `table[m][j] = |query_m − centroid_mj|²`; otherwise as `ipTable`. */
  l2sqTable(query: Block, pqCentroids: Block, shape: PqShape, table: Block): void;

  /**
   * Offers every row not skipped to the heap under the key `base + Σ_m table[m][code_m]`, the sum
   * a float32 one in rising `m`.
   *
   * @param scan its codes: `M` bytes a row, byte `m` the centroid of sub-quantizer `m`
   * @param table `M × 256` float32
   * @returns how many rows were compared
   */
  scanPq8(scan: CodeScan, table: Block, M: number, base: number, topK: Block): number;

  /**
   * Rounds a table for `scanPq4`: `lut[m][j] = round((table[m][j] − min_m) / scale)` with one scale,
   * the least with which no entry is above 255, so that for any code
   * `|Σ table − (bias + scale × Σ lut)| ≤ M × scale / 2` but for float32 rounding.
   *
   * @param table `M × 16` float32, finite
   * @param lut `M × 16` uint8, written
   * @returns `bias = Σ_m min_m` and `scale`, both float32
   */
  quantizeTable(table: Block, M: number, lut: Block): { bias: number; scale: number };

  /**
   * Offers every row not skipped to the heap under the key `base + scale × Σ_m lut[m][code_m]`,
   * the sum an exact integer (after André, Kermarrec and Le Scouarnec, "Cache locality is not
   * enough: high-performance nearest neighbor search with product quantization fast scan", 2015).
   *
   * @param scan its codes: blocks of 32 rows as `packPq4` makes them, the first row 0's
   * @param lut `M × 16` uint8
   * @param M at most `MAX_PQ4_M`
   * @returns how many rows were compared
   */
  scanPq4(scan: CodeScan, lut: Block, M: number, scale: number, base: number, topK: Block): number;
}

/**
 * Scalar quantization to 8 bits: `x_i ≈ scales_i × c_i` with whole `c_i` in −127…127. The twins
 * give the same bits.
 */
export interface Sq8Kernels {
  /**
   * `codes[r][i] = clamp(round(row_r,i / scales_i), −127, 127)`, halves to the even; 0 where the
   * scale is 0.
   *
   * @param scales `d` float32, none below 0
   * @param codes int8, `count × d`, written
   */
  encodeSq8(rows: RowRun, scales: Block, codes: Block): void;

  /**
   * Rounds `query_i × scales_i` to 16 bits or fewer, so few that no int32 sum in `scanSq8` can
   * overflow: `d × 128 × max|query16| < 2³¹`
   * (a damaged code can be −128).
   *
   * @param query, scales `d` float32
   * @param d at most `MAX_SQ8_D`
   * @param query16 int16, `d`, written
   * @returns `f` of `query · x̂ ≈ f × Σ query16_i c_i`, float32
   */
  prepareSq8(query: Block, scales: Block, d: number, query16: Block): number;

  /**
   * Offers every row not skipped to the heap under the key
   * `(base + norms_r) + factor × Σ_i query16_i c_i`, without `norms` `base + factor × Σ`.
   *
   * @param scan its codes: `d` int8 a row
   * @param factor for inner products `−f` of `prepareSq8`, for squared distances `−2f`
   * @param norms float32, one a row
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

/** The most components `prepareSq8` takes: up to here a query keeps at least 8 bits. */
export const MAX_SQ8_D = 65536;

/** The largest magnitude that `prepareSq8` gives to a component of a query of `d`. */
export function sq8QueryLimit(d: number): number {
  return Math.min(32767, Math.floor((2 ** 31 - 1) / (128 * d)));
}
