import { bitmapBytes } from '../../kernels/bitmap.ts';
import type { GraphQuery, GraphRows, WalkCost, WalkScratch } from '../../kernels/graph.ts';
import type { Block } from '../../kernels/kernels.ts';
import { uint32View } from '../../kernels/kernels.ts';
import { pairBytes, pairCapacity, readPairs, resetPairs } from '../../kernels/pairs.ts';
import type { TopKEntries } from '../../kernels/topK.ts';
import type { OwnedBlocks } from '../rows/ownedBlocks.ts';
import type { LinkParts } from './linkLists.ts';
import { LinkLists } from './linkLists.ts';

/** Room for candidates at first; doubled whenever a walk needs more. */
const FIRST_CANDIDATES = 1024;

const UNLIMITED = 0xffffffff;

/** Takes the hops of each layer that a walk passes. */
export type HopLog = (layer: number, hops: TopKEntries) => void;

/** A walk from the top layer to the bottom. */
export interface Walk {
  readonly rows: GraphRows;
  readonly query: GraphQuery | number;
  /** Candidates to keep at the bottom. */
  readonly ef: number;
  /** Rows to walk through without finding them. */
  readonly skip?: Block | null;
  /** Maximum number of rows to compare. */
  readonly most?: number;
  readonly log?: HopLog | undefined;
}

/**
 * The hierarchical navigable small world (Malkov and Yashunin, 2018): a graph of near neighbors
 * with long links, in layers of which each holds few of the rows below. A walk that always goes on
 * from the nearest row found so far starts at the top and takes its result down to the next layer.
 */
export class NavigableGraph {
  readonly lists: LinkLists;
  readonly #memory: OwnedBlocks;
  readonly #list: Block;
  readonly #linkScratch: Block;
  #visited: Block | null = null;
  #candidates: Block | null = null;
  #found: Block | null = null;
  #nearest: Block | null = null;

  /** @throws `out-of-memory` */
  constructor(memory: OwnedBlocks, parts: Pick<LinkParts, 'M' | 'levels'> & Partial<LinkParts>) {
    this.#memory = memory;
    this.lists = new LinkLists(memory, parts);
    this.#list = memory.alloc(8 * parts.M);
    this.#linkScratch = memory.alloc(12 * (2 * parts.M + 1));
  }

  /**
   * Walks to the rows nearest to the query; `found` has them then.
   *
   * @throws `out-of-memory`
   */
  walk({ rows, query, ef, skip = null, most = UNLIMITED, log }: Walk): WalkCost {
    const cost = { compared: 0, hops: 0 };
    let { entry } = this.lists;
    const step = (layer: number, found: Block, hidden: Block | null) => {
      // Of a small budget, half is left for the layers below.
      const budget = (most - cost.compared) / (layer > 0 ? 2 : 1);
      const left = Math.min(UNLIMITED, Math.floor(budget));
      const walked = this.#search(rows, query, layer, entry, found, hidden, left, log);
      cost.compared += walked.compared;
      cost.hops += walked.hops;
    };
    const nearest = this.#pairs(this.#nearest, 1);
    this.#nearest = nearest;
    for (let layer = this.lists.topLayer; layer > 0; layer--) {
      step(layer, nearest, null);
      entry = readPairs(nearest).ids[0] ?? entry;
    }
    this.#found = this.#pairs(this.#found, Math.min(ef, rows.count));
    step(0, this.#found, skip);
    return cost;
  }

  /** The best `most` rows of the last walk. */
  found(most: number): TopKEntries {
    return readPairs(this.#found!, most);
  }

  /**
   * Links a row with its neighbors in all of its layers, in place of the links it has.
   *
   * @param ef candidates among which to choose
   * @returns rows compared
   * @throws `out-of-memory`
   */
  insert(rows: GraphRows, row: number, ef: number): number {
    const { lists } = this;
    const level = lists.levelOf(row);
    const top = lists.topLayer;
    let { entry } = lists;
    if (entry === row) return 0;
    let compared = 0;
    this.#found = this.#pairs(this.#found, Math.min(ef, rows.count));
    this.#nearest = this.#pairs(this.#nearest, 1);
    for (let layer = top; layer >= 0; layer--) {
      const found = layer > level ? this.#nearest : this.#found;
      compared += this.#search(rows, row, layer, entry, found, null, UNLIMITED).compared;
      entry = readPairs(found, 1).ids[0]!;
      if (layer <= level) compared += this.#connect(rows, row, layer, found);
    }
    if (level > top) lists.enterAt(row);
    return compared;
  }

  /**
   * Chooses a row's links in a layer anew among other rows.
   *
   * @param among distinct rows
   * @throws `out-of-memory`
   */
  relink(rows: GraphRows, row: number, layer: number, among: Uint32Array): void {
    const { kernels } = this.#memory;
    const list = this.#memory.alloc(among.byteLength);
    const pairs = this.#memory.alloc(8 * among.length);
    uint32View(list, among.length).set(among);
    kernels.relink(rows, this.lists.table(layer), layer, row, list, among.length, pairs);
    this.#memory.free(list);
    this.#memory.free(pairs);
  }

  /**
   * Adds a link; if the list is full, chooses anew among its links and the new one.
   *
   * @throws `out-of-memory`
   */
  linkBack(rows: GraphRows, layer: number, from: number, to: number): void {
    const links = this.lists.list(layer, from);
    const slots = this.lists.slots(layer, from);
    if (links.includes(to)) return;
    if (links.length < slots.length) slots[links.length] = to;
    else this.relink(rows, from, layer, Uint32Array.of(...links, to));
  }

  #connect(rows: GraphRows, row: number, layer: number, found: Block): number {
    const { kernels } = this.#memory;
    const table = this.lists.table(layer);
    return kernels.connect(rows, table, layer, row, found, this.lists.M, this.#linkScratch);
  }

  #search(
    rows: GraphRows,
    query: GraphQuery | number,
    layer: number,
    entry: number,
    found: Block,
    skip: Block | null,
    most: number,
    log?: HopLog,
  ): WalkCost {
    const { kernels } = this.#memory;
    const hops = log ? this.#memory.alloc(pairBytes(rows.count)) : null;
    for (;;) {
      const scratch = this.#scratch(rows.count);
      if (hops) resetPairs(hops, rows.count);
      const walk = { layer, entry, scratch, found, skip, most, log: hops };
      const cost = kernels.searchLayer(rows, query, this.lists.table(layer), walk);
      if (!cost) {
        this.#candidates = this.#pairs(this.#candidates, 2 * pairCapacity(this.#candidates!));
        continue;
      }
      if (log && hops) {
        log(layer, readPairs(hops));
        this.#memory.free(hops);
      }
      return cost;
    }
  }

  #scratch(count: number): WalkScratch {
    const memory = this.#memory;
    this.#visited = memory.atLeast(this.#visited, bitmapBytes(count));
    const first = Math.min(FIRST_CANDIDATES, count);
    this.#candidates ??= this.#pairs(null, first);
    return { visited: this.#visited, candidates: this.#candidates, list: this.#list };
  }

  /** A block of pairs of this capacity. */
  #pairs(block: Block | null, capacity: number): Block {
    const pairs = this.#memory.atLeast(block, pairBytes(capacity));
    resetPairs(pairs, capacity);
    return pairs;
  }
}
