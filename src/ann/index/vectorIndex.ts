import type { IndexKind, Metric } from '../format/header.ts';

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
}

/** What a search cost. */
export interface SearchStats {
  /** Vectors (or codes) that the query was compared with. */
  readonly codesScanned: number;
}

/**
 * What a search found, best first, ties by lower id. The arrays are as long as there are results:
 * shorter than `k` rather than padded. They are copies, the caller's to keep or transfer.
 */
export interface SearchResult {
  readonly ids: Uint32Array<ArrayBuffer>;
  /** Inner products (`ip`, falling) or squared L2 distances (`l2sq`, rising). */
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
  /** Bytes of kernel memory held. */
  readonly bytes: number;

  /**
   * Adds a vector. One that the id has already, removed or not, is replaced.
   *
   * @throws `bad-vector`, `invalid-argument` (the id), `out-of-memory`
   */
  add(id: number, vector: Float32Array): void;

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

  /** @throws `bad-vector` (the query), `invalid-argument` (`k`), `out-of-memory` */
  search(query: Float32Array, options: SearchOptions): SearchResult;

  /** The saved form, without what is removed. The same vectors always give the same bytes. */
  serialize(): ArrayBuffer;

  /** Gives the kernel memory back. The index must not be used any more. */
  dispose(): void;
}
