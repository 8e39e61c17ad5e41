import type { Kernels } from '../../kernels/kernels.ts';
import type { RowRun } from '../../kernels/training.ts';
import { checkpoint, pacer, type TrainControl } from '../../quantizer/control.ts';
import { RerankEncoder } from '../rerank/reranker.ts';
import { SealedBuilder } from '../sealed/sealedBuilder.ts';
import type { SpecOf } from '../spec.ts';
import type { VectorIndex, VectorSpace } from '../vectorIndex.ts';
import type { GraphVectors } from './graphStore.ts';
import { HnswIndex } from './hnsw.ts';
import { hashOf, levelOf } from './levels.ts';

/** Collects vectors, and links them when all are there: the order of addition does not matter. */
export class HnswBuilder extends SealedBuilder {
  readonly #spec: SpecOf<'hnsw'>;
  readonly #encoder: RerankEncoder;
  #index: HnswIndex | null = null;
  /** Whether all rows of the index are linked. */
  #linked = false;

  /** @param sample `n × d`: the expected range of values. @throws `out-of-memory` */
  constructor(kernels: Kernels, space: VectorSpace, spec: SpecOf<'hnsw'>, sample: Float32Array) {
    super(kernels, space);
    this.#spec = spec;
    this.#encoder = new RerankEncoder(this.memory, spec.store, sample, space.d);
  }

  /** @throws also `invalid-argument` if an id was added twice */
  async prepare(control?: TrainControl): Promise<void> {
    this.#drop();
    await checkpoint(control, 'linking', 0);
    const { ids, byId } = this.sorted();
    const index = this.#collect(ids, byId);
    this.#index = index;
    const pace = pacer(control, 'linking');
    const { d } = this.space;
    let linked = 0;
    // Waiting for vectors all over memory, the kernels are hardly faster than plain TypeScript.
    for (const compared of index.link()) {
      linked++;
      await pace(compared * d, Math.min(1, linked / ids.length));
    }
    await checkpoint(control, 'linking', 1);
    this.#linked = true;
  }

  override dispose(): void {
    this.#drop();
    super.dispose();
  }

  protected encode(rows: RowRun): void {
    this.#drop();
    this.#encoder.append(rows);
  }

  protected assemble(ids: Uint32Array<ArrayBuffer>, byId: Uint32Array<ArrayBuffer>): VectorIndex {
    const prepared = this.#linked ? this.#index : null;
    if (prepared) {
      this.#index = null;
      return prepared;
    }
    this.#drop();
    const index = this.#collect(ids, byId);
    for (const _ of index.link());
    return index;
  }

  /** The index of the added vectors, not linked yet. */
  #collect(ids: Uint32Array, byId: Uint32Array): HnswIndex {
    const { M, efConstruction, seed } = this.#spec;
    const inOrder = byId.map((row) => ids[row]!);
    return HnswIndex.of(this.kernels, this.space, {
      params: { efConstruction, seed },
      ids: inOrder,
      vectors: this.#encoder.parts(byId) as GraphVectors,
      links: { M, levels: Uint8Array.from(inOrder, (id) => levelOf(hashOf(id, seed), M)) },
    });
  }

  /** Disposes of an index that was prepared, but not sealed. */
  #drop(): void {
    this.#index?.dispose();
    this.#index = null;
    this.#linked = false;
  }
}
