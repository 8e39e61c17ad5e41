import type { Block, Kernels } from '../../kernels/kernels.ts';
import { float32View } from '../../kernels/kernels.ts';
import { checkVector } from '../checkVector.ts';
import type { IndexStructure } from '../inspection/structure.ts';
import type { TraceStep } from '../inspection/trace.ts';
import type { OwnedBlocks } from '../rows/ownedBlocks.ts';
import { SearchMeter } from '../searchMeter.ts';
import { planSearch, type SearchPlan, splitQueries } from '../searchPlan.ts';
import type {
  IndexKind,
  Metric,
  SearchOptions,
  SearchResult,
  VectorIndex,
  VectorSpace,
} from '../vectorIndex.ts';
import type { RowFilter } from './sealedRows.ts';
import { SealedRows } from './sealedRows.ts';

/** One query, as passed to a kind. */
export interface QueryPlan extends Omit<SearchPlan, 'k'> {
  /** At least 1, at most the number of rows that can be found. */
  readonly k: number;
  /** The query, `d` float32. */
  readonly query: Block;
  readonly filter: RowFilter;
  readonly meter: SearchMeter;
  /** Takes the steps of the search; `null` if nobody asked for them. */
  readonly trace: TraceStep[] | null;
}

/** Results of a kind: keys (lower is better) and ids, best first. */
export interface Found {
  readonly keys: Float32Array<ArrayBuffer>;
  readonly ids: Uint32Array<ArrayBuffer>;
}

/**
 * Base of all sealed kinds: ids, tombstones, search argument checks, statistics. A kind defines how
 * its rows are compared, decoded and written.
 */
export abstract class SealedIndex implements VectorIndex {
  abstract readonly kind: IndexKind;
  readonly spaceId: string;
  readonly metric: Metric;
  readonly d: number;
  /** All memory of the index, including its parts. */
  protected readonly memory: OwnedBlocks;
  protected readonly rows: SealedRows;
  readonly #query: Block;

  /**
   * @param memory freed when the index is disposed
   * @param ids of the rows, in order; copied
   * @throws `corrupt` if an id is 0 or repeated, `out-of-memory`
   */
  constructor(memory: OwnedBlocks, { spaceId, metric, d }: VectorSpace, ids: Uint32Array) {
    this.spaceId = spaceId;
    this.metric = metric;
    this.d = d;
    this.memory = memory;
    this.rows = new SealedRows(memory, ids);
    this.#query = memory.alloc(4 * d);
  }

  get ntotal(): number {
    return this.rows.count;
  }

  get live(): number {
    return this.rows.live;
  }

  get bytes(): number {
    return this.memory.bytes;
  }

  get rerankBytes(): number {
    return 0;
  }

  holds(id: number): boolean {
    return this.rows.rowOf(id) !== undefined;
  }

  has(id: number): boolean {
    return this.rows.liveRowOf(id) !== undefined;
  }

  remove(id: number): boolean {
    const row = this.rows.liveRowOf(id);
    if (row !== undefined) this.rows.setDead(row, true);
    return row !== undefined;
  }

  restore(id: number): boolean {
    const row = this.rows.rowOf(id);
    if (row !== undefined) this.rows.setDead(row, false);
    return row !== undefined;
  }

  reconstruct(id: number, target: Float32Array): boolean {
    const row = this.rows.liveRowOf(id);
    if (row !== undefined) this.decodeRow(row, target);
    return row !== undefined;
  }

  liveIds(): Uint32Array<ArrayBuffer> {
    return this.rows.liveIds();
  }

  structure(): IndexStructure {
    return { ids: this.rows.idView().slice() };
  }

  search(query: Float32Array, options: SearchOptions): SearchResult {
    checkVector(query, this.d);
    return this.searchBatch(query, options)[0]!;
  }

  searchBatch(queries: Float32Array, options: SearchOptions): SearchResult[] {
    const each = splitQueries(queries, this.d);
    const plan = planSearch(options);
    const bound = this.rowsScanned(plan);
    return this.rows.withFilter(options, bound, (filter) =>
      each.map((query) => this.#searchOne(query, plan, filter, options)),
    );
  }

  abstract serialize(): ArrayBuffer;

  dispose(): void {
    this.memory.dispose();
  }

  protected get kernels(): Kernels {
    return this.memory.kernels;
  }

  /** Approximate number of rows compared by an unfiltered search. */
  protected abstract rowsScanned(plan: SearchPlan): number;

  /** Returns the best eligible rows, at most `plan.k`, and counts the cost. */
  protected abstract scan(plan: QueryPlan): Found;

  /** Writes a row's vector, as precisely as it is stored. */
  protected abstract decodeRow(row: number, target: Float32Array): void;

  #searchOne(
    query: Float32Array,
    plan: SearchPlan,
    filter: RowFilter,
    { now, trace: traced = false }: SearchOptions,
  ): SearchResult {
    const meter = new SearchMeter(now);
    const k = Math.min(plan.k, filter.passing);
    const trace: TraceStep[] | null = traced ? [] : null;
    if (k === 0) {
      const none = { ids: new Uint32Array(0), scores: new Float32Array(0) };
      return { ...none, stats: meter.stats(), ...(trace && { trace }) };
    }
    float32View(this.#query, this.d).set(query);
    const { keys, ids } = this.scan({ ...plan, k, query: this.#query, filter, meter, trace });
    const scores = scoresOf(this.metric, keys);
    return { ids, scores, stats: meter.stats(), ...(trace && { trace }) };
  }
}

/** Converts keys to scores. */
export function scoresOf(
  metric: Metric,
  keys: Float32Array<ArrayBuffer>,
): Float32Array<ArrayBuffer> {
  // Subtracted from 0, since negating a product of zero would give −0.
  return metric === 'ip' ? keys.map((key) => 0 - key) : keys;
}
