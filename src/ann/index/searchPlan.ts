import { checkInteger } from '../../base/checks.ts';
import { AkinError } from '../../base/errors.ts';
import { checkVector } from './checkVector.ts';
import type { SearchOptions } from './vectorIndex.ts';

const MAX_COUNT = 0xffffffff;

/** The checked numbers of a search. */
export interface SearchPlan {
  readonly k: number;
  /** `undefined`: the index decides. */
  readonly nprobe: number | undefined;
  /** `Infinity` if unlimited. */
  readonly maxCodes: number;
  /** Candidates to rerank: at least `k`, or 0; `undefined`: the index decides. */
  readonly rerank: number | undefined;
  /** `undefined`: the index decides. */
  readonly maxLeaves: number | undefined;
  readonly searchK: number | undefined;
  readonly efSearch: number | undefined;
  readonly probes: number | undefined;
}

/** Options that say how thoroughly to search, each at least 1. */
const EFFORTS = ['nprobe', 'maxLeaves', 'searchK', 'efSearch', 'probes'] as const;

/** @throws `invalid-argument`, naming the option out of range */
export function planSearch(options: SearchOptions): SearchPlan {
  const { k, nprobe, maxCodes, rerank, maxLeaves, searchK, efSearch, probes } = options;
  checkInteger('k', k, 0, MAX_COUNT);
  for (const name of EFFORTS) {
    const effort = options[name];
    if (effort !== undefined) checkInteger(name, effort, 1, MAX_COUNT);
  }
  if (maxCodes !== undefined) checkInteger('maxCodes', maxCodes, 0, MAX_COUNT);
  if (rerank !== undefined) checkInteger('rerank', rerank, 0, MAX_COUNT);
  return {
    k,
    nprobe,
    maxCodes: maxCodes ?? Number.POSITIVE_INFINITY,
    rerank: rerank ? Math.max(k, rerank) : rerank,
    maxLeaves,
    searchK,
    efSearch,
    probes,
  };
}

/**
 * The queries of a batch, one by one, as views of `queries`.
 *
 * @throws `bad-vector`
 */
export function splitQueries(queries: Float32Array, d: number): Float32Array[] {
  if (queries.length % d !== 0) {
    throw new AkinError('bad-vector', `${queries.length} components are no vectors of ${d}`);
  }
  return Array.from({ length: queries.length / d }, (_, i) => {
    const query = queries.subarray(i * d, (i + 1) * d);
    checkVector(query, d);
    return query;
  });
}
