import type { SectionSize } from '../../format/header.ts';
import type { Container } from '../../format/read.ts';
import type { SectionContent } from '../../format/sections.ts';
import { float32View, int8View } from '../../kernels/block.ts';
import type { Block } from '../../kernels/kernels.ts';
import { bytesView, uint32View } from '../../kernels/kernels.ts';
import type { TopKEntries } from '../../kernels/topK.ts';
import { readTopK, resetTopK, topKBytes } from '../../kernels/topK.ts';
import type { RowRun } from '../../kernels/training.ts';
import { sq8Scales } from '../../quantizer/codes/scalarQuantizer.ts';
import { roundAcross } from '../../quantizer/codes/scoreAware.ts';
import { rerankStep } from '../inspection/traceScan.ts';
import { Float32Store, float32Sizes, readFloat32 } from '../rows/float32Store.ts';
import type { OwnedBlocks, RowSource } from '../rows/ownedBlocks.ts';
import { RowBuffer } from '../rows/rowBuffer.ts';
import type { Sq8Parts } from '../rows/sq8Store.ts';
import { readSq8, Sq8Store, sq8Sizes } from '../rows/sq8Store.ts';
import { SLICE_ROWS } from '../sealed/sealedBuilder.ts';
import type { QueryPlan } from '../sealed/sealedIndex.ts';
import type { Rerank } from '../spec.ts';
import type { VectorSpace } from '../vectorIndex.ts';
import { RowReader } from './rowReader.ts';

/** Candidates reranked per result, and the minimum. */
const CANDIDATES_PER_RESULT = 10;
const FEWEST_CANDIDATES = 100;

/** Default number of candidates to rerank for `k` results. */
export function fewestCandidates(k: number): number {
  return Math.max(FEWEST_CANDIDATES, CANDIDATES_PER_RESULT * k);
}

/** The vectors stored beside the codes, in row order. */
export type RerankParts =
  | { readonly rerank: 'none' }
  | { readonly rerank: 'float32'; readonly vectors: RowSource }
  | ({ readonly rerank: 'sq8' } & Sq8Parts);

/** Sections of a rerank store; `undefined` if a size overflows. */
export function rerankSizes(rerank: Rerank, ntotal: number, d: number): SectionSize[] | undefined {
  if (rerank === 'none') return [];
  return rerank === 'sq8' ? sq8Sizes(ntotal, d) : float32Sizes(ntotal, d);
}

/** @throws `corrupt` */
export function readRerank(container: Container, rerank: Rerank): RerankParts {
  if (rerank === 'none') return { rerank };
  if (rerank === 'sq8') return { rerank, ...readSq8(container) };
  return { rerank, vectors: readFloat32(container) };
}

/** Reranks the best candidates of a code scan with more accurate vectors. */
export class Reranker {
  readonly rerank: Rerank;
  readonly #memory: OwnedBlocks;
  readonly #sq8: Sq8Store | null = null;
  readonly #float32: Float32Store | null = null;
  #list: Block | null = null;
  #topK: Block | null = null;

  /** @throws `out-of-memory` */
  constructor(memory: OwnedBlocks, { metric, d }: VectorSpace, parts: RerankParts) {
    this.#memory = memory;
    this.rerank = parts.rerank;
    if (parts.rerank === 'sq8') this.#sq8 = new Sq8Store(memory, metric, parts);
    if (parts.rerank === 'float32') {
      this.#float32 = new Float32Store(memory, metric, d, parts.vectors);
    }
  }

