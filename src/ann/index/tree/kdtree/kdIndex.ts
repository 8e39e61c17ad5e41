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
import type { KdParts } from './kdContainer.ts';
import { writeKdtree } from './kdContainer.ts';
import { KdTree } from './kdTree.ts';

/**
 * The k-d tree (Friedman, Bentley and Finkel, 1977): exact unless `maxLeaves` says otherwise. In
 * two or eight dimensions a search opens few leaves; in hundreds nearly all of them, and is slower
 * than a scan.
 */
export class KdTreeIndex extends SealedIndex {
  readonly kind = 'kdtree';
  readonly #params: TreeParams;
  readonly #store: TreeStore;
  readonly #tree: KdTree;
  #topK: Block | null = null;

  /** @throws `corrupt` for invalid ids, leaves or cuts, `out-of-memory` */
  static of(kernels: Kernels, space: VectorSpace, parts: KdParts): KdTreeIndex {
    return OwnedBlocks.use(kernels, (memory) => new KdTreeIndex(memory, space, parts));
  }

  /** Use `of`, which frees the memory if this throws. */
  constructor(memory: OwnedBlocks, space: VectorSpace, parts: KdParts) {
    super(memory, space, parts.ids);
    this.#params = parts.params;
    this.#store = new TreeStore(memory, space, parts.vectors);
    const { leafStarts, ids } = parts;
    this.#tree = new KdTree(memory, space, parts, leafStarts, this.#store, ids.length);
    this.#tree.lists.checkOrder(ids);
  }

  override get bytes(): number {
    return super.bytes + this.#tree.scratchBytes;
  }

  serialize(): ArrayBuffer {
    const rows = this.rows.liveRows();
    const ids = this.rows.idView();
    return writeKdtree(this, {
      ...this.#tree.cuts,
      params: this.#params,
      ids: rows.map((row) => ids[row]!),
      leafStarts: this.#tree.lists.startsOfRows(rows),
      vectors: this.#store.contents(rows),
    });
  }

  override structure(): IndexStructure {
    return { ...super.structure(), trees: [this.#tree.structure()] };
  }

  protected rowsScanned({ maxLeaves }: SearchPlan): number {
    const { cellCount } = this.#tree.lists;
    return (this.ntotal * Math.min(maxLeaves ?? cellCount, cellCount)) / cellCount;
  }

  protected scan(plan: QueryPlan): Found {
    const { k, query, filter, meter, trace, maxLeaves = Number.POSITIVE_INFINITY } = plan;
    const { ids } = this.rows;
    this.#topK = this.memory.atLeast(this.#topK, topKBytes(k));
    resetTopK(this.#topK, k);
    if (filter.few) {
      trace?.push(fewStep(this.rows.idView(), filter.few));
      this.#store.prepare(query);
      this.#store.rescoreFew(filter.few, ids, this.#topK);
      meter.codesScanned = filter.few.length;
    } else {
      this.#tree.search({ plan, ids, topK: this.#topK }, maxLeaves);
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
