import type { Block } from '../../../kernels/kernels.ts';
import { bytesView, float32View, uint32View } from '../../../kernels/kernels.ts';
import type { OwnedBlocks } from '../../rows/ownedBlocks.ts';
import type { QueryPlan } from '../../sealed/sealedIndex.ts';
import type { Metric } from '../../vectorIndex.ts';
import { NodeQueue } from '../nodeQueue.ts';
import { lengthOf } from '../treeStore.ts';
import type { ForestTrees } from './forestTrees.ts';
import { project } from './points.ts';

/**
 * Collects the rows of the leaves nearest to a query over all trees: one queue holds the sides not
 * taken yet, and of each how far the query lies on the wrong side of a plane on the way there, at
 * most. The nearest is opened next, whichever tree it is of (Annoy).
 */
export class ForestWalk {
  readonly #trees: ForestTrees;
  readonly #metric: Metric;
  readonly #queue: NodeQueue;
  /** The query as the planes know it. */
  readonly #point: Float64Array<ArrayBuffer>;
  /** For each row, the last walk that collected it. */
  readonly #collectedBy: Uint32Array<ArrayBuffer>;
  #walk = 0;
  #count = 0;

  constructor(memory: OwnedBlocks, trees: ForestTrees, metric: Metric) {
    this.#trees = trees;
    this.#metric = metric;
    this.#queue = new NodeQueue(trees.leafCount);
    this.#point = memory.keep(new Float64Array(trees.d));
    this.#collectedBy = memory.keep(new Uint32Array(trees.ntotal));
  }

  get queueBytes(): number {
    return this.#queue.bytes;
  }

  /**
   * Collects rows that pass the filter, until there are as many as wanted, and the rest of the last
   * leaf.
   *
   * @param most rows to collect in any case
   * @param list takes the row numbers
   * @returns how many were collected
   */
  collect(plan: QueryPlan, wanted: number, most: number, list: Block, ids: Block): number {
    const trees = this.#trees;
    const { query, filter, meter, trace } = plan;
    this.#setPoint(float32View(query, trees.d));
    const rows = uint32View(list, list.byteLength >>> 2);
    const skip = filter.skip && bytesView(filter.skip);
    const queue = this.#queue;
    queue.clear();
    for (const root of trees.roots) queue.push(Number.NEGATIVE_INFINITY, root);
    this.#count = 0;
    while (!queue.isEmpty && this.#count < Math.min(wanted, most)) {
      let bound = queue.lowest;
      let node = queue.pop();
      for (let right = trees.right(node); right !== 0; right = trees.right(node)) {
        const at = trees.starts[node]!;
        const margin =
          project(trees.planes, at, trees.d, this.#point, 0) - trees.planes[at + trees.d]!;
        const isLeft = margin < 0;
        const distance = isLeft ? -margin : margin;
        if (trace) this.#traceNode(trace, node, bound, isLeft);
        meter.nodesVisited++;
        queue.push(Math.max(bound, distance), isLeft ? right : node + 1);
        bound = Math.max(bound, -distance);
        node = isLeft ? node + 1 : right;
      }
      const before = this.#count;
      this.#take(node, rows, skip, most);
      meter.cellsVisited++;
      if (trace) this.#traceLeaf(trace, node, bound, this.#count - before, ids);
    }
    return this.#count;
  }

  /** With `ip` the planes are of vectors that are scaled and lengthened: see `Points`. */
  #setPoint(query: Float32Array): void {
    const scale = this.#metric === 'ip' ? 1 / lengthOf(query) : 1;
    for (let i = 0; i < query.length; i++) this.#point[i] = scale * query[i]!;
    if (this.#walk === 0xffffffff) {
      this.#collectedBy.fill(0);
      this.#walk = 0;
    }
    this.#walk++;
  }

  #take(leaf: number, list: Uint32Array, skip: Uint8Array | null, most: number): void {
    const { leafRows, starts } = this.#trees;
    const start = starts[leaf]!;
    const end = start + this.#trees.rowCount(leaf);
    let count = this.#count;
    for (let at = start; at < end && count < most; at++) {
      const row = leafRows[at]!;
      if (this.#collectedBy[row] === this.#walk) continue;
      this.#collectedBy[row] = this.#walk;
      if (skip && (skip[row >>> 3]! >>> (row & 7)) & 1) continue;
      list[count++] = row;
    }
    this.#count = count;
  }

  #traceNode(
    trace: NonNullable<QueryPlan['trace']>,
    node: number,
    bound: number,
    isLeft: boolean,
  ): void {
    const { planes, starts, d } = this.#trees;
    const at = starts[node]!;
    trace.push({
      step: 'node',
      ...this.#trees.place(node),
      bound,
      normal: planes.slice(at, at + d),
      offset: planes[at + d]!,
      near: isLeft ? 'left' : 'right',
    });
  }

  #traceLeaf(
    trace: NonNullable<QueryPlan['trace']>,
    leaf: number,
    bound: number,
    scanned: number,
    ids: Block,
  ): void {
    const { leafRows, starts, ntotal } = this.#trees;
    const idOf = uint32View(ids, ntotal);
    const start = starts[leaf]!;
    const rows = leafRows.subarray(start, start + this.#trees.rowCount(leaf));
    const own = rows.map((row) => idOf[row]!);
    trace.push({ step: 'leaf', ...this.#trees.place(leaf), bound, ids: own, scanned });
  }
}
