import type { Block } from '../../kernels/kernels.ts';
import { float32View, uint32View } from '../../kernels/kernels.ts';
import type { TopKEntries } from '../../kernels/topK.ts';
import { readTopK, resetTopK, topKBytes } from '../../kernels/topK.ts';
import type { RowRun } from '../../kernels/training.ts';
import type { OwnedBlocks } from '../rows/ownedBlocks.ts';
import type { Metric } from '../vectorIndex.ts';

/**
 * The coarse quantizer: `nlist` centroids, one per cell. A vector belongs to the cell of its
 * nearest centroid (by squared L2 under either metric, to keep residuals short); a query visits the
 * cells whose centroids are nearest by the index's metric.
 */
export class CoarseQuantizer {
  readonly nlist: number;
  readonly d: number;
  /** `nlist × d` float32. */
  readonly centroids: Block;
  readonly #memory: OwnedBlocks;
  readonly #cells: Block;
  #topK: Block | null = null;

  /** @param centroids `nlist × d`; copied. @throws `out-of-memory` */
  constructor(memory: OwnedBlocks, centroids: Float32Array, d: number) {
    this.#memory = memory;
    this.d = d;
    this.nlist = centroids.length / d;
    this.centroids = memory.store(centroids);
    this.#cells = memory.store(Uint32Array.from({ length: this.nlist }, (_, cell) => cell));
  }

  /** The centroid of a cell. A transient view. */
  centroidView(cell: number): Float32Array<ArrayBuffer> {
    return float32View(this.centroids, this.d, cell * this.d);
  }

  /**
   * Finds the cells nearest to a query, nearest first, ties by lower cell; `keys` are negated inner
   * products with the centroids, or squared L2 distances to them.
   *
   * @param query `d` float32
   * @param count cells wanted, 1 to `nlist`
   */
  nearest(metric: Metric, query: Block, count: number): { cells: Uint32Array; keys: Float32Array } {
    const { kernels } = this.#memory;
    this.#topK = this.#memory.atLeast(this.#topK, topKBytes(count));
    resetTopK(this.#topK, count);
    const scan = {
      query,
      vectors: this.centroids,
      ids: this.#cells,
      skip: null,
      d: this.d,
      firstRow: 0,
      rowCount: this.nlist,
    };
    if (metric === 'ip') kernels.scanIp(scan, this.#topK);
    else kernels.scanL2sq(scan, this.#topK);
    const { ids, keys }: TopKEntries = readTopK(this.#topK);
    return { cells: ids, keys };
  }

  /**
   * Writes the cell of each of `rows` to `cells` (uint32 per row).
   *
   * @param known the cells, if already known
   */
  assign(rows: RowRun, cells: Block, known?: Uint32Array): void {
    if (known) uint32View(cells, rows.count).set(known);
    else this.#memory.kernels.assign(rows, this.centroids, this.nlist, cells, null);
  }

  /**
   * Subtracts each row's centroid from it.
   *
   * @param rows `count × d` float32, compact, from the start of the block; overwritten
   */
  subtract(rows: Block, cells: Block, count: number): void {
    const { d } = this;
    const vectors = float32View(rows, count * d);
    const centroids = float32View(this.centroids, this.nlist * d);
    const cellOf = uint32View(cells, count);
    for (let row = 0; row < count; row++) {
      const from = cellOf[row]! * d;
      const at = row * d;
      for (let i = 0; i < d; i++) vectors[at + i]! -= centroids[from + i]!;
    }
  }
}
