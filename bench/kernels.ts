/**
 * How long does one exact search take, and how close is that to the time of merely reading the
 * vectors?
 *
 *   npm run bench:kernels -- [--n 100000] [--d 256] [--k 50] [--reps 40] [--seed 1]
 *
 * Prints one JSON row per case. `ms` is the median of the repetitions, `p10` and `p90` their
 * spread; `ratioToScalar` is the speedup over the scalar reference, `ratioToRead` the slowdown
 * relative to a WebAssembly SIMD loop that only reads the same bytes. Cases are interleaved within
 * each repetition, so load on the machine affects them equally.
 */
import { parseArgs } from 'node:util';
import type { Block, Kernels, Metric } from '../src/ann/index.ts';
import {
  clusteredUnitVectors,
  float32View,
  groundTruth,
  readTopK,
  recall,
  resetTopK,
  scalarKernels,
  topKBytes,
  uint32View,
} from '../src/ann/index.ts';
import { createPrng } from '../src/base/prng.ts';
import { printRow, round } from './browser/rows.ts';
import { nodeSimdKernels } from './nodeKernels.ts';
import { percentile } from './percentile.ts';

const { values } = parseArgs({
  options: {
    n: { type: 'string', default: '100000' },
    d: { type: 'string', default: '256' },
    k: { type: 'string', default: '50' },
    reps: { type: 'string', default: '40' },
    seed: { type: 'string', default: '1' },
  },
});
const n = Number(values.n);
const d = Number(values.d);
const k = Number(values.k);
const reps = Number(values.reps);
const QUERIES = 8;
const WARM_UP = 6;

const draw = clusteredUnitVectors(
  { d, centres: Math.max(1, Math.round(n / 500)) },
  createPrng(Number(values.seed)),
);
const vectors = draw(n);
const queries = Array.from({ length: QUERIES }, () => draw(1));
const ids = Uint32Array.from({ length: n }, (_, row) => row + 1);

interface Loaded {
  readonly kernels: Kernels;
  readonly vectors: Block;
  readonly ids: Block;
  readonly query: Block;
  readonly topK: Block;
}

function load(kernels: Kernels): Loaded {
  const loaded = {
    kernels,
    vectors: kernels.alloc(4 * n * d),
    ids: kernels.alloc(4 * n),
    query: kernels.alloc(4 * d),
    topK: kernels.alloc(topKBytes(k)),
  };
  float32View(loaded.vectors, n * d).set(vectors);
  uint32View(loaded.ids, n).set(ids);
  return loaded;
}

function search(loaded: Loaded, metric: Metric, query: Float32Array): Uint32Array {
  const { kernels, topK } = loaded;
  float32View(loaded.query, d).set(query);
  resetTopK(topK, k);
  const scan = { ...loaded, skip: null, d, firstRow: 0, rowCount: n };
  if (metric === 'ip') kernels.scanIp(scan, topK);
  else kernels.scanL2sq(scan, topK);
  return readTopK(topK).ids;
}

interface Case {
  readonly kernel: 'scalar' | 'simd' | 'read-bytes';
  readonly metric: Metric | null;
  /** Runs once; the result goes into a sink, to prevent dead-code elimination. */
  readonly run: (query: Float32Array) => number;
  readonly recall: number | null;
  readonly times: number[];
}

const scalar = load(scalarKernels());
const simd = load(nodeSimdKernels());
const metrics = ['ip', 'l2sq'] as const;
const truths = metrics.map((metric) =>
  queries.map((query) =>
    groundTruth(metric, { vectors, ids, d }, query, k).map((neighbour) => neighbour.id),
  ),
);

function scanCase(loaded: Loaded, metric: Metric): Case {
  const found = queries.map((query) => search(loaded, metric, query));
  const truth = truths[metrics.indexOf(metric)]!;
  return {
    kernel: loaded.kernels.backend,
    metric,
    run: (query) => search(loaded, metric, query)[0] ?? 0,
    recall: found.reduce((sum, ids, i) => sum + recall(truth[i]!, ids), 0) / QUERIES,
    times: [],
  };
}

const cases: Case[] = [
  {
    kernel: 'read-bytes',
    metric: null,
    run: () => simd.kernels.sumWords(simd.vectors),
    recall: null,
    times: [],
  },
  ...metrics.flatMap((metric) => [scanCase(scalar, metric), scanCase(simd, metric)]),
];

let sink = 0;
for (let rep = 0; rep < WARM_UP + reps; rep++) {
  for (const { run, times } of cases) {
    const start = performance.now();
    sink += run(queries[rep % QUERIES]!);
    if (rep >= WARM_UP) times.push(performance.now() - start);
  }
}

const readMs = percentile(cases[0]!.times, 0.5);
for (const { kernel, metric, recall, times } of cases) {
  const ms = percentile(times, 0.5);
  const reference = cases.find((other) => other.kernel === 'scalar' && other.metric === metric);
  printRow({
    bench: 'exact-scan',
    kernel,
    metric,
    n,
    d,
    k,
    ms: round(ms, 3),
    p10: round(percentile(times, 0.1), 3),
    p90: round(percentile(times, 0.9), 3),
    bytesPerVector: 4 * d,
    recall,
    ratioToScalar: reference ? round(percentile(reference.times, 0.5) / ms, 3) : null,
    ratioToRead: round(ms / readMs, 3),
  });
}
if (!Number.isFinite(sink)) throw new Error('the results were not numbers');
