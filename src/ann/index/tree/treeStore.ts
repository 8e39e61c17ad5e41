import type { SectionContent } from '../../format/sections.ts';
import type { Block } from '../../kernels/kernels.ts';
import { float32View, uint32View } from '../../kernels/kernels.ts';
import type { RerankParts } from '../rerank/reranker.ts';
import { Float32Store } from '../rows/float32Store.ts';
import type { OwnedBlocks } from '../rows/ownedBlocks.ts';
import { Sq8Store } from '../rows/sq8Store.ts';
import type { Metric, VectorSpace } from '../vectorIndex.ts';

/** How the vectors of a tree are stored. */
export type Store = 'float32' | 'sq8';

/** The vectors of a tree, in row order. */
export type StoreParts = Exclude<RerankParts, { readonly rerank: 'none' }>;

/** How far a computed key may lie from the exact key of the stored vector. */
export interface KeyError {
  /** Part of the exact key. */
  readonly relative: number;
  readonly absolute: number;
}

/** Machine epsilon of float32, doubled. */
const EPSILON = 2 ** -23;
/** The least normal float32: squares below it may be lost. */
const LEAST = 2 ** -126;
/** Half a step of the query in SQ8, and a little for rounding before that. */
const HALF_STEP = 0.51;
const MAX_CODE = 127;

/** Compares queries with the vectors of a tree, stored in either form. */
export class TreeStore {
  readonly #memory: OwnedBlocks;
  readonly #metric: Metric;
  readonly #d: number;
  readonly #float32: Float32Store | null = null;
  readonly #sq8: Sq8Store | null = null;
  #query: Block | null = null;
  #list: Block | null = null;

  /** @throws `out-of-memory` */
  constructor(memory: OwnedBlocks, { metric, d }: VectorSpace, parts: StoreParts) {
    this.#memory = memory;
    this.#metric = metric;
    this.#d = d;
    if (parts.rerank === 'sq8') this.#sq8 = new Sq8Store(memory, metric, parts);
    else this.#float32 = new Float32Store(memory, metric, d, parts.vectors);
  }

  /** Sets the query of what follows. @param query `d` float32 */
  prepare(query: Block): void {
    this.#query = query;
    this.#sq8?.prepare(query);
  }

  /** Offers a run of rows to a heap. Returns how many were compared. */
  scan(
    rows: { ids: Block; skip: Block | null; firstRow: number; rowCount: number },
    topK: Block,
  ): number {
    return this.#sq8?.scan(rows, topK) ?? this.#float32!.scan(this.#query!, rows, topK);
  }

  /** Memory for a list of rows to rescore. @throws `out-of-memory` */
  listOf(count: number): Block {
    this.#list = this.#memory.atLeast(this.#list, 4 * count);
    return this.#list;
  }

  /** Offers the first `count` rows of `listOf` to a heap. @param ids of all rows */
  rescore(count: number, ids: Block, topK: Block): void {
    if (this.#sq8) this.#sq8.rescore(this.#list!, count, ids, topK);
    else this.#float32!.rescore(this.#query!, this.#list!, count, ids, topK);
  }

  /** Offers a few rows to a heap, wherever they are. */
  rescoreFew(few: Uint32Array, ids: Block, topK: Block): void {
    uint32View(this.listOf(few.length), few.length).set(few);
    this.rescore(few.length, ids, topK);
  }

  /**
   * How far the kernels' keys may be off for the prepared query: sums of float32 in any order (their
   * error grows with `d` at most), and the query's rounding in SQ8.
   *
   * @param longest of the stored vectors
   */
  keyError(longest: number): KeyError {
    const d = this.#d;
    const length = lengthOf(float32View(this.#query!, d));
    const sums = (d + 8) * EPSILON;
    const rounded = this.#sq8 ? HALF_STEP * d * MAX_CODE * this.#sq8.step : 0;
    if (this.#metric === 'ip') {
      return { relative: 0, absolute: sums * length * longest + rounded + d * LEAST };
    }
    // SQ8 computes |q|² + |x|² − 2 q·x, whose parts may be far larger than the key.
    const absolute = this.#sq8 ? 2 * rounded + sums * (length + longest) ** 2 : 0;
    return { relative: sums, absolute: absolute + d * LEAST };
  }

  decodeRow(row: number, target: Float32Array): void {
    (this.#sq8 ?? this.#float32!).decodeRow(row, target);
  }

  /** The sections to save. @param rows the remaining rows, in order */
  contents(rows: Uint32Array): SectionContent[] {
    return (this.#sq8 ?? this.#float32!).contents(rows);
  }
}

/** The length of a vector, in float64. */
export function lengthOf(vector: Float32Array, at = 0, d = vector.length): number {
  let sum = 0;
  for (let i = at; i < at + d; i++) sum += vector[i]! * vector[i]!;
  return Math.sqrt(sum);
}
