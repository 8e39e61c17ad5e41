import type { Block } from '../../kernels/kernels.ts';
import { float32View } from '../../kernels/kernels.ts';
import type { OwnedBlocks } from '../rows/ownedBlocks.ts';
import type { Metric } from '../vectorIndex.ts';
import type { CodeShape } from './codeShape.ts';

/** Centroids of a product quantizer in kernel memory. */
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
   * Fills a query's table, `M × ksub`: negated inner products with the centroids, or squared L2
   * distances to them.
   *
   * @param query `d` float32
   */
  fillTable(metric: Metric, query: Block, table: Block): void {
    const { kernels } = this.#memory;
    if (metric === 'ip') kernels.ipTable(query, this.pqCentroids, this.shape, table);
    else kernels.l2sqTable(query, this.pqCentroids, this.shape, table);
  }

  /** Decodes a code. @param code `M` long. @param target `d` long */
  decode(code: Uint8Array, target: Float32Array): void {
    const { M, ksub, dsub } = this.shape;
    const centroids = this.view();
    for (let m = 0; m < M; m++) {
      const from = (m * ksub + code[m]!) * dsub;
      for (let i = 0; i < dsub; i++) target[m * dsub + i] = centroids[from + i]!;
    }
  }

  /** `M × ksub × dsub`. A transient view. */
  view(): Float32Array<ArrayBuffer> {
    const { d, ksub } = this.shape;
    return float32View(this.pqCentroids, d * ksub);
  }
}
