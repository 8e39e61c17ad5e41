import type { Block, Kernels } from '../../kernels/kernels.ts';
import { readTopK, resetTopK, topKBytes, topKIds } from '../../kernels/topK.ts';
import type { CellRun, RankedCells } from '../cells/cellVisits.ts';
import { cellsOf, visitCells } from '../cells/cellVisits.ts';
import { InvertedLists } from '../cells/invertedLists.ts';
import { CodeStore } from '../codes/codeStore.ts';
import { Rotation } from '../codes/rotation.ts';
import type { IndexStructure } from '../inspection/structure.ts';
import { fewStep, scanStep, unrankedStep } from '../inspection/traceScan.ts';
import { Reranker } from '../rerank/reranker.ts';
import { SecondRanker } from '../rerank/secondRanker.ts';
import { OwnedBlocks } from '../rows/ownedBlocks.ts';
import type { Found, QueryPlan } from '../sealed/sealedIndex.ts';
import { SealedIndex } from '../sealed/sealedIndex.ts';
import type { SearchPlan } from '../searchPlan.ts';
import type { VectorSpace } from '../vectorIndex.ts';
import type { LopqParams, LopqParts } from './lopqContainer.ts';
import { writeLopq } from './lopqContainer.ts';
import { joinParts } from './lopqModel.ts';
import { LopqPart } from './lopqPart.ts';
import type { LopqShape } from './lopqShape.ts';
import { centroidsOfCell } from './lopqShape.ts';
import { LopqTables } from './lopqTables.ts';
import { MultiSequence } from './multiSequence.ts';

/**
 * Locally optimized product quantization (Kalantidis and Avrithis, CVPR 2014): residual codes in
 * cells, with each centroid's residuals centred and rotated so that the sub-quantizers get equal
 * shares of the variance. With a multi-index (Babenko and Lempitsky, CVPR 2012) this is the paper's
 * Multi-LOPQ: each half has its own centroids and rotations, and a cell is a pair of them.
 */
export class LopqIndex extends SealedIndex {
  readonly kind = 'lopq';
  readonly #params: LopqParams;
  readonly #shape: LopqShape;
  readonly #rotation: Rotation | null;
  readonly #parts: readonly LopqPart[];
  readonly #lists: InvertedLists;
  readonly #codes: CodeStore;
  readonly #tables: LopqTables;
  readonly #reranker: Reranker;
  readonly #ranker: SecondRanker;
  readonly #code: Uint8Array<ArrayBuffer>;
  #topK: Block | null = null;

  /** @throws `corrupt` for invalid ids or cells, `out-of-memory` */
  static of(kernels: Kernels, space: VectorSpace, parts: LopqParts): LopqIndex {
    return OwnedBlocks.use(kernels, (memory) => new LopqIndex(memory, space, parts));
  }

