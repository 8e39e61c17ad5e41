import type { Kernels } from '../../kernels/kernels.ts';
import { float32View } from '../../kernels/kernels.ts';
import type { CellRun } from '../cells/cellVisits.ts';
import { visitCells } from '../cells/cellVisits.ts';
import { CoarseQuantizer } from '../cells/coarse.ts';
import { OwnedBlocks } from '../rows/ownedBlocks.ts';
import type { SearchPlan } from '../searchPlan.ts';
import type { VectorSpace } from '../vectorIndex.ts';
import type { CodeQuery } from './codedIndex.ts';
import { CodedIndex } from './codedIndex.ts';
import type { CodedParts } from './codedParts.ts';
import { ResidualNorms } from './residualNorms.ts';

/**
 * The inverted file of product-quantized residuals (IVFADC; Jégou, Douze and Schmid, 2011, section
 * 4), optionally after a trained rotation of the whole space.
 *
 * With `ip`, a vector `c + r` has the key `−q·c − q·r`, so one table of `−q·r` serves all cells.
 * With `l2sq` one does, too, because what else depends on the code is known before: see
 * `ResidualNorms`.
 */
export class IvfPqIndex extends CodedIndex {
  readonly kind = 'ivfpq';
  readonly #nprobe: number;
  readonly #coarse: CoarseQuantizer;
  /** With `l2sq`. */
  readonly #norms: ResidualNorms | null;

  /** @throws `corrupt` for invalid ids or cells, `out-of-memory` */
  static of(kernels: Kernels, space: VectorSpace, parts: CodedParts): IvfPqIndex {
    return OwnedBlocks.use(kernels, (memory) => new IvfPqIndex(memory, space, parts));
  }

  /** Use `of`, which frees the memory if this throws. */
  constructor(memory: OwnedBlocks, space: VectorSpace, parts: CodedParts) {
    super(memory, space, parts);
    this.#nprobe = parts.params.nprobe!;
    this.#coarse = new CoarseQuantizer(memory, parts.coarse!, space.d);
    const { lists, codes, codebook } = this;
    this.#norms =
      space.metric === 'l2sq'
        ? new ResidualNorms(memory, { coarse: this.#coarse, lists, codes, codebook })
        : null;
  }

  protected rowsScanned(plan: SearchPlan): number {
    return (this.ntotal * this.#cellsToVisit(plan)) / this.#coarse.nlist;
  }

  protected scanCodes(query: CodeQuery): void {
    const { plan, rotated, topK } = query;
    const { meter } = plan;
    meter.lap('scan');
    const tableQuery = this.#norms?.tableQuery(rotated) ?? rotated;
    this.codebook.fillTable('ip', tableQuery, this.codes.table);
    this.codes.takeTable();
    meter.lap('tables');
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

  #scanCell({ plan, ids, topK }: CodeQuery, run: CellRun): number {
    const { key, firstRow, rowCount } = run;
    const rows = { ids, skip: plan.filter.skip, firstRow, rowCount };
    // The key of a cell is −q·c or |q − c|²: what all its rows begin with.
    return this.codes.scan(rows, key, topK, this.#norms?.norms ?? null);
  }
}
