import type { RowBuffer } from '../rows/rowBuffer.ts';

/**
 * Reads collected vectors by their position in some order, without a copy where they are float32.
 * After `seek`, the vector is the `d` components of `array` from `at` on.
 */
export class RowReader {
  readonly d: number;
  array: Float32Array;
  at = 0;
  readonly #order: Uint32Array;
  readonly #chunkRows: number;
  readonly #float32: readonly Float32Array[];
  readonly #codes: readonly Int8Array[];
  readonly #scales: Float32Array;

  /**
   * @param rows float32, or SQ8 if there are scales; not added to afterwards
   * @param order the row of each position
   */
  constructor(rows: RowBuffer, scales: Float32Array, order: Uint32Array) {
    const isSq8 = scales.length > 0;
    const { chunks, chunkRows } = rows.chunked();
    this.d = isSq8 ? rows.rowBytes : rows.rowBytes / 4;
    this.array = new Float32Array(this.d);
    this.#order = order;
    this.#chunkRows = chunkRows;
    this.#scales = scales;
    this.#float32 = isSq8 ? [] : chunks.map(({ buffer }) => new Float32Array(buffer));
    this.#codes = isSq8 ? chunks.map(({ buffer }) => new Int8Array(buffer)) : [];
  }

  get count(): number {
    return this.#order.length;
  }

  seek(position: number): void {
    const row = this.#order[position]!;
    const chunk = Math.floor(row / this.#chunkRows);
    const start = (row - chunk * this.#chunkRows) * this.d;
    const scales = this.#scales;
    if (scales.length === 0) {
      this.array = this.#float32[chunk]!;
      this.at = start;
      return;
    }
    const codes = this.#codes[chunk]!;
    const { array } = this;
    for (let i = 0; i < array.length; i++) array[i] = scales[i]! * codes[start + i]!;
  }
}
