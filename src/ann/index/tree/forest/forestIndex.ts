import type { Block, Kernels } from '../../../kernels/kernels.ts';
import { readTopK, resetTopK, topKBytes } from '../../../kernels/topK.ts';
import type { IndexStructure } from '../../inspection/structure.ts';
import { fewStep, scanStepOf } from '../../inspection/traceScan.ts';
import { OwnedBlocks } from '../../rows/ownedBlocks.ts';
import type { Found, QueryPlan } from '../../sealed/sealedIndex.ts';
import { SealedIndex } from '../../sealed/sealedIndex.ts';
import type { SearchPlan } from '../../searchPlan.ts';
import type { VectorSpace } from '../../vectorIndex.ts';
import type { TreeParams } from '../treeParams.ts';
import { TreeStore } from '../treeStore.ts';
import type { ForestParts } from './forestContainer.ts';
import { writeForest } from './forestContainer.ts';
import { ForestTrees } from './forestTrees.ts';
import { ForestWalk } from './forestWalk.ts';

/** Rows collected per result by default, and the minimum. */
const ROWS_PER_RESULT = 250;
const FEWEST_ROWS = 1000;

/**
 * A forest of random-projection trees (Bernhardsson's Annoy): each tree cuts the space elsewhere, so
 * a neighbor beyond a cut of one tree is in the query's leaf of another.
 */
export class ForestIndex extends SealedIndex {
  readonly kind = 'forest';
  readonly #params: TreeParams;
  readonly #store: TreeStore;
  readonly #trees: ForestTrees;
  readonly #walk: ForestWalk;
  #topK: Block | null = null;

  /** @throws `corrupt` for invalid ids or trees, `out-of-memory` */
  static of(kernels: Kernels, space: VectorSpace, parts: ForestParts): ForestIndex {
    return OwnedBlocks.use(kernels, (memory) => new ForestIndex(memory, space, parts));
  }

  /** Use `of`, which frees the memory if this throws. */
  constructor(memory: OwnedBlocks, space: VectorSpace, parts: ForestParts) {
    super(memory, space, parts.ids);
    this.#params = parts.params;
    this.#store = new TreeStore(memory, space, parts.vectors);
    this.#trees = new ForestTrees(memory, space.d, parts.ids.length, parts);
    this.#walk = new ForestWalk(memory, this.#trees, space.metric);
  }

  override get bytes(): number {
    return super.bytes + this.#walk.queueBytes;
  }

  serialize(): ArrayBuffer {
    const rows = this.rows.liveRows();
    const ids = this.rows.idView();
    return writeForest(this, {
      ...this.#trees.without(rows),
      params: this.#params,
      ids: rows.map((row) => ids[row]!),
      vectors: this.#store.contents(rows),
    });
  }

  override structure(): IndexStructure {
    const trees = Array.from(this.#trees.roots, (_, tree) => this.#trees.structure(tree));
    return { ...super.structure(), trees };
  }

  protected rowsScanned(plan: SearchPlan): number {
    return searchK(plan);
  }

  protected scan(plan: QueryPlan): Found {
    const { k, query, filter, meter, trace, maxCodes } = plan;
    const { ids } = this.rows;
    this.#topK = this.memory.atLeast(this.#topK, topKBytes(k));
    resetTopK(this.#topK, k);
    this.#store.prepare(query);
    if (filter.few) {
      trace?.push(fewStep(this.rows.idView(), filter.few));
      this.#store.rescoreFew(filter.few, ids, this.#topK);
      meter.codesScanned = filter.few.length;
    } else {
      const wanted = searchK(plan);
      const most = Math.min(maxCodes, filter.passing);
      const list = this.#store.listOf(Math.min(most, wanted + this.#trees.largestLeaf));
      meter.codesScanned = this.#walk.collect(plan, wanted, most, list, ids);
      meter.lap('coarse');
      this.#store.rescore(meter.codesScanned, ids, this.#topK);
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

/** Rows to collect: enough for `k` results, whatever was asked for. */
function searchK({
  k,
  searchK = Math.max(FEWEST_ROWS, ROWS_PER_RESULT * k),
}: SearchPlan | QueryPlan) {
  return Math.max(k, searchK);
}
