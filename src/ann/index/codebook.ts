import type { Block } from '../kernels/kernels.ts';
import { float32View, uint32View } from '../kernels/kernels.ts';
import type { RowRun } from '../kernels/training.ts';
import type { CodeShape } from './codeShape.ts';
import type { OwnedBlocks } from './ownedBlocks.ts';
import type { RowBuffer } from './rowBuffer.ts';
import { SLICE_ROWS } from './sealedBuilder.ts';
import type { Metric } from './vectorIndex.ts';

/** The centroids of a product quantizer in the kernels' memory. */
export class Codebook {
  readonly shape: CodeShape;
  /** `M × ksub × dsub` float32. */
  readonly pqCentroids: Block;
  readonly #memory: OwnedBlocks;

  /** @param pqCentroids `M × ksub × dsub`; copied. @throws `out-of-memory` */
  constructor(memory: OwnedBlocks, shape: CodeShape, pqCentroids: Float32Array) {
    this.shape = shape;
    this.#memory = memory;
    this.pqCentroids = memory.store(pqCentroids);
  }

  /**
   * The table of a query, `M × ksub`: minus the inner products with the centroids, or the squared L2
   * distances to them.
   *
   * @param query `d` float32
   */
  fillTable(metric: Metric, query: Block, table: Block): void {
    const { kernels } = this.#memory;
    if (metric === 'ip') kernels.ipTable(query, this.pqCentroids, this.shape, table);
    else kernels.l2sqTable(query, this.pqCentroids, this.shape, table);
  }

  /** The vector of a code. @param code `M` long. @param target `d` long */
  decode(code: Uint8Array, target: Float32Array): void {
    const { M, ksub, dsub } = this.shape;
    const centroids = this.view();
    for (let m = 0; m < M; m++) {
      const from = (m * ksub + code[m]!) * dsub;
      for (let i = 0; i < dsub; i++) target[m * dsub + i] = centroids[from + i]!;
    }
  }

  /** `M × ksub × dsub`. Do not keep. */
  view(): Float32Array<ArrayBuffer> {
    const { d, ksub } = this.shape;
    return float32View(this.pqCentroids, d * ksub);
  }
}

/** Encodes vectors with the centroids of a product quantizer, `SLICE_ROWS` at a time. */
export class CodeEncoder {
  readonly #shape: CodeShape;
  readonly #memory: OwnedBlocks;
  /** Of each sub-quantizer, `ksub × dsub` float32. */
  readonly #centroids: readonly Block[];
  readonly #values: Block;
  readonly #codes: Uint8Array<ArrayBuffer>;

  /** @param pqCentroids `M × ksub × dsub`; copied. @throws `out-of-memory` */
  constructor(memory: OwnedBlocks, shape: CodeShape, pqCentroids: Float32Array) {
    const { M, ksub, dsub } = shape;
    this.#shape = shape;
    this.#memory = memory;
    this.#centroids = Array.from({ length: M }, (_, m) =>
      memory.store(pqCentroids.subarray(m * ksub * dsub, (m + 1) * ksub * dsub)),
    );
    this.#values = memory.alloc(4 * SLICE_ROWS);
    this.#codes = new Uint8Array(SLICE_ROWS * M);
  }

  /** Encodes rows and appends their codes, a byte each. @param rows at most `SLICE_ROWS` */
  append(rows: RowRun, to: RowBuffer): void {
    const { M, ksub, dsub } = this.#shape;
    const { count } = rows;
    const codes = this.#codes;
    this.#centroids.forEach((centroids, m) => {
      const run = { ...rows, offset: rows.offset + m * dsub, d: dsub };
      this.#memory.kernels.assign(run, centroids, ksub, this.#values, null);
      const values = uint32View(this.#values, count);
      for (let row = 0; row < count; row++) codes[row * M + m] = values[row]!;
    });
    to.append(codes, count);
  }
}
