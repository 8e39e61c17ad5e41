/**
 * What one search did, step by step, in the order it was done. Plain data, for drawing and for
 * checking: the counts in a trace add up to the search's statistics.
 *
 * Keys order results, lower is nearer: squared L2 distances, or inner products times −1. Arrays are
 * copies that the reader may keep.
 */
export type TraceStep =
  | SegmentStep
  | FewStep
  | CellsStep
  | CellStep
  | NodeStep
  | LeafStep
  | HopStep
  | BucketStep
  | RestStep
  | ScanStep
  | RerankStep;

/** The steps after this one, up to the next of its type, are of one segment of the index. */
export interface SegmentStep {
  readonly step: 'segment';
  /** 0 is the delta. */
  readonly segment: number;
  readonly kind: string;
  /** Vectors that a search of the segment can find. */
  readonly live: number;
}

/** So few rows pass the filter that they are compared one by one, wherever they are. */
export interface FewStep {
  readonly step: 'few';
  readonly ids: Uint32Array;
}

/** Cells were ranked by the distance of their centroids to the query. */
export interface CellsStep {
  readonly step: 'cells';
  /** The nearest first; only as many as may be visited. */
  readonly cells: Uint32Array;
  readonly keys: Float32Array;
}

/** A cell was opened and its rows compared. */
export interface CellStep {
  readonly step: 'cell';
  readonly cell: number;
  /** Of the centroid. */
  readonly key: number;
  /** All rows of the cell. */
  readonly ids: Uint32Array;
  /** Rows compared: not all if a filter or a limit left some out. */
  readonly scanned: number;
}

/** An inner node of a tree was entered. */
export interface NodeStep {
  readonly step: 'node';
  /** From 0; always 0 in a k-d tree. */
  readonly tree: number;
  readonly node: number;
  /** The tree's root is 0. */
  readonly depth: number;
  /** What orders the visits: no row below has a lower key (k-d tree), or minus the margin (forest). */
  readonly bound: number;
  /**
   * The node's cut: rows with `normal · x < offset` lie on the left, with `>` on the right, equal
   * ones on either side. With `ip` a forest cuts the vectors scaled so that the longest has length
   * 1, with another component that makes all of them that long; the query, of length 1, has 0 there.
   */
  readonly normal: Float32Array;
  readonly offset: number;
  /** The side that holds the query: it is entered first. */
  readonly near: 'left' | 'right';
}

/** A leaf of a tree was opened. Its rows are compared at once (k-d tree), or collected (forest). */
export interface LeafStep {
  readonly step: 'leaf';
  readonly tree: number;
  readonly node: number;
  readonly depth: number;
  /** As of a `NodeStep`. */
  readonly bound: number;
  /** All rows of the leaf. */
  readonly ids: Uint32Array;
  /** Rows compared or collected: not those left out by a filter, or seen before in another tree. */
  readonly scanned: number;
}

/** A node of a graph was expanded: the query was compared with its neighbors. */
export interface HopStep {
  readonly step: 'hop';
  /** The bottom layer, with all nodes, is 0. */
  readonly layer: number;
  readonly id: number;
  readonly key: number;
  /** The neighbors not met before in this layer. */
  readonly neighbours: Uint32Array;
  readonly keys: Float32Array;
}

/** A bucket of a hash table was opened. */
export interface BucketStep {
  readonly step: 'bucket';
  readonly table: number;
  /** Bit `b` is set if the vector lies on the positive side of hyperplane `b`. */
  readonly key: number;
  /** Bits in which the key differs from the query's own. */
  readonly flipped: readonly number[];
  /** Sum of the squared distances of the query to the hyperplanes of the flipped bits. */
  readonly cost: number;
  /** All rows of the bucket. */
  readonly ids: Uint32Array;
  /** Rows not met before. */
  readonly collected: number;
}

/** The buckets held too few rows, so all others were collected too. */
export interface RestStep {
  readonly step: 'rest';
  /** Rows that pass the filter. */
  readonly passing: number;
  /** Rows not met before. */
  readonly collected: number;
}

/** All comparisons of codes or vectors are done; these are the best. */
export interface ScanStep {
  readonly step: 'scan';
  /** How many were compared in the whole segment. */
  readonly scanned: number;
  /**
   * The candidates kept, best first; keys are as precise as what was compared. Empty if all of them
   * are reranked anyway.
   */
  readonly ids: Uint32Array;
  readonly keys: Float32Array;
}

/** Candidates were compared again, with more precise vectors. */
export interface RerankStep {
  readonly step: 'rerank';
  /**
   * The store in memory beside the codes, or the file of original vectors. `codes`: what the codes
   * stand for, because a scan of 4-bit or binary codes can't tell the nearest apart; doesn't count as
   * reranked.
   */
  readonly from: 'memory' | 'file' | 'codes';
  /** How many candidates there were. */
  readonly candidates: number;
  /** The results, best first. */
  readonly ids: Uint32Array;
  readonly keys: Float32Array;
}
