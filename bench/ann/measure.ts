import { nearestRecall, recall } from '../../src/ann/eval/recall.ts';
import type { SearchOptions, VectorIndex } from '../../src/ann/index.ts';
import { quantile, round, say } from '../browser/rows.ts';
import type { BareScan } from './bareScan.ts';
import type { BuiltIndex } from './build.ts';
import type { SearchParams } from './cases.ts';
import type { DataSet } from './dataSet.ts';
import { TRUE_K } from './dataSet.ts';

/** The ranks in `recall1At`. */
const RANKS = [1, 10, 100, 1000] as const;
const WARM_UP_QUERIES = 100;

/** Duration and repetitions of the timing. */
export interface TimingOptions {
  /** Results per timed search. */
  readonly k: number;
  /** Passes over all queries; fewer once `budgetMs` is used up, but at least one. */
  readonly passes: number;
  readonly budgetMs: number;
}

/** The row of one case: docs/ann.md describes the fields. */
export type Row = Record<string, unknown>;

/** Measures time and recall of an index under one set of search parameters. */
export function measureSearch(
  set: DataSet,
  built: BuiltIndex,
  params: SearchParams,
  bare: BareScan,
  timing: TimingOptions,
): Row {
  const { index } = built;
  const m = set.queries.length / set.d;
  const options: SearchOptions = { k: timing.k, ...params };
  const query = (i: number) => set.queries.subarray(i * set.d, (i + 1) * set.d);
  for (let i = 0; i < Math.min(WARM_UP_QUERIES, m); i++) index.search(query(i), options);

  // Before and after, not in between: a full scan would evict the caches of the timed search.
  const bareTimes = bare.times();
  const { times, found, codesScanned } = timeQueries(index, query, m, options, timing);
  bareTimes.push(...bare.times());

  const nearest = set.truth.map((ids) => ids[0]!);
  const recall1At = RANKS.map((R) => {
    // A search for more results may visit more cells, so each R gets its own search.
    const ranked = R <= timing.k ? found : searchAll(index, query, m, { ...options, k: R });
    return [R, round(nearestRecall(nearest, ranked, [R])[0]!, 4)];
  });
  const recallOf = (count: number) =>
    mean(found.map((ids, i) => recall(set.truth[i]!.subarray(0, count), ids.subarray(0, count))));
  const msPerQuery = quantile(times, 0.5);
  const { spec } = built;
  say(`${spec.kind} ${JSON.stringify(params)}: ${msPerQuery.toFixed(3)} ms`);
  const { kind, ...trained } = spec;
  return {
    kind,
    params: { ...trained, ...params },
    metric: set.metric,
    n: set.n,
    d: set.d,
    trainMs: round(built.trainMs, 0),
    addMs: round(built.addMs, 0),
    buildCpuMs: round(built.buildCpuMs, 0),
    bytesPerVector: round((built.bytes - index.rerankBytes) / set.n, 1),
    rerankBytesPerVector: round(index.rerankBytes / set.n, 1),
    k: timing.k,
    msPerQuery: round(msPerQuery, 4),
    p99Ms: round(quantile(times, 0.99), 4),
    ratioToBareScan: round(msPerQuery / quantile(bareTimes, 0.5), 4),
    recall1: round(recallOf(1), 4),
    recall10: round(recallOf(TRUE_K), 4),
    recall1At: Object.fromEntries(recall1At),
    codesScanned: round(codesScanned, 0),
    stageMs: stageTimes(index, query, m, options),
    queries: m,
    warnings: built.warnings,
    backend: built.backend,
  };
}

/** The row of the bare scan itself. */
export function bareScanRow(set: DataSet, bare: BareScan): Row {
  const times = Array.from({ length: 5 }, () => bare.times()).flat();
  return {
    kind: 'bare-scan',
    params: {},
    metric: 'ip',
    n: set.n,
    d: set.d,
    trainMs: 0,
    addMs: 0,
    bytesPerVector: 4 * set.d,
    rerankBytesPerVector: 0,
    k: 0,
    msPerQuery: round(quantile(times, 0.5), 4),
    p99Ms: round(quantile(times, 0.99), 4),
    ratioToBareScan: 1,
    recall1: null,
    recall10: null,
    recall1At: null,
    codesScanned: set.n,
    backend: 'simd',
  };
}

function timeQueries(
  index: VectorIndex,
  query: (i: number) => Float32Array,
  m: number,
  options: SearchOptions,
  timing: TimingOptions,
): { times: number[]; found: Uint32Array[]; codesScanned: number } {
  const times: number[] = [];
  const found: Uint32Array[] = [];
  let codesScanned = 0;
  const until = performance.now() + timing.budgetMs;
  for (let pass = 0; pass < timing.passes; pass++) {
    for (let i = 0; i < m; i++) {
      const vector = query(i);
      const from = performance.now();
      const result = index.search(vector, options);
      times.push(performance.now() - from);
      if (pass > 0) continue;
      found.push(result.ids);
      codesScanned += result.stats.codesScanned / m;
    }
    if (performance.now() > until) break;
  }
  return { times, found, codesScanned };
}

function searchAll(
  index: VectorIndex,
  query: (i: number) => Float32Array,
  m: number,
  options: SearchOptions,
): Uint32Array[] {
  return Array.from({ length: m }, (_, i) => index.search(query(i), options).ids);
}

/** Time per stage of a search: the medians, from a separate pass. */
function stageTimes(
  index: VectorIndex,
  query: (i: number) => Float32Array,
  m: number,
  options: SearchOptions,
): Record<string, number> {
  const stages = new Map<string, number[]>();
  for (let i = 0; i < Math.min(m, 300); i++) {
    const { ms } = index.search(query(i), { ...options, now: () => performance.now() }).stats;
    for (const [stage, time] of Object.entries(ms)) {
      const times = stages.get(stage) ?? [];
      times.push(time);
      stages.set(stage, times);
    }
  }
  return Object.fromEntries(
    [...stages].map(([stage, times]) => [stage, round(quantile(times, 0.5), 4)]),
  );
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
