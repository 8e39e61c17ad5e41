import { AkinError } from '../../../base/errors.ts';
import { safeProduct } from '../../../base/layout.ts';
import type { SectionSize } from '../../format/header.ts';
import { SECTION } from '../../format/header.ts';
import type { Container } from '../../format/read.ts';
import type { SectionContent } from '../../format/sections.ts';
import { float32Section, rowsSection } from '../../format/sections.ts';
import type { GraphRows } from '../../kernels/graph.ts';
import type { Block } from '../../kernels/kernels.ts';
import { bytesView, float32View } from '../../kernels/kernels.ts';
import { isVector } from '../checkVector.ts';
import type { Metric } from '../vectorIndex.ts';
import type { OwnedBlocks, RowSource } from './ownedBlocks.ts';
import { sourceOf } from './ownedBlocks.ts';

/** The section of uncompressed vectors; `undefined` if its size overflows. */
export function float32Sizes(ntotal: number, d: number): SectionSize[] | undefined {
  const byteLength = safeProduct(ntotal, d, 4);
  return byteLength === undefined ? undefined : [{ id: SECTION.vectors, byteLength }];
}

/**
 * Reads and checks a container's vectors: one that no writer would accept gives invalid scores.
 *
 * @throws `corrupt`
 */
export function readFloat32(container: Container): RowSource {
  const { d, ntotal } = container.header;
  const vectors = float32Section(container, SECTION.vectors);
  for (let row = 0; row < ntotal; row++) {
    if (!isVector(vectors, row * d, d)) {
      throw new AkinError('corrupt', `the saved index is damaged: row ${row} is no vector`);
    }
  }
  return sourceOf(vectors);
}

/** Compares queries with uncompressed vectors. */
export class Float32Store {
  readonly #memory: OwnedBlocks;
  readonly #metric: Metric;
  readonly #d: number;
  #vectors: Block;
  #count: number;

  /** @param vectors `n × d` float32. @throws `out-of-memory` */
  constructor(memory: OwnedBlocks, metric: Metric, d: number, vectors: RowSource) {
    this.#memory = memory;
    this.#metric = metric;
    this.#d = d;
    this.#vectors = memory.store(vectors);
    this.#count = vectors.byteLength / (4 * d);
  }

  get bytes(): number {
    return this.#vectors.byteLength;
  }

  /** The rows as a graph walks them; valid until the next `append`. */
  graphRows(): GraphRows {
    return {
      metric: this.#metric,
      d: this.#d,
      count: this.#count,
      vectors: this.#vectors,
      sq8: null,
    };
  }

  /** Writes a new row, the first after the others. @throws `out-of-memory` */
  append(row: number, vector: Float32Array): void {
    const d = this.#d;
    this.#vectors = this.#memory.withRoom(this.#vectors, 4 * d * (row + 1));
    float32View(this.#vectors, d, row * d).set(vector);
    this.#count = row + 1;
  }

  /** Offers rows to a heap by their distance to the query. Returns how many were compared. */
  scan(
    query: Block,
    rows: { ids: Block; skip: Block | null; firstRow: number; rowCount: number },
    topK: Block,
  ): number {
    // Not spread: runs may be as short as a tree's leaf, and that alone would take a third of a search.
    const { ids, skip, firstRow, rowCount } = rows;
    const scan = { query, vectors: this.#vectors, ids, skip, d: this.#d, firstRow, rowCount };
    const { kernels } = this.#memory;
    return this.#metric === 'ip' ? kernels.scanIp(scan, topK) : kernels.scanL2sq(scan, topK);
  }

  /** Offers the rows of a list (uint32) to a heap. */
  rescore(query: Block, list: Block, count: number, ids: Block, topK: Block): void {
    const d = this.#d;
    const rows = { block: this.#vectors, offset: 0, stride: d, d, count: this.#count };
    this.#memory.kernels.rescore(this.#metric, query, rows, list, count, ids, topK);
  }

  decodeRow(row: number, target: Float32Array): void {
    target.set(float32View(this.#vectors, this.#d, row * this.#d));
  }

  /** The sections to save. @param rows the remaining rows, in order */
  contents(rows: Uint32Array): SectionContent[] {
    return [rowsSection(SECTION.vectors, () => bytesView(this.#vectors), 4 * this.#d, rows)];
  }
}
