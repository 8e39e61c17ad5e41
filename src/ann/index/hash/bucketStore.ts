import type { SectionContent } from '../../format/sections.ts';
import type { Block } from '../../kernels/kernels.ts';
import type { RerankParts } from '../rerank/reranker.ts';
import { Float32Store } from '../rows/float32Store.ts';
import type { OwnedBlocks } from '../rows/ownedBlocks.ts';
import { Sq8Store } from '../rows/sq8Store.ts';
import type { LshStore } from '../spec/hash.ts';
import type { VectorSpace } from '../vectorIndex.ts';

/** A store that there is. */
export type BucketStoreParts = Exclude<RerankParts, { readonly rerank: 'none' }>;

/** The vectors with which the rows of buckets are compared. */
export class BucketStore {
  readonly store: LshStore;
  readonly #inner: Float32Store | Sq8Store;

  /** @throws `out-of-memory` */
  constructor(memory: OwnedBlocks, { metric, d }: VectorSpace, parts: BucketStoreParts) {
    this.store = parts.rerank;
    this.#inner =
      parts.rerank === 'sq8'
        ? new Sq8Store(memory, metric, parts)
        : new Float32Store(memory, metric, d, parts.vectors);
  }

  /** Offers the rows of a list (uint32) to a heap by their distance to the query. */
  compare(query: Block, list: Block, count: number, ids: Block, topK: Block): void {
    if (this.#inner instanceof Sq8Store) {
      this.#inner.prepare(query);
      this.#inner.rescore(list, count, ids, topK);
    } else {
      this.#inner.rescore(query, list, count, ids, topK);
    }
  }

  decodeRow(row: number, target: Float32Array): void {
    this.#inner.decodeRow(row, target);
  }

  /** The sections to save. @param rows the remaining rows, in order */
  contents(rows: Uint32Array): SectionContent[] {
    return this.#inner.contents(rows);
  }
}
