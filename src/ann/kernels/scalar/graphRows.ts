import { float32View, int8View, int16View } from '../block.ts';
import type { GraphQuery, GraphRows, LinkTable } from '../graph.ts';
import { uint32View } from '../kernels.ts';
import { l2sq, negativeIp } from './exact.ts';
import { roundEven } from './roundEven.ts';
import { sq8Keys } from './sq8.ts';

const { fround } = Math;

/** Compares rows with a query, and counts how many. */
export class RowComparer {
  compared = 0;
  readonly #rows: GraphRows;
  #keyOf: (row: number) => number = () => Number.NaN;

  constructor(rows: GraphRows, query: GraphQuery | number) {
    this.#rows = rows;
    this.setQuery(query);
  }

  setQuery(query: GraphQuery | number): void {
    const { metric, d, count, vectors, sq8 } = this.#rows;
    if (sq8) {
      const {
        query: query16,
        factor,
        base,
      } = typeof query === 'number' ? this.#encode(query, sq8) : query;
      this.#keyOf = sq8Keys(vectors, count, d, query16, factor, sq8.norms, base);
      return;
    }
    const from = float32View(vectors, count * d);
    const distance = metric === 'ip' ? negativeIp : l2sq;
    const q =
      typeof query === 'number'
        ? from.subarray(query * d, (query + 1) * d)
        : float32View(query.query, d);
    this.#keyOf = (row) => fround(distance(q, from, row * d, d));
  }

  keyOf(row: number): number {
    this.compared++;
    return this.#keyOf(row);
  }

  /** Makes a row of codes a query. */
  #encode(row: number, sq8: NonNullable<GraphRows['sq8']>): GraphQuery {
    const { d, vectors } = this.#rows;
    const codes = int8View(vectors, (row + 1) * d).subarray(row * d);
    const weights = float32View(sq8.weights, d);
    const query16 = int16View(sq8.query16, d);
    for (let i = 0; i < d; i++) query16[i] = roundEven(fround(codes[i]! * weights[i]!));
    const base = sq8.norms ? float32View(sq8.norms, 1, row)[0]! : 0;
    return { query: sq8.query16, factor: sq8.factor, base };
  }
}

/** The list of a row, whole, as a transient view; empty if it has none. */
export function linkList({ links, starts, slots }: LinkTable, layer: number, row: number) {
  const list = starts ? uint32View(starts, 1, row)[0]! + layer - 1 : row;
  const there = (list + 1) * slots * 4 <= links.byteLength;
  return uint32View(links, there ? slots : 0, there ? list * slots : 0);
}

/** The number of links in a list. @param count of all rows */
export function linkCount(list: Uint32Array, count: number): number {
  let used = 0;
  while (used < list.length && list[used]! < count) used++;
  return used;
}
