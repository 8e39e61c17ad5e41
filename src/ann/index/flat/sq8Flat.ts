import type { Block, Kernels } from '../../kernels/kernels.ts';
import { uint32View } from '../../kernels/kernels.ts';
import { readTopK, resetTopK, topKBytes } from '../../kernels/topK.ts';
import type { RowRun } from '../../kernels/training.ts';
import { fewStep, scanStepOf } from '../inspection/traceScan.ts';
import { RerankEncoder } from '../rerank/reranker.ts';
import { OwnedBlocks } from '../rows/ownedBlocks.ts';
import { Sq8Store } from '../rows/sq8Store.ts';
import { SealedBuilder } from '../sealed/sealedBuilder.ts';
import type { Found, QueryPlan } from '../sealed/sealedIndex.ts';
import { SealedIndex } from '../sealed/sealedIndex.ts';
import type { VectorIndex, VectorSpace } from '../vectorIndex.ts';
import type { Sq8FlatParts } from './flatContainer.ts';
import { writeSq8Flat } from './flatContainer.ts';

/**
 * The flat index at one byte per component: each search scans all vectors, with every component
 * rounded to one of 255 steps of its own scale (scalar quantization).
 */
export class Sq8FlatIndex extends SealedIndex {
  readonly kind = 'flat';
  readonly #store: Sq8Store;
  #list: Block | null = null;
  #topK: Block | null = null;

  /** @throws `corrupt` for invalid ids, `out-of-memory` */
  static of(kernels: Kernels, space: VectorSpace, parts: Sq8FlatParts): Sq8FlatIndex {
    return OwnedBlocks.use(kernels, (memory) => new Sq8FlatIndex(memory, space, parts));
  }

  /** Use `of`, which frees the memory if this throws. */
  constructor(memory: OwnedBlocks, space: VectorSpace, parts: Sq8FlatParts) {
    super(memory, space, parts.ids);
    this.#store = new Sq8Store(memory, space.metric, parts);
  }

  serialize(): ArrayBuffer {
    const rows = this.rows.liveRows();
    const ids = this.rows.idView();
    return writeSq8Flat(
      this,
      rows.map((row) => ids[row]!),
      this.#store.contents(rows),
    );
  }

  protected rowsScanned(): number {
    return this.ntotal;
  }

  protected scan({ k, query, filter, meter, maxCodes, trace }: QueryPlan): Found {
    this.#topK = this.memory.atLeast(this.#topK, topKBytes(k));
    resetTopK(this.#topK, k);
    this.#store.prepare(query);
    const { ids, count } = this.rows;
    if (filter.few) {
      trace?.push(fewStep(this.rows.idView(), filter.few));
      this.#list = this.memory.atLeast(this.#list, filter.few.byteLength);
      uint32View(this.#list, filter.few.length).set(filter.few);
      this.#store.rescore(this.#list, filter.few.length, ids, this.#topK);
      meter.codesScanned = filter.few.length;
    } else {
      const rowCount = Math.min(count, maxCodes);
      const rows = { ids, skip: filter.skip, firstRow: 0, rowCount };
      meter.codesScanned = this.#store.scan(rows, this.#topK);
    }
    const best = readTopK(this.#topK);
    meter.lap('scan');
    trace?.push(scanStepOf(meter.codesScanned, best));
    return best;
  }

  protected decodeRow(row: number, target: Float32Array): void {
    this.#store.decodeRow(row, target);
  }
}

/** Quantizes vectors with the scales of a sample. */
export class Sq8FlatBuilder extends SealedBuilder {
  readonly #encoder: RerankEncoder;

  /** @param sample `n × d`: the expected range of values. @throws `out-of-memory` */
  constructor(kernels: Kernels, space: VectorSpace, sample: Float32Array) {
    super(kernels, space);
    this.#encoder = new RerankEncoder(this.memory, 'sq8', sample, space.d);
  }

  protected encode(rows: RowRun): void {
    this.#encoder.append(rows);
  }

  protected assemble(ids: Uint32Array, byId: Uint32Array): VectorIndex {
    const parts = this.#encoder.sq8Parts(byId);
    return Sq8FlatIndex.of(this.kernels, this.space, {
      ids: byId.map((row) => ids[row]!),
      ...parts,
    });
  }
}
