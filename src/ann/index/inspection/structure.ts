/**
 * How an index is laid out, as plain data for drawing: copies, each part only in kinds that have
 * it. Large: everything an index holds except the vectors.
 */
export interface IndexStructure {
  /** Ids in row order. */
  readonly ids: Uint32Array;
  readonly cells?: CellStructure;
  readonly codes?: CodeStructure;
  readonly local?: LocalStructure;
  readonly trees?: readonly TreeStructure[];
  readonly graph?: GraphStructure;
  readonly hashes?: HashStructure;
}

/** A binary tree of cuts. Nodes are numbered as in a trace, the root is 0. */
export interface TreeStructure {
  /** For each node, its left child, whose rows have `normal · x ≤ offset`; 0 in a leaf. */
  readonly left: Uint32Array;
  /** For each node, its right child, whose rows have `normal · x ≥ offset`; 0 in a leaf. */
  readonly right: Uint32Array;
  /** For each inner node, the number of its cut; 0 in a leaf. */
  readonly cutOf: Uint32Array;
  /** (cuts × d) */
  readonly normals: Float32Array;
  /** (cuts) */
  readonly offsets: Float32Array;
  /** (n): row numbers, leaf by leaf. */
  readonly rows: Uint32Array;
  /** For each leaf, its first place in `rows`; 0 in an inner node. */
  readonly firstOf: Uint32Array;
  /** For each leaf, how many rows it has; 0 in an inner node. */
  readonly countOf: Uint32Array;
}

/** The cells of a coarse quantizer; absent in a multi-index, whose cells are pairs. */
export interface CellStructure {
  /** (nlist × d), in the space of the vectors, even if the index rotates it. */
  readonly centroids: Float32Array;
  /** (nlist + 1): cell `c` holds rows `starts[c]` to `starts[c + 1] − 1`. */
  readonly starts: Uint32Array;
}

/** A product quantizer and its codes. */
export interface CodeStructure {
  readonly M: number;
  readonly ksub: number;
  readonly dsub: number;
  /** (M × ksub × dsub): of vectors, or of residuals if there are cells; rotated. */
  readonly centroids: Float32Array;
  /** (d × d) row-major, `y = R x`; `null` if the index doesn't rotate. */
  readonly rotation: Float32Array | null;
  /** (n × M): for each row, the number of a centroid per sub-quantizer. */
  readonly codes: Uint8Array;
}

/** The local rotations of cells: `y = R (x − centroid − mu)`. */
export interface LocalStructure {
  /** (nlist × d) */
  readonly mu: Float32Array;
  /** (nlist): number of the cell's rotation from 1 on; 0 for none. */
  readonly rotationOf: Uint32Array;
  /** (count × d × d) */
  readonly rotations: Float32Array;
}

/** Hyperplanes, and the side of each on which rows lie. */
export interface HashStructure {
  /** Groups of hyperplanes; 1 if a row has one code of all bits. */
  readonly tables: number;
  /** Hyperplanes per table. */
  readonly bits: number;
  /** (d): a point on all of them. */
  readonly mean: Float32Array;
  /** (tables × bits × d) */
  readonly normals: Float32Array;
  /**
   * (n × tables × ⌈bits / 8⌉): bit `b % 8` of byte `⌊b / 8⌋` is set if the row lies on the positive
   * side of hyperplane `b` of the table.
   */
  readonly codes: Uint8Array;
}

/** The links of a navigable graph. */
export interface GraphStructure {
  /** The row where searches start; −1 if there are no rows. */
  readonly entry: number;
  /** (n): the top layer of each row; it is in all layers below too. */
  readonly levels: Uint8Array;
  /** The bottom layer first. */
  readonly layers: readonly LayerStructure[];
}

export interface LayerStructure {
  /** (n + 1): row `r` links to `neighbours[starts[r]]` to `neighbours[starts[r + 1] − 1]`. */
  readonly starts: Uint32Array;
  /** Rows. */
  readonly neighbours: Uint32Array;
}
