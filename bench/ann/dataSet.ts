import { readFileSync } from 'node:fs';
import { exactNeighbours } from '../../src/ann/eval/exactNeighbours.ts';
import { clusteredUnitVectors } from '../../src/ann/eval/synthetic.ts';
import { readFvecs, readIvecs } from '../../src/ann/eval/vecs.ts';
import type { Kernels, Metric } from '../../src/ann/index.ts';
import { gatherRows } from '../../src/ann/quantizer/rows.ts';
import { checkInteger } from '../../src/base/checks.ts';
import { AkinError } from '../../src/base/errors.ts';
import type { Prng } from '../../src/base/prng.ts';
import { createPrng } from '../../src/base/prng.ts';
import { shuffle } from '../../src/base/shuffle.ts';

/** Base vectors, queries, and the results of an exact search. */
export interface DataSet {
  readonly name: string;
  readonly metric: Metric;
  readonly d: number;
  readonly n: number;
  /** `n × d`; the id of a row is its index + 1. */
  readonly base: Float32Array<ArrayBuffer>;
  /** `m × d`. */
  readonly queries: Float32Array<ArrayBuffer>;
  /**
   * For each query the ids of its true nearest neighbors, best first: at least ten if `n` allows.
   */
  readonly truth: readonly Uint32Array[];
}

/** True neighbors used for recall. */
export const TRUE_K = 10;

/** Source of the vectors, and query limits. */
export interface FileOptions {
  readonly base: string;
  readonly query?: string | undefined;
  readonly gt?: string | undefined;
  /** Fraction of the base held out as queries if there is no query file. */
  readonly split: number;
  readonly seed: number;
  /** Maximum number of queries, taken from the start. */
  readonly maxQueries: number;
  readonly metric: Metric;
}

/**
 * Reads a data set of `.fvecs` and `.ivecs` files.
 *
 * @throws `unreadable-file`, the codes of `readFvecs`; `invalid-argument` if the files are
 *   inconsistent
 */
export function openDataSet(options: FileOptions, kernels: () => Kernels): DataSet {
  const { split, seed, maxQueries, metric } = options;
  const file = readFvecs(readBytes(options.base));
  const { d } = file;
  let base = file.rows;
  let queries: Float32Array<ArrayBuffer>;
  if (options.query === undefined) {
    if (!(split > 0 && split < 1)) {
      throw new AkinError('invalid-argument', `--split is a share between 0 and 1, not ${split}`);
    }
    if (options.gt !== undefined) {
      throw new AkinError('invalid-argument', '--gt belongs to the queries of --query');
    }
    const order = shuffled(file.n, createPrng(seed));
    const held = Math.min(file.n - 1, Math.max(1, Math.round(file.n * split)));
    queries = gatherRows(file.rows, d, order.subarray(0, held));
    base = gatherRows(file.rows, d, order.subarray(held).sort());
  } else {
    const read = readFvecs(readBytes(options.query));
    if (read.d !== d) {
      throw new AkinError('invalid-argument', `queries of ${read.d} components, a base of ${d}`);
    }
    queries = read.rows;
  }
  const n = base.length / d;
  const all = queries.length / d;
  const m = Math.min(maxQueries, all);
  queries = queries.slice(0, m * d);
  const truth =
    options.gt === undefined
      ? computeTruth(kernels(), { metric, d, n, base, queries })
      : readTruth(options.gt, n, all).slice(0, m);
  return { name: options.base, metric, d, n, base, queries, truth };
}

/** Seeded clustered vectors: see `clusteredUnitVectors`. One center per 500 vectors. */
export function syntheticDataSet(
  { n, d, m, seed, metric }: { n: number; d: number; m: number; seed: number; metric: Metric },
  kernels: () => Kernels,
): DataSet {
  const centres = Math.max(1, Math.round(n / 500));
  const draw = clusteredUnitVectors({ d, centres }, createPrng(seed));
  const base = draw(n);
  const queries = draw(m);
  const truth = computeTruth(kernels(), { metric, d, n, base, queries });
  return { name: 'synthetic', metric, d, n, base, queries, truth };
}

/** The ids of `count` rows starting at `from`. */
export function rowIds(from: number, count: number): Uint32Array {
  return Uint32Array.from({ length: count }, (_, i) => from + i + 1);
}

function computeTruth(
  kernels: Kernels,
  set: Pick<DataSet, 'metric' | 'd' | 'n' | 'base' | 'queries'>,
): Uint32Array[] {
  const { metric, d, n, base, queries } = set;
  const ids = rowIds(0, n);
  const k = Math.min(TRUE_K, n);
  const flat = exactNeighbours(kernels, metric, { vectors: base, ids, d }, queries, k);
  return Array.from({ length: queries.length / d }, (_, i) => flat.subarray(i * k, (i + 1) * k));
}

/** Converts lists of row numbers, as in `.ivecs`, to lists of ids. */
function readTruth(path: string, n: number, m: number): Uint32Array[] {
  const { rows, d: k, n: lists } = readIvecs(readBytes(path));
  checkInteger('lists of true neighbours, one a query,', lists, m, m);
  checkInteger('true neighbours of a query', k, Math.min(TRUE_K, n), n);
  return Array.from({ length: m }, (_, i) =>
    Uint32Array.from(
      rows.subarray(i * k, (i + 1) * k),
      (row) => checkInteger('the row of a true neighbour', row, 0, n - 1) + 1,
    ),
  );
}

function readBytes(path: string): Uint8Array {
  try {
    return readFileSync(path);
  } catch (cause) {
    throw new AkinError('unreadable-file', (cause as Error).message, { cause });
  }
}

function shuffled(n: number, prng: Prng): Uint32Array {
  const order = Uint32Array.from({ length: n }, (_, row) => row);
  shuffle(order, prng);
  return order;
}
