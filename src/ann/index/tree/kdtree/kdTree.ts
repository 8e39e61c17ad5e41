import { AkinError } from '../../../../base/errors.ts';
import type { Block } from '../../../kernels/kernels.ts';
import { float32View, uint32View } from '../../../kernels/kernels.ts';
import { InvertedLists } from '../../cells/invertedLists.ts';
import type { TreeStructure } from '../../inspection/structure.ts';
import type { OwnedBlocks } from '../../rows/ownedBlocks.ts';
import type { QueryPlan } from '../../sealed/sealedIndex.ts';
import type { VectorSpace } from '../../vectorIndex.ts';
import { NodeQueue } from '../nodeQueue.ts';
import type { TreeStore } from '../treeStore.ts';
import { lengthOf } from '../treeStore.ts';
import { KdBounds } from './kdBounds.ts';
import type { KdCuts } from './kdBuild.ts';

/** What a search of the tree needs beside the plan. */
export interface KdSearch {
  readonly plan: QueryPlan;
  /** Ids of all rows. */
  readonly ids: Block;
  /** The heap to fill. */
  readonly topK: Block;
}

/**
 * A k-d tree over stored rows (Bentley, 1975): a perfect binary tree whose leaves are runs of rows.
 * A search opens the leaf that holds the query, then the nearest other one, best bin first, until
 * no leaf left can hold a result.
 */
export class KdTree {
  readonly lists: InvertedLists;
  readonly cuts: KdCuts;
  readonly #store: TreeStore;
  readonly #bounds: KdBounds;
  readonly #queue: NodeQueue;
  readonly #longest: number;
  readonly #d: number;

  /**
   * @param leafStarts leaves + 1
   * @throws `corrupt` if the leaves don't cover the `ntotal` rows, or a row is on the wrong side
   */
  constructor(
    memory: OwnedBlocks,
    { metric, d }: VectorSpace,
    cuts: KdCuts,
    leafStarts: Uint32Array,
    store: TreeStore,
    ntotal: number,
  ) {
    this.lists = new InvertedLists(leafStarts, ntotal);
    this.cuts = { components: cuts.components.slice(), values: cuts.values.slice() };
    this.#store = store;
    this.#d = d;
    const longest = memory.keep(measure(this.cuts, this.lists, store, d));
    this.#longest = longest[0]!;
    this.#bounds = new KdBounds(metric, d, this.cuts, longest);
    this.#queue = new NodeQueue(this.lists.cellCount);
    for (const kept of [this.cuts.components, this.cuts.values, this.lists.cellStarts]) {
      memory.keep(kept);
    }
  }

  /** Bytes of the queue and the bounds' scratch memory. */
  get scratchBytes(): number {
    return this.#queue.bytes + this.#bounds.bytes;
  }

