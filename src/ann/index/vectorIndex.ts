import type { IndexKind, Metric } from '../format/header.ts';
import type { TrainControl } from '../quantizer/control.ts';
import type { IndexStructure } from './inspection/structure.ts';
import type { TraceStep } from './inspection/trace.ts';

export type { IndexKind, Metric };

/** What vectors must share to be comparable. */
export interface VectorSpace {
  /** Identifies the source of the vectors (model, calibration, dimensions), in printable ASCII. */
  readonly spaceId: string;
  readonly metric: Metric;
  /** Components of a vector, 1 to 65,536. */
  readonly d: number;
}

/** Options of one search. */
export interface SearchOptions {
  /** Results wanted, 0 to 2³² − 1; fewer are returned if fewer vectors qualify. */
  readonly k: number;
  /**
   * Restricts results to these ids: a bitmap, bit `id % 8` of byte `⌊id / 8⌋`. Ids beyond its end
   * are not allowed.
   */
  readonly allowed?: Uint8Array;
  /** An id to exclude, usually the query's own. */
  readonly exclude?: number;
  /**
   * Cells to visit, at least 1; capped at the number of cells. If they hold fewer than `k`
   * qualifying vectors, the next nearest are visited too. Ignored by kinds without cells.
   */
  readonly nprobe?: number;
  /** Maximum number of codes to compare; cells after that are not opened. */
  readonly maxCodes?: number;
  /**
   * Number of the best candidates by code to rerank with the store beside the codes; 0 is none, and
   * values below `k` count as `k`. Ignored by an index without such a store.
   */
  readonly rerank?: number;
  /** Leaves of a k-d tree to open, at least 1; without it all that may hold a result: exact. */
  readonly maxLeaves?: number;
  /** Rows that a forest collects from its trees before it compares them, at least 1. */
  readonly searchK?: number;
  /** Candidates that the walk through a graph keeps, at least 1; values below `k` count as `k`. */
  readonly efSearch?: number;
  /** Buckets opened per hash table, at least 1. */
  readonly probes?: number;
  /** Whether to record what the search does; costs time and memory. */
  readonly trace?: boolean;
  /** A clock in milliseconds. The engine has none of its own; without it, times are 0. */
  readonly now?: () => number;
}

/** How thoroughly to search; each kind has its own. */
export type SearchEffort = Pick<
  SearchOptions,
  'nprobe' | 'maxLeaves' | 'searchK' | 'efSearch' | 'probes' | 'rerank'
>;

/** Time spent in each stage of a search, in milliseconds. */
export interface SearchTimes {
  /** Choosing cells. */
  readonly coarse: number;
  /** Computing tables of distances to sub-centroids. */
  readonly tables: number;
  /** Comparing codes or vectors. */
  readonly scan: number;
  /** Reranking. */
  readonly rerank: number;
}

/** Cost of a search. */
export interface SearchStats {
  /** Vectors or codes compared with the query. */
  readonly codesScanned: number;
  /** Cells, leaves or buckets opened. */
  readonly cellsVisited: number;
  /** Inner nodes of trees entered, or nodes of a graph expanded. */
  readonly nodesVisited: number;
  /** Candidates reranked. */
  readonly reranked: number;
  readonly ms: SearchTimes;
}

/**
 * Search results, best first, ties by lower id. The arrays have one entry per result, without
 * padding to `k`. They are copies that the caller may keep or transfer.
 */
export interface SearchResult {
  readonly ids: Uint32Array<ArrayBuffer>;
  /**
   * Inner products (`ip`, descending) or squared L2 distances (`l2sq`, ascending), as precise as
   * the kind allows: from the codes, or from the store used to rerank.
   */
  readonly scores: Float32Array<ArrayBuffer>;
  readonly stats: SearchStats;
  /** What the search did, if asked for. */
  readonly trace?: readonly TraceStep[];
}

/**
 * One index of one kind. Ids are chosen by the caller: integers from 1 to 2³² − 1, each at most
 * once.
 *
 * A removed vector stays in its row under a tombstone, hidden from searches, until the index is
 * serialized without it; until then it can be restored.
 */
