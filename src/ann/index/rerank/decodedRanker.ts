import type { Block } from '../../kernels/kernels.ts';
import { float32View, uint32View } from '../../kernels/kernels.ts';
import type { TopKEntries } from '../../kernels/topK.ts';
import { readTopK, resetTopK, topKBytes } from '../../kernels/topK.ts';
import type { OwnedBlocks } from '../rows/ownedBlocks.ts';
import type { Metric } from '../vectorIndex.ts';

const SLICE_ROWS = 256;

/** Ranks rows by the distance to their decoded codes. */
export class DecodedRanker {
  readonly #memory: OwnedBlocks;
  readonly #metric: Metric;
  readonly #d: number;
  #vectors: Block | null = null;
  #ids: Block | null = null;
  #topK: Block | null = null;

  constructor(memory: OwnedBlocks, metric: Metric, d: number) {
    this.#memory = memory;
    this.#metric = metric;
    this.#d = d;
  }

  /**
   * Returns the best `k` of the rows.
   *
   * @param query `d` float32, in the space of `decode`
   * @param rows distinct row numbers; must not be in a block
   * @param idOf of all rows
   * @param decode writes a row's vector into `d` floats
   */
  rank(
    k: number,
    query: Block,
    rows: Uint32Array,
    idOf: Block,
    decode: (row: number, target: Float32Array) => void,
  ): TopKEntries {
    const d = this.#d;
    const { kernels } = this.#memory;
    const sliceRows = Math.min(SLICE_ROWS, rows.length);
    this.#vectors = this.#memory.atLeast(this.#vectors, 4 * d * sliceRows);
    this.#ids = this.#memory.atLeast(this.#ids, 4 * sliceRows);
    this.#topK = this.#memory.atLeast(this.#topK, topKBytes(k));
    resetTopK(this.#topK, k);
    const names = uint32View(idOf, idOf.byteLength / 4);
    for (let first = 0; first < rows.length; first += SLICE_ROWS) {
      const rowCount = Math.min(SLICE_ROWS, rows.length - first);
      const vectors = float32View(this.#vectors, rowCount * d);
      const ids = uint32View(this.#ids, rowCount);
      for (let i = 0; i < rowCount; i++) {
        const row = rows[first + i]!;
        ids[i] = names[row]!;
        decode(row, vectors.subarray(i * d, (i + 1) * d));
      }
      const scan = {
        query,
        vectors: this.#vectors,
        ids: this.#ids,
        skip: null,
        d,
        firstRow: 0,
        rowCount,
      };
      if (this.#metric === 'ip') kernels.scanIp(scan, this.#topK);
      else kernels.scanL2sq(scan, this.#topK);
    }
    return readTopK(this.#topK);
  }
}
