import { type Calibration, extendAll } from '../calibration.ts';
import { innerProducts } from './cosines.ts';
import type { HeldOut } from './heldOut.ts';
import { nearest } from './retrieval.ts';

/** A query with its nearest samples: best first. */
export interface ChangedQuery {
  readonly query: number;
  readonly before: readonly number[];
  readonly after: readonly number[];
}

/** Results of a query that are compared, and queries that are shown. */
const RESULTS = 6;
const QUERIES = 10;

/** Held-out queries with the most new samples among their nearest; ties by number. */
export function changedMost(
  { held, vectors, base }: HeldOut,
  calibration: Calibration,
): readonly ChangedQuery[] {
  const m = held.length;
  const extended = extendAll(calibration, vectors);
  const row = new Float32Array(m);
  const all = Array.from(held, (_, query) => {
    const before = nearest(base.subarray(query * m, (query + 1) * m), query, RESULTS);
    innerProducts(extended, calibration.size, query, row);
    const after = nearest(row, query, RESULTS);
    return { query, before, after, added: after.filter((each) => !before.includes(each)).length };
  });
  const samples = (rows: readonly number[]) => rows.map((row) => held[row]!);
  return all
    .filter(({ added }) => added > 0)
    .sort((a, b) => b.added - a.added || a.query - b.query)
    .slice(0, QUERIES)
    .map(({ query, before, after }) => ({
      query: held[query]!,
      before: samples(before),
      after: samples(after),
    }));
}
