import type { SectionContent } from '../../format/sections.ts';
import type { GraphQuery, GraphRows } from '../../kernels/graph.ts';
import type { Block } from '../../kernels/kernels.ts';
import type { RerankParts } from '../rerank/reranker.ts';
import { Float32Store } from '../rows/float32Store.ts';
import type { OwnedBlocks } from '../rows/ownedBlocks.ts';
import { Sq8Store } from '../rows/sq8Store.ts';
import type { VectorSpace } from '../vectorIndex.ts';

/** The vectors of a graph, in row order. */
export type GraphVectors = Exclude<RerankParts, { readonly rerank: 'none' }>;

/** The vectors of a graph, in either precision. */
export class GraphStore {
  readonly kind: 'float32' | 'sq8';
  readonly #float32: Float32Store | null = null;
  readonly #sq8: Sq8Store | null = null;
  #rows: GraphRows;

  /** @throws `out-of-memory` */
  constructor(memory: OwnedBlocks, { metric, d }: VectorSpace, parts: GraphVectors) {
    this.kind = parts.rerank;
    if (parts.rerank === 'sq8') this.#sq8 = new Sq8Store(memory, metric, parts);
    else this.#float32 = new Float32Store(memory, metric, d, parts.vectors);
    this.#rows = this.#store.graphRows();
  }

  /** Valid until the next `append`. */
  get rows(): GraphRows {
    return this.#rows;
  }

  /** Prepares a query (`d` float32) for walks, scans and rescores. Valid until the next one. */
  prepare(query: Block): GraphQuery {
    if (!this.#sq8) return { query, factor: 0, base: 0 };
    this.#sq8.prepare(query);
    return this.#sq8.graphQuery();
  }

  /** Offers rows to a heap by their distance to the prepared query. Returns how many. */
  scan(
    query: Block,
    rows: { ids: Block; skip: Block | null; firstRow: number; rowCount: number },
    topK: Block,
  ): number {
    return this.#sq8 ? this.#sq8.scan(rows, topK) : this.#float32!.scan(query, rows, topK);
  }

  /** Same for the rows of a list (uint32). */
  rescore(query: Block, list: Block, count: number, ids: Block, topK: Block): void {
    if (this.#sq8) this.#sq8.rescore(list, count, ids, topK);
    else this.#float32!.rescore(query, list, count, ids, topK);
  }

  /** Writes a new row, the first after the others. @throws `out-of-memory` */
  append(row: number, vector: Float32Array): void {
    this.#store.append(row, vector);
    this.#rows = this.#store.graphRows();
  }

  decodeRow(row: number, target: Float32Array): void {
    this.#store.decodeRow(row, target);
  }

  /** The sections to save. @param rows the remaining rows, in order */
  contents(rows: Uint32Array): SectionContent[] {
    return this.#store.contents(rows);
  }

  get #store(): Float32Store | Sq8Store {
    return this.#sq8 ?? this.#float32!;
  }
}
