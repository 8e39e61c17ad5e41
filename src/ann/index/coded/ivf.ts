import type { Block, Kernels } from '../../kernels/kernels.ts';
import { float32View, uint32View } from '../../kernels/kernels.ts';
import { readTopK, resetTopK, topKBytes } from '../../kernels/topK.ts';
import type { CellRun } from '../cells/cellVisits.ts';
import { cellsOf, visitCells } from '../cells/cellVisits.ts';
import { CoarseQuantizer } from '../cells/coarse.ts';
import { InvertedLists } from '../cells/invertedLists.ts';
import type { IndexStructure } from '../inspection/structure.ts';
import { fewStep, scanStepOf } from '../inspection/traceScan.ts';
import { Float32Store } from '../rows/float32Store.ts';
import { OwnedBlocks } from '../rows/ownedBlocks.ts';
import type { Found, QueryPlan } from '../sealed/sealedIndex.ts';
import { SealedIndex } from '../sealed/sealedIndex.ts';
import type { SearchPlan } from '../searchPlan.ts';
import type { VectorSpace } from '../vectorIndex.ts';
import type { IvfParts } from './ivfContainer.ts';
import { writeIvf } from './ivfContainer.ts';

/**
 * The inverted file (Sivic and Zisserman, 2003; Jégou et al., 2011, without its codes):
 * uncompressed vectors in cells, of which a search scans the `nprobe` nearest.
 */
export class IvfIndex extends SealedIndex {
  readonly kind = 'ivf';
  readonly #params: IvfParts['params'];
  readonly #coarse: CoarseQuantizer;
  readonly #lists: InvertedLists;
  readonly #store: Float32Store;
  #list: Block | null = null;
  #topK: Block | null = null;

  /** @throws `corrupt` for invalid ids or cells, `out-of-memory` */
  static of(kernels: Kernels, space: VectorSpace, parts: IvfParts): IvfIndex {
    return OwnedBlocks.use(kernels, (memory) => new IvfIndex(memory, space, parts));
  }

  /** Use `of`, which frees the memory if this throws. */
  constructor(memory: OwnedBlocks, space: VectorSpace, parts: IvfParts) {
    super(memory, space, parts.ids);
    this.#params = parts.params;
    this.#lists = new InvertedLists(parts.cellStarts, parts.ids.length);
    this.#lists.checkOrder(parts.ids);
    memory.keep(this.#lists.cellStarts);
    this.#coarse = new CoarseQuantizer(memory, parts.coarse, space.d);
    this.#store = new Float32Store(memory, space.metric, space.d, parts.vectors);
  }

  serialize(): ArrayBuffer {
    const rows = this.rows.liveRows();
    const ids = this.rows.idView();
    return writeIvf(this, {
      params: this.#params,
      ids: rows.map((row) => ids[row]!),
      coarse: float32View(this.#coarse.centroids, this.#coarse.nlist * this.d),
      cellStarts: this.#lists.startsOfRows(rows),
      vectors: this.#store.contents(rows),
    });
  }

  override structure(): IndexStructure {
    const centroids = float32View(this.#coarse.centroids, this.#coarse.nlist * this.d).slice();
    return { ...super.structure(), cells: { centroids, starts: this.#lists.cellStarts.slice() } };
  }

  protected rowsScanned(plan: SearchPlan): number {
    return (this.ntotal * this.#nprobe(plan)) / this.#coarse.nlist;
  }

  protected scan(plan: QueryPlan): Found {
    const { k, filter, meter, trace } = plan;
    this.#topK = this.memory.atLeast(this.#topK, topKBytes(k));
    resetTopK(this.#topK, k);
    if (filter.few) this.#scanFew(plan, filter.few, this.#topK);
    else this.#scanCells(plan, this.#topK);
    const best = readTopK(this.#topK);
    meter.lap('scan');
    trace?.push(scanStepOf(meter.codesScanned, best));
    return best;
  }

  protected decodeRow(row: number, target: Float32Array): void {
    this.#store.decodeRow(row, target);
  }

  #nprobe({ nprobe = this.#params.nprobe }: Pick<SearchPlan, 'nprobe'>): number {
    return Math.min(nprobe, this.#coarse.nlist);
  }

  #scanCells(plan: QueryPlan, topK: Block): void {
    const { query, filter } = plan;
    const { ids } = this.rows;
    visitCells({
      plan,
      lists: this.#lists,
      ids,
      nprobe: this.#nprobe(plan),
      rank: (count) => this.#coarse.nearest(this.metric, query, count),
      topK,
      scan: ({ firstRow, rowCount }: CellRun) =>
        this.#store.scan(query, { ids, skip: filter.skip, firstRow, rowCount }, topK),
    });
  }

  #scanFew({ query, meter, trace }: QueryPlan, few: Uint32Array, topK: Block): void {
    trace?.push(fewStep(this.rows.idView(), few));
    this.#list = this.memory.atLeast(this.#list, few.byteLength);
    uint32View(this.#list, few.length).set(few);
    this.#store.rescore(query, this.#list, few.length, this.rows.ids, topK);
    meter.codesScanned = few.length;
    meter.cellsVisited = cellsOf(this.#lists, few);
  }
}