  /** Bytes of the store. */
  get bytes(): number {
    return (this.#sq8 ?? this.#float32)?.bytes ?? 0;
  }

  /**
   * Number of candidates the scan should gather for this search. 0: no reranking; the scan gathers
   * its `k` results by id. Otherwise it gathers *rows* for `rank` (its heap uses row numbers as
   * ids).
   */
  candidates({ k, rerank, filter }: Pick<QueryPlan, 'k' | 'rerank' | 'filter'>): number {
    if (this.rerank === 'none' || rerank === 0) return 0;
    return Math.min(rerank ?? fewestCandidates(k), filter.passing);
  }

  /**
   * Returns the best `plan.k` of the rows.
   *
   * @param rows distinct row numbers
   * @param ids of all rows
   */
  rank(plan: QueryPlan, rows: Uint32Array, ids: Block): TopKEntries {
    const { k, query, meter, trace } = plan;
    const memory = this.#memory;
    this.#list = memory.atLeast(this.#list, rows.byteLength);
    this.#topK = memory.atLeast(this.#topK, topKBytes(k));
    uint32View(this.#list, rows.length).set(rows);
    resetTopK(this.#topK, k);
    if (this.#sq8) {
      this.#sq8.prepare(query);
      this.#sq8.rescore(this.#list, rows.length, ids, this.#topK);
    } else {
      this.#float32!.rescore(query, this.#list, rows.length, ids, this.#topK);
    }
    meter.reranked += rows.length;
    const best = readTopK(this.#topK);
    meter.lap('rerank');
    trace?.push(rerankStep('memory', rows.length, best));
    return best;
  }

  /** Writes a row's vector; returns whether there is a store that has it. */
  decodeRow(row: number, target: Float32Array): boolean {
    const store = this.#sq8 ?? this.#float32;
    store?.decodeRow(row, target);
    return store !== null;
  }

  /** The sections to save. @param rows the remaining rows, in order */
  contents(rows: Uint32Array): SectionContent[] {
    return (this.#sq8 ?? this.#float32)?.contents(rows) ?? [];
  }
}

/** Collects a rerank store row by row during a build. */
export class RerankEncoder {
  readonly #memory: OwnedBlocks;
  readonly #rerank: Rerank;
  readonly #scales: Float32Array<ArrayBuffer>;
  readonly #scaleBlock: Block | null = null;
  readonly #codeBlock: Block | null = null;
  readonly #rows: RowBuffer;

  /**
   * @param memory of the builder
   * @param sample `n × d`: the expected range of values
   */
  constructor(memory: OwnedBlocks, rerank: Rerank, sample: Float32Array, d: number) {
    this.#memory = memory;
    this.#rerank = rerank;
    this.#rows = new RowBuffer(rerank === 'none' ? 0 : rerank === 'sq8' ? d : 4 * d);
    this.#scales = rerank === 'sq8' ? sq8Scales(sample, d) : new Float32Array(0);
    if (rerank === 'sq8') {
      this.#scaleBlock = memory.store(this.#scales);
      this.#codeBlock = memory.alloc(SLICE_ROWS * d);
    }
  }

  /** Appends rows: at most `SLICE_ROWS`, compact, from the start of their block. */
  append(rows: RowRun): void {
    if (this.#rerank === 'float32') this.#rows.append(bytesView(rows.block), rows.count);
    if (!this.#scaleBlock || !this.#codeBlock) return;
    this.#memory.kernels.encodeSq8(rows, this.#scaleBlock, this.#codeBlock);
    const { block, d, count } = rows;
    const codes = int8View(this.#codeBlock, count * d);
    roundAcross(float32View(block, count * d), this.#scales, codes, count);
    this.#rows.append(bytesView(this.#codeBlock), rows.count);
  }

  /** The store, with its rows in the given order. */
  parts(order: Uint32Array): RerankParts {
    if (this.#rerank === 'none') return { rerank: 'none' };
    if (this.#rerank === 'sq8') return { rerank: 'sq8', ...this.sq8Parts(order) };
    return { rerank: 'float32', vectors: this.#rows.gather(order) };
  }

  /** The vectors as they are stored, in the given order. Not with `none`. */
  reader(order: Uint32Array): RowReader {
    return new RowReader(this.#rows, this.#scales, order);
  }

  /** An SQ8 encoder's store, with its rows in the given order. */
  sq8Parts(order: Uint32Array): Sq8Parts {
    return { scales: this.#scales, codes: this.#rows.gather(order) };
  }
}
