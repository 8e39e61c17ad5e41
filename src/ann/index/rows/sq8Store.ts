import { AkinError } from '../../../base/errors.ts';
import { safeProduct } from '../../../base/layout.ts';
import type { SectionSize } from '../../format/header.ts';
import { SECTION } from '../../format/header.ts';
import type { Container } from '../../format/read.ts';
import type { SectionContent } from '../../format/sections.ts';
import { bytesSection, float32Section, rowsSection, wholeSection } from '../../format/sections.ts';
import { int8View } from '../../kernels/block.ts';
import type { GraphQuery, GraphRows, Sq8Rows } from '../../kernels/graph.ts';
import type { Block } from '../../kernels/kernels.ts';
import { bytesView, float32View } from '../../kernels/kernels.ts';
import { MAX_CODE } from '../../quantizer/codes/scalarQuantizer.ts';
import { MAX_LENGTH_SQ } from '../checkVector.ts';
import type { Metric } from '../vectorIndex.ts';
import type { OwnedBlocks, RowSource } from './ownedBlocks.ts';
import { sourceOf } from './ownedBlocks.ts';
import { rowQueryOf, Sq8RowEncoder } from './sq8Rows.ts';

/** Vectors of an index at one byte per component: `x_i ≈ scales_i × c_i`. */
export interface Sq8Parts {
  /** `d`, each above zero. */
  readonly scales: Float32Array;
  /** int8, `n × d`, each −127 to 127. */
  readonly codes: RowSource;
}

/** Sections of a store; `undefined` if a size overflows. */
export function sq8Sizes(ntotal: number, d: number): SectionSize[] | undefined {
  const codeBytes = safeProduct(ntotal, d);
  if (codeBytes === undefined) return undefined;
  return [
    { id: SECTION.sq8Scales, byteLength: d * 4 },
    { id: SECTION.sq8Codes, byteLength: codeBytes },
  ];
}

/**
 * Reads and checks a container's store: a scale that is not a positive number, or codes and scales
 * of a vector too long to compare, would give invalid scores.
 *
 * @throws `corrupt`
 */
export function readSq8(container: Container): Sq8Parts {
  const scales = float32Section(container, SECTION.sq8Scales);
  const codes = bytesSection(container, SECTION.sq8Codes);
  let longestSq = 0;
  for (const scale of scales) {
    if (!(scale > 0)) throw new AkinError('corrupt', 'the saved index is damaged: a scale of SQ8');
    longestSq += (MAX_CODE * scale) ** 2;
  }
  if (!(longestSq <= MAX_LENGTH_SQ) || codes.includes(0x80)) {
    throw new AkinError('corrupt', 'the saved index is damaged: SQ8 out of range');
  }
  return { scales, codes: sourceOf(codes) };
}

/** Compares queries with vectors at one byte per component. */
export class Sq8Store {
  readonly #memory: OwnedBlocks;
  readonly #metric: Metric;
  readonly #d: number;
  readonly #scales: Block;
  #codes: Block;
  #count: number;
  /** Squared length of each decoded row; `null` if the metric does not need it. */
  #norms: Block | null;
  readonly #query16: Block;
  #step = 0;
  #rowQuery: Omit<Sq8Rows, 'norms'> | null = null;
  #encoder: Sq8RowEncoder | null = null;
  #factor = 0;
  #base = 0;

  /** @throws `out-of-memory` */
  constructor(memory: OwnedBlocks, metric: Metric, { scales, codes }: Sq8Parts) {
    this.#memory = memory;
    this.#metric = metric;
    this.#d = scales.length;
    this.#scales = memory.store(scales);
    this.#codes = memory.store(codes);
    this.#count = codes.byteLength / scales.length;
    this.#norms = metric === 'l2sq' ? this.#storeNorms() : null;
    this.#query16 = memory.alloc(2 * scales.length);
  }

