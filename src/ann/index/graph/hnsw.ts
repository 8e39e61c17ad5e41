import type { Block, Kernels } from '../../kernels/kernels.ts';
import { uint32View } from '../../kernels/kernels.ts';
import type { TopKEntries } from '../../kernels/topK.ts';
import { readTopK, resetTopK, topKBytes } from '../../kernels/topK.ts';
import { checkId, checkVector } from '../checkVector.ts';
import type { IndexStructure } from '../inspection/structure.ts';
import { fewStep, scanStepOf } from '../inspection/traceScan.ts';
import { OwnedBlocks } from '../rows/ownedBlocks.ts';
import { rowsById } from '../rows/sortRows.ts';
import type { Found, QueryPlan } from '../sealed/sealedIndex.ts';
import { SealedIndex } from '../sealed/sealedIndex.ts';
import type { SearchPlan } from '../searchPlan.ts';
import type { GrowableIndex, VectorSpace } from '../vectorIndex.ts';
import { GraphStore } from './graphStore.ts';
import { graphStructure } from './graphStructure.ts';
import type { HnswParams, HnswParts } from './hnswContainer.ts';
import { writeHnsw } from './hnswContainer.ts';
import { HopTracer } from './hopTrace.ts';
import { hashOf, levelOf } from './levels.ts';
import { liveLinks } from './liveGraph.ts';
import { NavigableGraph } from './navigableGraph.ts';
import { linkTo, reachAll } from './reach.ts';

/** Candidates that a search keeps by default, and at least. */
const DEFAULT_EF = 64;

/**
 * The hierarchical navigable small world graph (Malkov and Yashunin, 2018): a search walks from row
 * to nearer row along links, instead of comparing all.
 *
 * By inner product, the graph is built and walked by inner product too (Morozov and Babenko, 2018);
 * for vectors of unit length that is the same as by distance.
 */
export class HnswIndex extends SealedIndex implements GrowableIndex {
  readonly kind = 'hnsw';
  readonly #params: HnswParams;
  readonly #graph: NavigableGraph;
  readonly #store: GraphStore;
  #list: Block | null = null;
  #topK: Block | null = null;

  /** @throws `corrupt` for invalid ids, `out-of-memory` */
  static of(kernels: Kernels, space: VectorSpace, parts: HnswParts): HnswIndex {
    return OwnedBlocks.use(kernels, (memory) => new HnswIndex(memory, space, parts));
  }

  /** Use `of`, which frees the memory if this throws. */
  constructor(memory: OwnedBlocks, space: VectorSpace, parts: HnswParts) {
    super(memory, space, parts.ids);
    this.#params = parts.params;
    this.#store = new GraphStore(memory, space, parts.vectors);
    this.#graph = new NavigableGraph(memory, parts.links);
  }

