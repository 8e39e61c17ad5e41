import type { IndexKind, Metric } from '../format/header.ts';
import type { TrainControl } from '../quantizer/control.ts';

export type { IndexKind, Metric };

/** What vectors must have in common to be compared. */
export interface VectorSpace {
  /** Names what made the vectors (model, calibration, dimensions), in printable ASCII. */
  readonly spaceId: string;
  readonly metric: Metric;
  /** Components of a vector, 1 to 65,536. */
  readonly d: number;
}

/** What one search asks for. */
export interface SearchOptions {
  /** Results wanted, 0 to 2³² − 1; where fewer vectors qualify, fewer come back. */
  readonly k: number;
  /** Only these ids: a bitmap, bit `id % 8` of byte `⌊id / 8⌋`. Ids beyond it are not allowed. */
  readonly allowed?: Uint8Array;
  /** An id to leave out: that of the query itself, as a rule. */
  readonly exclude?: number;
  /**
   * Cells to visit, 1 or more; those of the index or more mean all. Where they hold fewer than `k`
   * vectors that qualify, the next nearest are visited too. A kind without cells passes it over.
   */
  readonly nprobe?: number;
  /** At most so many codes are compared; cells visited after that are not opened. */
  readonly maxCodes?: number;
  /**
   * How many of the best by their codes are ranked anew with the store kept beside the codes; 0 is
   * none, and fewer than `k` are taken as `k`. An index without such a store passes it over.
   */
  readonly rerank?: number;
  /** A clock, in milliseconds: the engine has none of its own, and without it times are 0. */
  readonly now?: () => number;
}

/** Where the time of a search went, in milliseconds. */
export interface SearchTimes {
  /** Choosing the cells. */
  readonly coarse: number;
  /** The tables of distances to sub-centroids. */
  readonly tables: number;
  /** Comparing codes or vectors. */
  readonly scan: number;
  /** Ranking the best anew. */
  readonly rerank: number;
}

/** What a search cost. */
export interface SearchStats {
  /** Vectors (or codes) that the query was compared with. */
  readonly codesScanned: number;
  /** Cells opened. */
  readonly cellsVisited: number;
  /** Candidates ranked anew. */
  readonly reranked: number;
  readonly ms: SearchTimes;
}

/**
 * What a search found, best first, ties by lower id. The arrays are as long as there are results:
 * shorter than `k` rather than padded. They are copies, the caller's to keep or transfer.
 */
export interface SearchResult {
  readonly ids: Uint32Array<ArrayBuffer>;
  /**
   * Inner products (`ip`, falling) or squared L2 distances (`l2sq`, rising), as near as the kind
   * knows them: of the codes, or of the store they were ranked anew with.
   */
  readonly scores: Float32Array<ArrayBuffer>;
  readonly stats: SearchStats;
}

/**
 * One index of one kind. Ids are the caller's: whole numbers from 1 to 2³² − 1, each at most once.
 *
 * A removed vector stays in its row under a tombstone, which no search sees, until the index is
 * serialized without it; till then it can be restored.
 */
export interface VectorIndex extends VectorSpace {
  readonly kind: IndexKind;
  /** Rows, those under a tombstone included. */
  readonly ntotal: number;
  /** Rows that a search can find. */
  readonly live: number;
  /** Bytes of memory held: codes or vectors, ids, structure and re-rank store. */
  readonly bytes: number;
  /** Of `bytes`, those of the re-rank store. */
  readonly rerankBytes: number;

  /** Whether there is a row of the id, under a tombstone or not. */
  holds(id: number): boolean;

  /** Whether the id is here and not removed. */
  has(id: number): boolean;

  /** Puts the id under a tombstone. Returns whether it was there to be removed. */
  remove(id: number): boolean;

  /** Lifts the tombstone, if any. Returns whether the id is here now. */
  restore(id: number): boolean;

  /**
   * Writes the vector of an id into `target` (`d` long), as well as the kind has kept it. Returns
   * whether the id is here and not removed; where not, `target` is left as it was.
   */
  reconstruct(id: number, target: Float32Array): boolean;

  /** The ids that a search can find, rising. */
  liveIds(): Uint32Array<ArrayBuffer>;

  /** @throws `bad-vector` (the query), `invalid-argument` (the options), `out-of-memory` */
  search(query: Float32Array, options: SearchOptions): SearchResult;

  /**
   * Several searches with the same options: what `search` gives for each query, in their order.
   *
   * @param queries `m × d`, row-major
   * @throws as `search`, `bad-vector` where `queries` holds no whole number of vectors
   */
  searchBatch(queries: Float32Array, options: SearchOptions): SearchResult[];

  /** The saved form, without what is removed. The same vectors always give the same bytes. */
  serialize(): ArrayBuffer;

  /** Gives the kernel memory back. The index must not be used any more. */
  dispose(): void;
}

/** An index that takes vectors one by one. The trained kinds do not: they are built and sealed. */
export interface GrowableIndex extends VectorIndex {
  /**
   * Adds a vector. One that the id has already, removed or not, is replaced.
   *
   * @throws `bad-vector`, `invalid-argument` (the id), `out-of-memory`
   */
  add(id: number, vector: Float32Array): void;
}

/** A trained index that is being filled. */
export interface IndexBuilder {
  /** What the training found to say, in words for the person; empty where all is well. */
  readonly warnings: readonly string[];

  /**
   * Encodes vectors at once, all of them or, where one is refused, none. Any number of times.
   *
   * @param ids `n`, none of them added before
   * @param vectors `n × d`, row-major
   * @param cells what `findCells` has found for them, where it was asked
   * @throws `bad-vector`, `invalid-argument` (an id, the cells), `out-of-memory`
   */
  add(ids: ArrayLike<number>, vectors: Float32Array, cells?: Uint32Array): void;

  /**
   * Finds the cell of each vector, which is by far the dearest part of adding, with the threads of
   * the control's pool and pauses in between. Absent where there are no cells, or few.
   *
   * @param vectors `n × d`, row-major
   * @returns `n` cells, for `add`
   * @throws `bad-vector`, `out-of-memory`, `aborted`
   */
  findCells?(vectors: Float32Array, control?: TrainControl): Promise<Uint32Array>;

  /**
   * The index of what was added, its rows ordered by cell and id, so that it does not depend on the
   * order of adding. The builder is then done with: nothing but `dispose` may follow.
   *
   * @throws `invalid-argument` where an id was added twice, `out-of-memory`
   */
  seal(): VectorIndex;

  /** Gives back the kernel memory that is the builder's own; an index it sealed stays. */
  dispose(): void;
}