  get bytes(): number {
    const blocks = [this.#scales, this.#codes, this.#norms];
    return blocks.reduce((sum, block) => sum + (block?.byteLength ?? 0), 0);
  }

  /** A step of the prepared query's components, each times its scale. */
  get step(): number {
    return this.#step;
  }

  /** The rows as a graph walks them; valid until the next `append`. */
  graphRows(): GraphRows {
    this.#rowQuery ??= rowQueryOf(this.#memory, this.#metric, this.#scales, this.#d);
    return {
      metric: this.#metric,
      d: this.#d,
      count: this.#count,
      vectors: this.#codes,
      sq8: { ...this.#rowQuery, norms: this.#norms },
    };
  }

  /** The prepared query as a graph takes it; valid until the next `prepare`. */
  graphQuery(): GraphQuery {
    return { query: this.#query16, factor: this.#factor, base: this.#base };
  }

  /** Rounds and writes a new row, the first after the others. @throws `out-of-memory` */
  append(row: number, vector: Float32Array): void {
    const d = this.#d;
    this.#encoder ??= new Sq8RowEncoder(this.#memory, this.#scales, d);
    this.#codes = this.#memory.withRoom(this.#codes, d * (row + 1));
    if (this.#norms) this.#norms = this.#memory.withRoom(this.#norms, 4 * (row + 1));
    int8View(this.#codes, d * (row + 1)).set(this.#encoder.encode(vector), row * d);
    this.#count = row + 1;
    if (this.#norms) this.#fillNorms(this.#norms, row);
  }

  /** Sets the query of the next scans and rescores. @param query `d` float32 */
  prepare(query: Block): void {
    const d = this.#d;
    const factor = this.#memory.kernels.prepareSq8(query, this.#scales, d, this.#query16);
    this.#step = factor;
    if (this.#metric === 'ip') {
      this.#factor = -factor;
      return;
    }
    // |q − x̂|² = |q|² + |x̂|² − 2 q·x̂
    this.#factor = -2 * factor;
    this.#base = float32View(query, d).reduce((sum, x) => sum + x * x, 0);
  }

  /** Offers rows to a heap by their distance to the query. Returns how many were compared. */
  scan(
    rows: { ids: Block; skip: Block | null; firstRow: number; rowCount: number },
    topK: Block,
  ): number {
    const { ids, skip, firstRow, rowCount } = rows;
    return this.#memory.kernels.scanSq8(
      { codes: this.#codes, ids, skip, firstRow, rowCount },
      this.#d,
      this.#query16,
      this.#factor,
      this.#norms,
      this.#base,
      topK,
    );
  }

  /** Offers the rows of a list (uint32) to a heap. */
  rescore(list: Block, count: number, ids: Block, topK: Block): void {
    this.#memory.kernels.rescoreSq8(
      list,
      count,
      { codes: this.#codes, ids, skip: null },
      this.#d,
      this.#query16,
      this.#factor,
      this.#norms,
      this.#base,
      topK,
    );
  }

  decodeRow(row: number, target: Float32Array): void {
    const d = this.#d;
    const scales = float32View(this.#scales, d);
    const codes = new Int8Array(this.#codes.buffer, this.#codes.byteOffset + row * d, d);
    for (let i = 0; i < d; i++) target[i] = scales[i]! * codes[i]!;
  }

  /** The sections to save. @param rows the remaining rows, in order */
  contents(rows: Uint32Array): SectionContent[] {
    return [
      wholeSection(SECTION.sq8Scales, float32View(this.#scales, this.#d).slice()),
      rowsSection(SECTION.sq8Codes, () => bytesView(this.#codes), this.#d, rows),
    ];
  }

  #storeNorms(): Block {
    const norms = this.#memory.alloc(4 * this.#count);
    this.#fillNorms(norms, 0);
    return norms;
  }

  /** Computes the norms of the rows from `first` on. */
  #fillNorms(norms: Block, first: number): void {
    const d = this.#d;
    const scales = float32View(this.#scales, d);
    const codes = int8View(this.#codes, this.#count * d);
    const view = float32View(norms, this.#count);
    for (let row = first; row < this.#count; row++) {
      let sum = 0;
      for (let i = 0; i < d; i++) sum += (scales[i]! * codes[row * d + i]!) ** 2;
      view[row] = sum;
    }
  }
}
