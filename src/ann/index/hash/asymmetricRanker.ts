import type { Block } from '../../kernels/kernels.ts';
import { float32View, uint32View } from '../../kernels/kernels.ts';
import type { TopKEntries } from '../../kernels/topK.ts';
import { readTopK, resetTopK, topKBytes } from '../../kernels/topK.ts';
import { TopKHeap } from '../../kernels/topKHeap.ts';
import type { OwnedBlocks } from '../rows/ownedBlocks.ts';
import type { Metric } from '../vectorIndex.ts';
import type { BinaryCodes } from './binaryCodes.ts';
import type { Hyperplanes } from './hyperplanes.ts';

/**
 * Ranks rows by the distance of the query itself to what their codes stand for,
 * `mean + Σ_b ± normal_b`: asymmetric, as in product quantization, and finer than counting bits.
 */
export class AsymmetricRanker {
  readonly #memory: OwnedBlocks;
  readonly #metric: Metric;
  readonly #planes: Hyperplanes;
  readonly #codes: BinaryCodes;
  readonly #code: Uint8Array<ArrayBuffer>;
  /** (codeBytes × 256): the sum of a byte's eight signed inner products, for each of its values. */
  #table: Float64Array<ArrayBuffer> | null = null;
  /** (bits): the inner product of the mean with each normal. */
  readonly #meanProducts: Float64Array<ArrayBuffer>;
  /** The sum of the squared lengths of the normals, which are orthogonal. */
  readonly #spreadSq: number;
  #topK: Block | null = null;

  constructor(memory: OwnedBlocks, metric: Metric, planes: Hyperplanes, codes: BinaryCodes) {
    this.#memory = memory;
    this.#metric = metric;
    this.#planes = planes;
    this.#codes = codes;
    this.#code = new Uint8Array(codes.codeBytes);
    const { bits, d, mean } = planes;
    const normals = planes.normalsOf(0);
    this.#meanProducts = Float64Array.from({ length: bits }, (_, b) =>
      product(mean, normals, b, d),
    );
    this.#spreadSq = normals.reduce((sum, x) => sum + x * x, 0);
  }

  /**
   * Returns the best `k` of the rows.
   *
   * @param query `d` float32, whose margins are in the hyperplanes
   * @param rows distinct row numbers
   * @param ids of all rows
   */
  rank(k: number, query: Block, rows: Uint32Array, ids: Block): TopKEntries {
    const { codeBytes } = this.#codes;
    this.#table ??= this.#memory.keep(new Float64Array(256 * codeBytes));
    const table = this.#table;
    const base = this.#prepare(query, table);
    this.#topK = this.#memory.atLeast(this.#topK, topKBytes(k));
    resetTopK(this.#topK, k);
    const heap = new TopKHeap(this.#topK);
    const idView = uint32View(ids, ids.byteLength / 4);
    for (const row of rows) {
      this.#codes.read(row, this.#code);
      let sum = base;
      for (let m = 0; m < codeBytes; m++) sum += table[256 * m + this.#code[m]!]!;
      heap.push(Math.fround(sum), idView[row]!);
    }
    return readTopK(this.#topK);
  }

  /** Fills the table, and returns the part of a key that no code changes. */
  #prepare(query: Block, table: Float64Array): number {
    const { d, mean, margins } = this.#planes;
    const byIp = this.#metric === 'ip';
    const vector = float32View(query, d);
    // |q − x̂|² = |q − mean|² − 2 (q − mean) · Σ ± normal_b + Σ |normal_b|²
    const weightOf = (b: number) =>
      byIp ? -(margins[b]! + this.#meanProducts[b]!) : -2 * margins[b]!;
    for (let m = 0; m < this.#codes.codeBytes; m++) fillByte(table, m, weightOf);
    if (byIp) return -product(vector, mean, 0, d);
    let offsetSq = 0;
    for (let i = 0; i < d; i++) offsetSq += (vector[i]! - mean[i]!) ** 2;
    return offsetSq + this.#spreadSq;
  }
}

/** Fills one byte's entries: each value's sum differs from that without its highest bit in one sign. */
function fillByte(table: Float64Array, m: number, weightOf: (b: number) => number): void {
  const at = 256 * m;
  let none = 0;
  for (let bit = 0; bit < 8; bit++) none -= weightOf(8 * m + bit);
  table[at] = none;
  for (let bit = 0; bit < 8; bit++) {
    const flip = 2 * weightOf(8 * m + bit);
    const high = 1 << bit;
    for (let value = 0; value < high; value++) table[at + high + value] = table[at + value]! + flip;
  }
}

/** The inner product of a vector with row `b` of others. */
function product(vector: Float32Array, rows: Float32Array, b: number, d: number): number {
  let sum = 0;
  for (let i = 0, at = b * d; i < d; i++) sum += vector[i]! * rows[at + i]!;
  return sum;
}