  /**
   * Links the rows of an index that was made without lists, in the order of their hash, so that rows
   * of the upper layers come first.
   *
   * @returns yields the rows compared since the last time
   * @throws `out-of-memory`
   */
  *link(): Generator<number, void> {
    const { efConstruction, seed } = this.#params;
    const { rows } = this.#store;
    const { entry } = this.#graph.lists;
    const hashes = this.rows.idView().map((id) => hashOf(id, seed));
    const order = rowsById(hashes);
    for (const row of order) {
      if (row !== entry) yield this.#graph.insert(rows, row, efConstruction);
    }
    for (const _ of reachAll(this.#graph, rows, order)) yield 0;
  }

  add(id: number, vector: Float32Array): void {
    checkId(id);
    checkVector(vector, this.d);
    const { M } = this.#graph.lists;
    const row = this.rows.count;
    // The count of ids decides: rows of an addition that fails here are written over by the next.
    this.#store.append(row, vector);
    this.#graph.lists.append(row, levelOf(hashOf(id, this.#params.seed), M));
    this.rows.append(id);
    this.#graph.insert(this.#store.rows, row, this.#params.efConstruction);
    const { lists } = this.#graph;
    const linked = lists.list(0, row).some((other) => lists.list(0, other).includes(row));
    if (!linked && row > 0) linkTo(this.#graph, this.#store.rows, row);
  }

  serialize(): ArrayBuffer {
    const ids = this.rows.idView().slice();
    const live = this.rows.liveRows();
    const liveIds = live.map((row) => ids[row]!);
    const rows = rowsById(liveIds).map((place) => live[place]!);
    const { lists } = this.#graph;
    const isDead = (row: number) => this.rows.isDead(row);
    const links = liveLinks(this.memory, lists, this.#store.rows, rows, isDead);
    return writeHnsw(this, {
      params: this.#params,
      store: this.#store.kind,
      ids: rows.map((row) => ids[row]!),
      vectors: this.#store.contents(rows),
      links,
    });
  }

  override structure(): IndexStructure {
    return { ...super.structure(), graph: graphStructure(this.#graph.lists) };
  }

  /**
   * A walk among many hidden rows passes as many more to find as many. Comparing `n` rows one by
   * one is cheaper from `√(n × rows compared)` on.
   */
  protected rowsScanned(plan: SearchPlan): number {
    const walked = efOf(plan) * this.#graph.lists.M;
    return Math.sqrt(this.ntotal * Math.min(this.ntotal, walked));
  }

  protected scan(plan: QueryPlan): Found {
    const { filter, meter, trace } = plan;
    const best = filter.few ? this.#compareFew(plan, filter.few) : this.#walk(plan);
    meter.lap('scan');
    trace?.push(scanStepOf(meter.codesScanned, best));
    return best;
  }

  protected decodeRow(row: number, target: Float32Array): void {
    this.#store.decodeRow(row, target);
  }

  #walk(plan: QueryPlan): Found {
    const { k, query, filter, meter, maxCodes, trace } = plan;
    const { lists } = this.#graph;
    const tracer = trace && new HopTracer(lists);
    const { compared, hops } = this.#graph.walk({
      rows: this.#store.rows,
      query: this.#store.prepare(query),
      ef: efOf(plan),
      skip: filter.skip,
      most: maxCodes,
      log: tracer?.take,
    });
    meter.codesScanned = compared;
    meter.nodesVisited = hops;
    const found = this.#named(this.#graph.found(k));
    if (tracer) {
      const ids = this.rows.idView().slice();
      trace?.push(...tracer.steps(ids, compared, (rows) => this.#best(query, rows, rows.length)));
    }
    // Links lead to all rows but one that was added, and then lost its only link to another.
    if (found.ids.length < k && compared < maxCodes) return this.#scanAll(plan);
    return found;
  }

  #compareFew({ k, query, meter, trace }: QueryPlan, few: Uint32Array): Found {
    trace?.push(fewStep(this.rows.idView(), few));
    this.#store.prepare(query);
    meter.codesScanned = few.length;
    return this.#best(query, few, k);
  }

  #scanAll({ k, query, filter, meter, maxCodes }: QueryPlan): Found {
    const topK = this.#heap(k);
    const { ids, count } = this.rows;
    const rowCount = Math.min(count, maxCodes - meter.codesScanned);
    const rows = { ids, skip: filter.skip, firstRow: 0, rowCount };
    meter.codesScanned += this.#store.scan(query, rows, topK);
    return readTopK(topK);
  }

  /** The best `most` of a list of rows, compared with the prepared query. */
  #best(query: Block, rows: Uint32Array, most: number): TopKEntries {
    const topK = this.#heap(most);
    this.#list = this.memory.atLeast(this.#list, rows.byteLength);
    uint32View(this.#list, rows.length).set(rows);
    this.#store.rescore(query, this.#list, rows.length, this.rows.ids, topK);
    return readTopK(topK);
  }

  #heap(capacity: number): Block {
    this.#topK = this.memory.atLeast(this.#topK, topKBytes(capacity));
    resetTopK(this.#topK, capacity);
    return this.#topK;
  }

  /** Rows by key, with their ids; ties by id. */
  #named({ keys, ids: rows }: TopKEntries): Found {
    const names = this.rows.idView();
    const ids = rows.map((row) => names[row]!);
    if (!this.rows.hasAppended) return { keys, ids };
    const order = Uint32Array.from(ids.keys()).sort(
      (a, b) => keys[a]! - keys[b]! || ids[a]! - ids[b]!,
    );
    return { keys: sorted(keys, order), ids: sorted(ids, order) };
  }
}

function sorted<T extends Uint32Array<ArrayBuffer> | Float32Array<ArrayBuffer>>(
  values: T,
  order: Uint32Array,
): T {
  return values.map((_, i) => values[order[i]!]!) as T;
}

/** Candidates that a search keeps. */
function efOf({ k, efSearch = DEFAULT_EF }: Pick<SearchPlan, 'k' | 'efSearch'>): number {
  return Math.max(k, efSearch);
}