export interface VectorIndex extends VectorSpace {
  readonly kind: IndexKind;
  /** Rows, including those under tombstones. */
  readonly ntotal: number;
  /** Rows that a search can find. */
  readonly live: number;
  /** Bytes of memory held: codes or vectors, ids, structure and rerank store. */
  readonly bytes: number;
  /** The rerank store's part of `bytes`. */
  readonly rerankBytes: number;

  /** Whether the id has a row, even under a tombstone. */
  holds(id: number): boolean;

  /** Whether the id is present and not removed. */
  has(id: number): boolean;

  /** Puts the id under a tombstone. Returns whether it was live. */
  remove(id: number): boolean;

  /** Lifts the tombstone, if any. Returns whether the id is live now. */
  restore(id: number): boolean;

  /**
   * Writes an id's vector to `target` (`d` long), as precisely as the kind stores it. Returns
   * whether the id is live; if not, `target` is unchanged.
   */
  reconstruct(id: number, target: Float32Array): boolean;

  /** The ids that a search can find, ascending. */
  liveIds(): Uint32Array<ArrayBuffer>;

  /** How the index is laid out. */
  structure(): IndexStructure;

  /** @throws `bad-vector` (the query), `invalid-argument` (the options), `out-of-memory` */
  search(query: Float32Array, options: SearchOptions): SearchResult;

  /**
   * Runs several searches with the same options. Returns what `search` gives for each query, in
   * order.
   *
   * @param queries `m × d`, row-major
   * @throws as `search`, `bad-vector` if `queries` is not a whole number of vectors
   */
  searchBatch(queries: Float32Array, options: SearchOptions): SearchResult[];

  /** The saved form, without removed vectors. The same vectors always give the same bytes. */
  serialize(): ArrayBuffer;

  /** Frees the kernel memory. The index must not be used afterwards. */
  dispose(): void;
}

/** An index that takes vectors one by one. Trained kinds do not: they are built and sealed. */
export interface GrowableIndex extends VectorIndex {
  /**
   * Adds a vector. Replaces the id's previous vector, removed or not.
   *
   * @throws `bad-vector`, `invalid-argument` (the id), `out-of-memory`
   */
  add(id: number, vector: Float32Array): void;
}

/** A trained index that is being filled. */
export interface IndexBuilder {
  /** Warnings from training, as text for the user; empty if there are none. */
  readonly warnings: readonly string[];

  /**
   * Encodes vectors at once: all, or none if one is rejected. Can be called repeatedly.
   *
   * @param ids `n`, none added before
   * @param vectors `n × d`, row-major
   * @param cells their cells from `findCells`, if called
   * @throws `bad-vector`, `invalid-argument` (an id, the cells), `out-of-memory`
   */
  add(ids: ArrayLike<number>, vectors: Float32Array, cells?: Uint32Array): void;

  /**
   * Finds the cell of each vector, by far the most expensive part of adding, using the control's
   * thread pool and pausing in between. Absent if there are few cells or none.
   *
   * @param vectors `n × d`, row-major
   * @returns `n` cells, for `add`
   * @throws `bad-vector`, `out-of-memory`, `aborted`
   */
  findCells?(vectors: Float32Array, control?: TrainControl): Promise<Uint32Array>;

  /**
   * Builds what needs all vectors, with progress and pauses; called once after the last `add`,
   * before `seal`. Absent if nothing takes long.
   *
   * @throws `out-of-memory`, `aborted`
   */
  prepare?(control?: TrainControl): Promise<void>;

  /**
   * Creates the index of the added vectors. Rows are ordered by cell and id, so the order of
   * addition does not matter. Only `dispose` may be called afterwards.
   *
   * @throws `invalid-argument` if an id was added twice, `out-of-memory`
   */
  seal(): VectorIndex;

  /** Frees the builder's own kernel memory; an index it sealed is unaffected. */
  dispose(): void;
}
