import type { Kernels } from '../../kernels/kernels.ts';
import type { RowRun } from '../../kernels/training.ts';
import type { TrainControl } from '../../quantizer/control.ts';
import { checkpoint, pacer } from '../../quantizer/control.ts';
import { RerankEncoder } from '../rerank/reranker.ts';
import type { RowReader } from '../rerank/rowReader.ts';
import { SealedBuilder } from '../sealed/sealedBuilder.ts';
import type { VectorIndex, VectorSpace } from '../vectorIndex.ts';
import type { Store, StoreParts } from './treeStore.ts';

/** Rows between two steps: some milliseconds of work, even in a thousand components. */
export const STEP_ROWS = 8192;

/** A step of growing trees. */
export interface Growth {
  /** Multiply-adds since the last step. */
  readonly work: number;
  /** Of the whole, from 0 to 1. */
  readonly share: number;
}

/** Grows trees step by step, so that the same code can pause between steps or run at once. */
export type Growing<T> = Generator<Growth, T>;

/** Collects vectors, and grows trees over all of them in the order of their ids. */
export abstract class TreeBuilder<T> extends SealedBuilder {
  protected readonly store: Store;
  readonly #encoder: RerankEncoder;
  #grown: T | null = null;

  /** @param sample `n × d`: the expected range of values. @throws `out-of-memory` */
  constructor(kernels: Kernels, space: VectorSpace, store: Store, sample: Float32Array) {
    super(kernels, space);
    this.store = store;
    this.#encoder = new RerankEncoder(this.memory, store, sample, space.d);
  }

  async prepare(control?: TrainControl): Promise<void> {
    const growing = this.#grow(this.sorted().byId);
    await checkpoint(control, 'trees', 0);
    const pace = pacer(control, 'trees');
    let step = growing.next();
    for (; !step.done; step = growing.next()) await pace(step.value.work, step.value.share);
    this.#grown = step.value;
  }

  protected encode(rows: RowRun): void {
    this.#encoder.append(rows);
  }

  protected assemble(ids: Uint32Array, byId: Uint32Array): VectorIndex {
    const grown = this.#grown ?? runToEnd(this.#grow(byId));
    this.#grown = null;
    return this.plant(
      grown,
      (order) => order.map((position) => ids[byId[position]!]!),
      (order) => this.#parts(order.map((position) => byId[position]!)),
    );
  }

  /**
   * Grows the trees.
   *
   * @param vectors as they are stored, by position in the order of their ids
   */
  protected abstract grow(vectors: RowReader): Growing<T>;

  /**
   * Creates the index of grown trees.
   *
   * @param idsOf the ids of positions
   * @param storeOf the vectors of positions
   */
  protected abstract plant(
    grown: T,
    idsOf: (order: Uint32Array) => Uint32Array,
    storeOf: (order: Uint32Array) => StoreParts,
  ): VectorIndex;

  #grow(byId: Uint32Array): Growing<T> {
    return this.grow(this.#encoder.reader(byId));
  }

  #parts(rows: Uint32Array): StoreParts {
    const parts = this.#encoder.parts(rows);
    if (parts.rerank === 'none') throw new Error(`a tree of ${this.store} without vectors`);
    return parts;
  }
}

function runToEnd<T>(growing: Growing<T>): T {
  let step = growing.next();
  while (!step.done) step = growing.next();
  return step.value;
}
