import type { Block, Kernels } from '../../kernels/kernels.ts';
import { float32View } from '../../kernels/kernels.ts';
import type { CellRun } from '../cells/cellVisits.ts';
import { visitCells } from '../cells/cellVisits.ts';
import { CoarseQuantizer } from '../cells/coarse.ts';
import { OwnedBlocks } from '../rows/ownedBlocks.ts';
import type { QueryPlan } from '../sealed/sealedIndex.ts';
import type { SearchPlan } from '../searchPlan.ts';
import type { VectorSpace } from '../vectorIndex.ts';
import type { CodeQuery } from './codedIndex.ts';
import { CodedIndex } from './codedIndex.ts';
import type { CodedParts } from './codedParts.ts';

/**
 * The inverted file of product-quantized residuals (IVFADC; Jégou, Douze and Schmid, 2011, section
 * 4), optionally after a trained rotation of the whole space.
 *
 * With `ip`, a vector `c + r` has the key `−q·c − q·r`, so one table of `−q·r` serves all cells;
 * with `l2sq`, each visited cell needs its own table, that of the query's residual `q − c`.
 */
export class IvfPqIndex extends CodedIndex {
  readonly kind = 'ivfpq';
  readonly #nprobe: number;
  readonly #coarse: CoarseQuantizer;
  readonly #residual: Block;

  /** @throws `corrupt` for invalid ids or cells, `out-of-memory` */
  static of(kernels: Kernels, space: VectorSpace, parts: CodedParts): IvfPqIndex {
    return OwnedBlocks.use(kernels, (memory) => new IvfPqIndex(memory, space, parts));
  }

  /** Use `of`, which frees the memory if this throws. */
  constructor(memory: OwnedBlocks, space: VectorSpace, parts: CodedParts) {
    super(memory, space, parts);
    this.#nprobe = parts.params.nprobe!;
    this.#coarse = new CoarseQuantizer(memory, parts.coarse!, space.d);
    this.#residual = memory.alloc(4 * space.d);
  }

  protected rowsScanned(plan: SearchPlan): number {
    return (this.ntotal * this.#cellsToVisit(plan)) / this.#coarse.nlist;
  }

  protected scanCodes(query: CodeQuery): void {
    const { plan, rotated, topK } = query;
    if (this.metric === 'ip') this.#takeTableOf(plan, rotated);
    visitCells({
      plan,
      lists: this.lists,
      ids: this.rows.ids,
      nprobe: this.#cellsToVisit(plan),
      rank: (count) => this.#coarse.nearest(this.metric, rotated, count),
      topK,
      scan: (run) => this.#scanCell(query, run),
    });
  }

  protected addCentre(row: number, vector: Float32Array): void {
    const centre = this.#coarse.centroidView(this.lists.cellOf(row));
    for (let i = 0; i < vector.length; i++) vector[i]! += centre[i]!;
  }

  protected coarseView(): Float32Array {
    return float32View(this.#coarse.centroids, this.#coarse.nlist * this.d);
  }

  #cellsToVisit({ nprobe = this.#nprobe }: Pick<SearchPlan, 'nprobe'>): number {
    return Math.min(nprobe, this.#coarse.nlist);
  }

  #scanCell({ plan, rotated, ids, topK }: CodeQuery, run: CellRun): number {
    const { cell, key, firstRow, rowCount } = run;
    const byIp = this.metric === 'ip';
    if (!byIp) this.#takeTableOf(plan, this.#residualOf(rotated, cell));
    const rows = { ids, skip: plan.filter.skip, firstRow, rowCount };
    // With `ip` a cell's key is −q·c; the table of a residual q − c leaves nothing to add.
    return this.codes.scan(rows, byIp ? key : 0, topK);
  }

  #takeTableOf({ meter }: QueryPlan, vector: Block): void {
    meter.lap('scan');
    this.codebook.fillTable(this.metric, vector, this.codes.table);
    this.codes.takeTable();
    meter.lap('tables');
  }

  #residualOf(query: Block, cell: number): Block {
    const { d } = this;
    const from = float32View(query, d);
    const centre = this.#coarse.centroidView(cell);
    const residual = float32View(this.#residual, d);
    for (let i = 0; i < d; i++) residual[i] = from[i]! - centre[i]!;
    return this.#residual;
  }
}
