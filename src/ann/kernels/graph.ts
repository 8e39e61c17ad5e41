import type { Block } from './block.ts';

/** The vectors of a graph's nodes. A node is called by its row. */
export interface GraphRows {
  readonly metric: 'ip' | 'l2sq';
  readonly d: number;
  /** Links to rows from here on end a list. */
  readonly count: number;
  /** `count × d`, float32, or int8 with `sq8`. */
  readonly vectors: Block;
  /** How rows of codes are compared; `null` if they are float32. */
  readonly sq8: Sq8Rows | null;
}

/**
 * Rows of scalar-quantized codes, with what makes a query of one of them: `round(code_i ×
 * weights_i)`, of at most 16 bits.
 */
export interface Sq8Rows {
  /** Squared lengths, float32, one per row; `null` for inner products. */
  readonly norms: Block | null;
  /** `d` float32. */
  readonly weights: Block;
  /** `factor` of `scanSq8` for such a query. */
  readonly factor: number;
  /** Scratch, int16, `d`. */
  readonly query16: Block;
}

/** What rows are compared with. */
export interface GraphQuery {
  /** `d` float32, or int16 from `prepareSq8` for rows of codes. */
  readonly query: Block;
  /** As in `scanSq8`; unused for float32. */
  readonly factor: number;
  readonly base: number;
}

/**
 * Links of the bottom layer: row `r` has list `r`. Or of the layers above: row `r` has list
 * `starts_r + layer − 1` in each of its layers. A list is `slots` uint32 row numbers; `NO_LINK`
 * ends it early.
 */
export interface LinkTable {
  readonly links: Block;
  /** uint32, one per row. `null`: the bottom layer. */
  readonly starts: Block | null;
  readonly slots: number;
}

/** An unused slot of a list of links. */
export const NO_LINK = 0xffffffff;

/** The blocks that a walk works in. */
export interface WalkScratch {
  /** A bit per row. */
  readonly visited: Block;
  /** Pairs, its capacity set. */
  readonly candidates: Block;
  /** `slots` uint32. */
  readonly list: Block;
}

/** One search of a layer. */
export interface LayerWalk {
  readonly layer: number;
  /** The row to start from. */
  readonly entry: number;
  readonly scratch: WalkScratch;
  /** Pairs, its capacity set: output, the nearest rows, sorted. */
  readonly found: Block;
  /** Rows that are walked through, but not found: a bitmap. `null`: none. */
  readonly skip: Block | null;
  /** Maximum number of rows to compare. */
  readonly most: number;
  /** Pairs, reset: takes the expanded rows, in order, as many as it has room for. */
  readonly log: Block | null;
}

/** The cost of a walk. */
export interface WalkCost {
  /** Rows compared with the query. */
  readonly compared: number;
  /** Rows whose neighbors were looked at. */
  readonly hops: number;
}

/**
 * Kernels of a navigable graph (Malkov and Yashunin, "Efficient and robust approximate nearest
 * neighbor search using hierarchical navigable small world graphs", 2018). Lists hold no row twice
 * and not their own; a row's links in a layer lead to rows of that layer. Keys are those of
 * `scanIp`, `scanL2sq` and `scanSq8`, and the twins differ as these do.
 */
export interface GraphKernels {
  /**
   * Best-first search of a layer, with the capacity of `found` as `ef` (Algorithm 2): expands the
   * nearest candidate until it is farther than all found and `found` is full. Ties go to the lower
   * row, so a larger `ef` expands the same rows first, and then more.
   *
   * @param query a block, or a row
   * @returns `null` if there were more candidates than the scratch block has room for
   */
  searchLayer(
    rows: GraphRows,
    query: GraphQuery | number,
    table: LinkTable,
    walk: LayerWalk,
  ): WalkCost | null;

  /**
   * Gives a row links to some of `found`, chosen by the heuristic (Algorithm 4): the nearest first,
   * each only if it is nearer to the row than to every one chosen before. These get a link back;
   * where the list is full, the heuristic chooses among its links and the new one.
   *
   * Of rows equally near (copies of one vector), at most half of the links are chosen.
   *
   * @param found pairs of a search for the row, sorted
   * @param most links of the row
   * @param scratch `12 × (slots + 1)` bytes
   * @returns rows compared
   */
  connect(
    rows: GraphRows,
    table: LinkTable,
    layer: number,
    row: number,
    found: Block,
    most: number,
    scratch: Block,
  ): number;

  /**
   * Replaces a row's links: the heuristic chooses among a list's rows. Doesn't link back.
   *
   * @param list `count` uint32: distinct rows
   * @param pairs scratch, 8 bytes per row of the list
   * @returns rows compared
   */
  relink(
    rows: GraphRows,
    table: LinkTable,
    layer: number,
    row: number,
    list: Block,
    count: number,
    pairs: Block,
  ): number;
}