  /** Use `of`, which frees the memory if this throws. */
  constructor(memory: OwnedBlocks, space: VectorSpace, index: LopqParts) {
    super(memory, space, index.ids);
    const { params, shape } = index;
    this.#params = params;
    this.#shape = shape;
    this.#lists = new InvertedLists(index.cellStarts, index.ids.length);
    this.#lists.checkOrder(index.ids);
    memory.keep(this.#lists.cellStarts);
    const { rotation } = index.model;
    this.#rotation = rotation && new Rotation(memory, rotation, space.d);
    this.#parts = Array.from(
      { length: shape.parts },
      (_, part) => new LopqPart(memory, shape, index.model, part),
    );
    this.#codes = new CodeStore(memory, index.codeShape, index.ids.length, index.codes);
    const { table } = this.#codes;
    this.#tables = new LopqTables(memory, space.metric, shape, this.#parts, table);
    this.#reranker = new Reranker(memory, space, index.rerank);
    this.#ranker = new SecondRanker(memory, space, {
      reranker: this.#reranker,
      nbits: index.codeShape.nbits,
      ids: this.rows.ids,
      decode: (row, target) => this.#decodeCode(row, target),
    });
    this.#code = new Uint8Array(index.codeShape.M);
  }

  override get rerankBytes(): number {
    return this.#reranker.bytes;
  }

  serialize(): ArrayBuffer {
    const rows = this.rows.liveRows();
    const ids = this.rows.idView();
    return writeLopq(this, {
      params: this.#params,
      shape: this.#shape,
      codeShape: this.#codes.shape,
      model: joinParts(
        this.#rotation?.view() ?? null,
        this.#parts.map((part) => part.tables()),
      ),
      ids: rows.map((row) => ids[row]!),
      cellStarts: this.#lists.startsOfRows(rows),
      codes: this.#codes.contents(rows),
      rerank: this.#reranker.contents(rows),
    });
  }

  /** Of single cells; a multi-index has no centroids of its own for each cell. */
  override structure(): IndexStructure {
    const { parts } = this.#shape;
    if (parts > 1) return super.structure();
    const { coarse, mu, rotationOf, rotations } = joinParts(
      null,
      this.#parts.map((part) => part.tables()),
    );
    return {
      ...super.structure(),
      cells: { centroids: coarse, starts: this.#lists.cellStarts.slice() },
      local: { mu, rotationOf, rotations },
    };
  }

  protected rowsScanned(plan: SearchPlan): number {
    return (this.ntotal * this.#nprobe(plan)) / this.#shape.cells;
  }

  protected scan(plan: QueryPlan): Found {
    const { k, query, filter, meter } = plan;
    const gathered = this.#ranker.rowsToGather(plan);
    if (filter.few && this.#reranker.candidates(plan) > 0) return this.#rankFew(plan, filter.few);
    this.#topK = this.memory.atLeast(this.#topK, topKBytes(gathered || k));
    const topK = this.#topK;
    resetTopK(topK, gathered || k);
    const rotated = this.#rotate(query);
    this.#tables.begin(rotated);
    // Candidates for reranking are gathered by row number.
    const ids = gathered ? null : this.rows.ids;
    if (filter.few) this.#scanFew(plan, filter.few, ids, topK);
    else this.#scanCells(plan, ids, topK);
    const best = gathered ? null : readTopK(topK);
    meter.lap('scan');
    plan.trace?.push(scanStep(meter.codesScanned, topK, gathered ? this.rows.idView() : null));
    return best ?? this.#ranker.rank(plan, rotated, topKIds(topK));
  }

  protected decodeRow(row: number, target: Float32Array): void {
    if (this.#reranker.decodeRow(row, target)) return;
    const vector = this.#rotation ? new Float32Array(this.d) : target;
    this.#decodeCode(row, vector);
    this.#rotation?.undo(vector, target);
  }

  /**
   * Rotates a vector into the space that is split into parts: a block that the next call
   * overwrites.
   */
  #rotate(query: Block): Block {
    const { d } = this;
    return this.#rotation?.apply({ block: query, offset: 0, stride: d, d, count: 1 }) ?? query;
  }

  /** Decodes a row's code, in the space rotated as a whole. */
  #decodeCode(row: number, target: Float32Array): void {
    const { d, code } = this.#shape;
    this.#codes.readCode(row, this.#code);
    const centroids = centroidsOfCell(this.#shape, this.#lists.cellOf(row));
    centroids.forEach((centroid, part) => {
      const ofPart = this.#code.subarray(part * code.M, (part + 1) * code.M);
      this.#parts[part]!.decode(centroid, ofPart, target.subarray(part * d, (part + 1) * d));
    });
  }

  #nprobe({ nprobe = this.#params.nprobe }: Pick<SearchPlan, 'nprobe'>): number {
    return Math.min(nprobe, this.#shape.cells);
  }

  #scanCells(plan: QueryPlan, ids: Block | null, topK: Block): void {
    visitCells({
      plan,
      lists: this.#lists,
      ids: this.rows.ids,
      nprobe: this.#nprobe(plan),
      rank: (count) => this.#nearestCells(count),
      topK,
      scan: ({ cell, firstRow, rowCount }: CellRun) => {
        const base = this.#takeCell(plan, cell);
        const run = { ids, skip: plan.filter.skip, firstRow, rowCount };
        return this.#codes.scan(run, base, topK);
      },
    });
  }

  /** Compares rows one by one, cell by cell. @param few ascending */
  #scanFew(plan: QueryPlan, few: Uint32Array, ids: Block | null, topK: Block): void {
    plan.trace?.push(fewStep(this.rows.idView(), few));
    let end = 0;
    let base = 0;
    for (const row of few) {
      if (row >= end) {
        const cell = this.#lists.cellOf(row);
        end = this.#lists.firstRow(cell) + this.#lists.rowCount(cell);
        base = this.#takeCell(plan, cell);
      }
      this.#codes.scan({ ids, skip: null, firstRow: row, rowCount: 1 }, base, topK);
    }
    this.#countFew(plan, few);
  }

  /** Compares rows by their vectors: if all of them are candidates, no code needs scanning. */
  #rankFew(plan: QueryPlan, few: Uint32Array): Found {
    this.#countFew(plan, few);
    plan.trace?.push(fewStep(this.rows.idView(), few), unrankedStep(few.length));
    return this.#reranker.rank(plan, few, this.rows.ids);
  }

  #countFew({ meter }: QueryPlan, few: Uint32Array): void {
    meter.codesScanned += few.length;
    meter.cellsVisited += cellsOf(this.#lists, few);
  }

  /** Switches the codes' table to that of a cell. Returns the offset to add to all its sums. */
  #takeCell({ meter }: QueryPlan, cell: number): number {
    meter.lap('scan');
    const base = this.#tables.make(cell);
    this.#codes.takeTable();
    meter.lap('tables');
    return base;
  }

  /** The `count` cells nearest to the current query of `#tables`, nearest first. */
  #nearestCells(count: number): RankedCells {
    const { nlist } = this.#shape;
    const [first, second] = this.#parts.map(({ coarse }, part) =>
      coarse.nearest(this.metric, this.#tables.queryOf(part), Math.min(count, nlist)),
    );
    if (!second) return first!;
    const cells = new Uint32Array(count);
    const keys = new Float32Array(count);
    const pairs = new MultiSequence(first!.keys, second.keys);
    for (let i = 0; i < count && pairs.next(); i++) {
      cells[i] = first!.cells[pairs.first]! * nlist + second.cells[pairs.second]!;
      keys[i] = first!.keys[pairs.first]! + second.keys[pairs.second]!;
    }
    return { cells, keys };
  }
}