  /** A copy, as plain data. */
  structure(): TreeStructure {
    const { components, values } = this.cuts;
    const leaves = this.lists.cellCount;
    const inner = leaves - 1;
    const ofInner = (value: (node: number) => number) =>
      Uint32Array.from({ length: inner + leaves }, (_, node) => (node < inner ? value(node) : 0));
    const ofLeaves = (value: (leaf: number) => number) =>
      Uint32Array.from({ length: inner + leaves }, (_, node) =>
        node < inner ? 0 : value(node - inner),
      );
    const normals = new Float32Array(inner * this.#d);
    for (let node = 0; node < inner; node++) normals[node * this.#d + components[node]!] = 1;
    return {
      left: ofInner((node) => 2 * node + 1),
      right: ofInner((node) => 2 * node + 2),
      cutOf: ofInner((node) => node),
      normals,
      offsets: values.slice(),
      rows: Uint32Array.from({ length: this.lists.firstRow(leaves) }, (_, row) => row),
      firstOf: ofLeaves((leaf) => this.lists.firstRow(leaf)),
      countOf: ofLeaves((leaf) => this.lists.rowCount(leaf)),
    };
  }

  /** @param most leaves to open if they hold enough results; the nearest first */
  search({ plan, ids, topK }: KdSearch, most: number): void {
    const { query, meter, k } = plan;
    const point = float32View(query, this.#d);
    const heapCount = uint32View(topK, 1);
    const heapWorst = float32View(topK, 1, 2);
    this.#store.prepare(query);
    this.#bounds.prepare(point, lengthOf(point));
    const { relative, absolute } = this.#store.keyError(this.#longest);
    const queue = this.#queue;
    queue.clear();
    queue.push(this.#bounds.key(0, 0), 0);
    while (!queue.isEmpty && meter.codesScanned < plan.maxCodes) {
      const isFull = heapCount[0]! >= k;
      if (isFull && meter.cellsVisited >= most) return;
      const bound = queue.lowest;
      if (isFull && bound - relative * Math.abs(bound) - absolute > heapWorst[0]!) return;
      this.#open(queue.pop(), plan, ids, topK);
    }
  }

  /**
   * Goes down from a node to the leaf nearest to the query, queueing the other sides, as long as
   * nothing queued may be nearer: with `ip` a bound can rise on the way, where vectors are shorter.
   */
  #open(from: number, plan: QueryPlan, ids: Block, topK: Block): void {
    const bounds = this.#bounds;
    const queue = this.#queue;
    const inner = this.lists.cellCount - 1;
    const distanceSq = bounds.enter(from);
    let node = from;
    let bound = bounds.key(node, distanceSq);
    while (node < inner && (queue.isEmpty || bound <= queue.lowest)) {
      const near = bounds.nearSide(node);
      const far = 2 * node + (near === 1 ? 2 : 1);
      queue.push(bounds.key(far, bounds.beyond(node, distanceSq)), far);
      plan.meter.nodesVisited++;
      if (plan.trace) this.#traceNode(plan.trace, node, bound, near);
      node = 2 * node + near;
      bound = bounds.key(node, distanceSq);
    }
    bounds.leave(from);
    if (node >= inner && (queue.isEmpty || bound <= queue.lowest)) {
      this.#scan(node - inner, bound, plan, ids, topK);
    } else queue.push(bound, node);
  }

  #scan(leaf: number, bound: number, plan: QueryPlan, ids: Block, topK: Block): void {
    const { meter, filter, maxCodes, trace } = plan;
    const firstRow = this.lists.firstRow(leaf);
    const rowCount = Math.min(this.lists.rowCount(leaf), maxCodes - meter.codesScanned);
    const rows = { ids, skip: filter.skip, firstRow, rowCount };
    const scanned = rowCount > 0 ? this.#store.scan(rows, topK) : 0;
    meter.cellsVisited++;
    meter.codesScanned += scanned;
    trace?.push({
      step: 'leaf',
      tree: 0,
      node: leaf + this.lists.cellCount - 1,
      depth: Math.log2(this.lists.cellCount),
      bound,
      ids: uint32View(ids, this.lists.rowCount(leaf), firstRow).slice(),
      scanned,
    });
  }

  #traceNode(
    trace: NonNullable<QueryPlan['trace']>,
    node: number,
    bound: number,
    near: 1 | 2,
  ): void {
    const normal = new Float32Array(this.#d);
    normal[this.cuts.components[node]!] = 1;
    trace.push({
      step: 'node',
      tree: 0,
      node,
      depth: 31 - Math.clz32(node + 1),
      bound,
      normal,
      offset: this.cuts.values[node]!,
      near: near === 1 ? 'left' : 'right',
    });
  }
}

/**
 * The length of the longest vector below each node, in heap order, checking that every row lies in
 * its leaf's cell: a search for all neighbors would miss one that doesn't.
 */
function measure(
  { components, values }: KdCuts,
  lists: InvertedLists,
  store: TreeStore,
  d: number,
): Float64Array<ArrayBuffer> {
  const inner = lists.cellCount - 1;
  const longest = new Float64Array(2 * inner + 1);
  const vector = new Float32Array(d);
  for (let leaf = 0; leaf < lists.cellCount; leaf++) {
    const end = lists.firstRow(leaf) + lists.rowCount(leaf);
    for (let row = lists.firstRow(leaf); row < end; row++) {
      store.decodeRow(row, vector);
      const at = leaf + inner;
      longest[at] = Math.max(longest[at]!, lengthOf(vector));
      for (let node = at; node > 0; ) {
        const isLeft = node % 2 === 1;
        node = (node - 1) >> 1;
        const difference = vector[components[node]!]! - values[node]!;
        if (isLeft ? difference > 0 : difference < 0) {
          throw new AkinError('corrupt', `the saved index is damaged: row ${row} in another leaf`);
        }
      }
    }
  }
  for (let node = inner - 1; node >= 0; node--) {
    longest[node] = Math.max(longest[2 * node + 1]!, longest[2 * node + 2]!);
  }
  return longest;
}
