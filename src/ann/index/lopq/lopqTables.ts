import type { Block } from '../../kernels/kernels.ts';
import { float32View } from '../../kernels/kernels.ts';
import type { OwnedBlocks } from '../rows/ownedBlocks.ts';
import type { Metric } from '../vectorIndex.ts';
import type { LopqPart } from './lopqPart.ts';
import { centroidsOfCell, type LopqShape } from './lopqShape.ts';

/**
 * Builds the tables for comparing codes with a query: each sub-centroid's contribution to a key.
 *
 * Every cell has its own table, because the query is rotated as the cell was: with `l2sq` its
 * residual, `|q − x̂|² = |R (q − c − mu) − ŷ|²`; with `ip` the query,
 * `q · x̂ = q · (c + mu) + R q · ŷ`. In a multi-index a cell's table concatenates the tables of its
 * two centroids, which are computed once per query however many pairs are visited.
 */
export class LopqTables {
  readonly #metric: Metric;
  readonly #shape: LopqShape;
  readonly #parts: readonly PartTables[];
  /** The current cell's table, all sub-quantizers of all parts. */
  readonly #table: Block;

  /**
   * @param table output of `make`: `M × ksub` float32 per part
   * @throws `out-of-memory`
   */
  constructor(
    memory: OwnedBlocks,
    metric: Metric,
    shape: LopqShape,
    parts: readonly LopqPart[],
    table: Block,
  ) {
    this.#metric = metric;
    this.#shape = shape;
    this.#table = table;
    const { M, ksub } = shape.code;
    const tableLength = M * ksub;
    this.#parts = parts.map((part) => ({
      part,
      query: memory.alloc(4 * shape.d),
      residual: memory.alloc(4 * shape.d),
      rotated: memory.alloc(4 * shape.d),
      table: parts.length === 1 ? table : memory.alloc(4 * tableLength),
      kept: new Map(),
    }));
  }

  /** Sets the query of the next tables. @param query all its components, float32 */
  begin(query: Block): void {
    const { d } = this.#shape;
    this.#parts.forEach((tables, part) => {
      float32View(tables.query, d).set(float32View(query, d, part * d));
      tables.kept.clear();
    });
  }

  /** The query's components in a part, as a block. */
  queryOf(part: number): Block {
    return this.#parts[part]!.query;
  }

  /** Fills the table for a cell. Returns the offset to add to all its sums. */
  make(cell: number): number {
    if (this.#parts.length === 1) return this.#compute(this.#parts[0]!, cell);
    const { M, ksub } = this.#shape.code;
    const length = M * ksub;
    let base = 0;
    centroidsOfCell(this.#shape, cell).forEach((centroid, part) => {
      const kept = this.#keep(this.#parts[part]!, centroid);
      base += kept.base;
      float32View(this.#table, length, part * length).set(kept.table);
    });
    return base;
  }

  #keep(tables: PartTables, centroid: number): KeptTable {
    const known = tables.kept.get(centroid);
    if (known) return known;
    const base = this.#compute(tables, centroid);
    const { M, ksub } = this.#shape.code;
    const made = { base, table: float32View(tables.table, M * ksub).slice() };
    tables.kept.set(centroid, made);
    return made;
  }

  #compute({ part, query, residual, rotated, table }: PartTables, centroid: number): number {
    const { d } = this.#shape;
    const metric = this.#metric;
    if (metric === 'ip') {
      part.rotate(centroid, query, 0, 1, rotated);
    } else {
      part.subtractCentre(centroid, float32View(query, d), float32View(residual, d));
      part.rotate(centroid, residual, 0, 1, rotated);
    }
    part.book(centroid).fillTable(metric, rotated, table);
    return metric === 'ip' ? -part.ipWithCentre(centroid, float32View(query, d)) : 0;
  }
}

interface KeptTable {
  readonly base: number;
  /** `M × ksub`. */
  readonly table: Float32Array;
}

/** Per-part state of a query. */
interface PartTables {
  readonly part: LopqPart;
  /** The query's components in this part. */
  readonly query: Block;
  readonly residual: Block;
  readonly rotated: Block;
  readonly table: Block;
  /** Tables computed for this query, by centroid. */
  readonly kept: Map<number, KeptTable>;
}
