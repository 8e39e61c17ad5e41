import type { Kernels } from '../../kernels/kernels.ts';
import type { RowRun } from '../../kernels/training.ts';
import { RerankEncoder } from '../rerank/reranker.ts';
import { RowBuffer } from '../rows/rowBuffer.ts';
import { SealedBuilder } from '../sealed/sealedBuilder.ts';
import type { LshSpec } from '../spec/hash.ts';
import type { VectorIndex, VectorSpace } from '../vectorIndex.ts';
import type { BucketStoreParts } from './bucketStore.ts';
import { keyOf } from './bucketTable.ts';
import type { HyperplaneParts } from './hyperplanes.ts';
import { Hyperplanes } from './hyperplanes.ts';
import { LshIndex } from './lsh.ts';

/** Hashes vectors with random hyperplanes. */
export class LshBuilder extends SealedBuilder {
  readonly #spec: LshSpec;
  readonly #parts: HyperplaneParts;
  readonly #planes: Hyperplanes;
  readonly #store: RerankEncoder;
  readonly #keys: RowBuffer;

  /**
   * @param parts `tables × bits` hyperplanes
   * @param sample `n × d`: the expected range of values
   * @throws `out-of-memory`
   */
  constructor(
    kernels: Kernels,
    space: VectorSpace,
    parts: HyperplaneParts,
    spec: LshSpec,
    sample: Float32Array,
  ) {
    super(kernels, space);
    this.#spec = spec;
    this.#parts = parts;
    this.#planes = new Hyperplanes(this.memory, parts, spec.tables);
    this.#store = new RerankEncoder(this.memory, spec.store, sample, space.d);
    this.#keys = new RowBuffer(4 * spec.tables);
  }

  protected encode(rows: RowRun): void {
    this.#store.append(rows);
    const { tables, bits } = this.#planes;
    const keys = new Uint32Array(rows.count * tables);
    for (let table = 0; table < tables; table++) {
      const margins = this.#planes.marginsOf(rows, table);
      for (let row = 0; row < rows.count; row++) {
        keys[row * tables + table] = keyOf(margins, row * bits, bits);
      }
    }
    this.#keys.append(keys, rows.count);
  }

  protected assemble(ids: Uint32Array, byId: Uint32Array): VectorIndex {
    const keys = new Uint32Array(byId.length * this.#spec.tables);
    this.#keys.gather(byId).copyTo(new Uint8Array(keys.buffer));
    return LshIndex.of(this.kernels, this.space, {
      seed: this.#spec.seed,
      tables: this.#spec.tables,
      planes: this.#parts,
      ids: byId.map((row) => ids[row]!),
      keys,
      store: this.#store.parts(byId) as BucketStoreParts,
    });
  }
}
