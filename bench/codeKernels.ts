/**
 * How fast are the kernels that scan, train and encode codes, compared to plain loops?
 *
 *   npx tsx bench/codeKernels.ts [--n 100000] [--d 128] [--k 100] [--reps 30] [--seed 1]
 *     [--only pq4,sq8]
 *
 * Prints one JSON row per case. `ms` is the median of the repetitions, `p10` and `p90` their
 * spread, `nsPerRow` the median per row (per entry for a table), `gmacs` multiply-adds per
 * nanosecond. Cases are interleaved within each repetition, so load on the machine affects them
 * equally; for the same reason, `ratio` is the median of the per-repetition ratios of this case's
 * time to that of `ratioTo`. `recall10` is the fraction of the 10 true nearest among the `k` found.
 *
 * `js-adc8` is what a page without these kernels would run: an unrolled loop in plain JavaScript
 * over 16-byte codes with a float32 table, returning row numbers, as the scans do here. `bareScan`
 * is a WebAssembly SIMD loop of inner products and their maximum, without ids, bitmap or heap.
 */
import { parseArgs } from 'node:util';
import { recall } from '../src/ann/eval/recall.ts';
import { bytesView, uint32View } from '../src/ann/kernels/block.ts';
import { hammingBestBytes, hammingBytes, readHammingBest } from '../src/ann/kernels/hamming.ts';
import { readTopK, resetTopK, topKBytes } from '../src/ann/kernels/topK.ts';
import { createPrng } from '../src/base/prng.ts';
import { createAdc8Scan } from './adc8.ts';
import { printRow } from './browser/rows.ts';
import { CODE_BYTES, createCodeData, M4, M8 } from './codeKernelData.ts';
import { nodeSimdKernels } from './nodeKernels.ts';
import { percentile } from './percentile.ts';

const { values } = parseArgs({
  options: {
    n: { type: 'string', default: '100000' },
    d: { type: 'string', default: '128' },
    k: { type: 'string', default: '100' },
    reps: { type: 'string', default: '30' },
    seed: { type: 'string', default: '1' },
    only: { type: 'string', default: '' },
  },
});
const n = Number(values.n);
const d = Number(values.d);
const k = Number(values.k);
const reps = Number(values.reps);
const seed = Number(values.seed);
const only = values.only ? values.only.toLowerCase().split(',') : null;
const QUERIES = 16;
const WARM_UP = 10;
const TRAIN_ROWS = Math.min(n, 2048);
const NLIST = 1024;
const LISTED = Math.min(n, 1000);
/** Runs shorter than the timer resolution are repeated this often per timing. */
const SHORT_RUNS = 50;

const kernels = nodeSimdKernels();
const data = await createCodeData(kernels, { n, d, queries: QUERIES, seed });
const { ids, query, vectors } = data;
const all = { ids, skip: null, firstRow: 0, rowCount: n };
const rows = { block: vectors, offset: 0, stride: d, d, count: n };
const trained = { ...rows, count: TRAIN_ROWS };
const topK = kernels.alloc(topKBytes(k));
const cells = kernels.alloc(4 * n);
const out = kernels.alloc(4 * Math.max(TRAIN_ROWS * d, M8 * 256));
const codes = kernels.alloc(n * d);
const list = kernels.alloc(4 * LISTED);
const prng = createPrng(seed);
uint32View(list, LISTED).forEach((_, i, listed) => {
  listed[i] = prng.below(n);
});
const adc8 = createAdc8Scan(k);
/** Random bits: how near the codes are changes little. */
const binary = kernels.alloc(hammingBytes(n, CODE_BYTES));
const binaryQuery = kernels.alloc(CODE_BYTES);
const binaryBest = kernels.alloc(hammingBestBytes(k, n));
for (const block of [binary, binaryQuery]) {
  bytesView(block).forEach((_, i, bytes) => {
    bytes[i] = prng.below(256);
  });
}

interface Case {
  readonly name: string;
  /** Rows, or entries, processed per run. */
  readonly rows: number;
  readonly bytesPerRow: number;
  /** Multiply-adds per run. */
  readonly macs?: number;
  readonly ratioTo?: string;
  readonly short?: boolean;
  /** Runs once; the result goes into a sink, to prevent dead-code elimination. */
  readonly run: () => number;
  /** The rows found by the last run. */
  readonly found?: () => Iterable<number>;
  readonly times: number[];
}

/** A case whose run fills the heap. */
function scanCase(given: Omit<Case, 'run' | 'found' | 'times'>, scan: () => unknown): Case {
  const run = () => {
    resetTopK(topK, k);
    scan();
    return uint32View(topK, 1)[0]!;
  };
  return { ...given, run, found: () => readTopK(topK).ids, times: [] };
}

function scanCases(): Case[] {
  const whole = { rows: n, bytesPerRow: CODE_BYTES };
  const toJs = { ...whole, ratioTo: 'js-adc8 M=16' };
  const toBare = { rows: n, ratioTo: 'bareScan' };
  let kept: Iterable<number> = [];
  return [
    {
      ...whole,
      name: 'js-adc8 M=16',
      run: () => {
        kept = adc8(data.jsCodes, data.jsTable, n);
        return 1;
      },
      found: () => kept,
      times: [],
    },
    scanCase({ ...toJs, name: 'scanPq4 M=32' }, () => {
      const { bias, scale } = data.factors;
      kernels.scanPq4(
        { ...all, ids: null, codes: data.pq4 },
        data.lut,
        M4,
        scale,
        bias,
        null,
        topK,
      );
    }),
    scanCase({ ...toJs, name: 'scanPq8 M=16' }, () =>
      kernels.scanPq8({ ...all, ids: null, codes: data.pq8 }, data.table8, M8, 0, null, topK),
    ),
    {
      ...toJs,
      name: `scanHamming ${8 * CODE_BYTES} bits`,
      run: () => {
        const scan = { codes: binary, query: binaryQuery, codeBytes: CODE_BYTES, skip: null };
        kernels.scanHamming({ ...scan, rowCount: n }, k, binaryBest);
        return readHammingBest(binaryBest, k).rows[0]!;
      },
      times: [],
    },
    {
      name: 'bareScan',
      rows: n,
      bytesPerRow: 4 * d,
      run: () => kernels.bareScan(query, vectors, d, n),
      times: [],
    },
    scanCase({ ...toBare, name: 'scanIp', bytesPerRow: 4 * d }, () =>
      kernels.scanIp({ ...all, query, vectors, d }, topK),
    ),
    scanCase({ ...toBare, name: 'scanL2sq', bytesPerRow: 4 * d }, () =>
      kernels.scanL2sq({ ...all, query, vectors, d }, topK),
    ),
    scanCase({ ...toBare, name: 'scanSq8', bytesPerRow: d }, () => {
      const scan = { ...all, codes: data.sq8 };
      kernels.scanSq8(scan, d, data.query16, -data.factors.sq8, null, 0, topK);
    }),
  ];
}

/** A case whose run writes to a block, whose first word goes into the sink. */
function fillCase(given: Omit<Case, 'run' | 'times'>, block: typeof out, fill: () => void): Case {
  const run = () => {
    fill();
    return bytesView(block)[0]!;
  };
  return { ...given, run, times: [] };
}

function otherCases(): Case[] {
  const { shape8, pq8Centroids, table4, lut, scales } = data;
  const entries = { rows: M8 * 256, bytesPerRow: 4 * shape8.dsub, macs: d * 256, short: true };
  const listed = { rows: LISTED, short: true };
  return [
    fillCase(
      {
        name: `assign nlist=${NLIST}`,
        rows: TRAIN_ROWS,
        bytesPerRow: 4 * d,
        macs: TRAIN_ROWS * NLIST * d,
      },
      cells,
      () => kernels.assign(trained, vectors, NLIST, cells, null),
    ),
    fillCase(
      { name: 'assign dsub=4 ksub=16', rows: n, bytesPerRow: 16, macs: n * 16 * 4 },
      cells,
      () => kernels.assign({ ...rows, d: 4 }, vectors, 16, cells, null),
    ),
    fillCase(
      {
        name: `transform dOut=${d}`,
        rows: TRAIN_ROWS,
        bytesPerRow: 4 * d,
        macs: TRAIN_ROWS * d * d,
      },
      out,
      () => kernels.transform(vectors, d, trained, out),
    ),
    fillCase({ ...entries, name: 'ipTable M=16' }, out, () =>
      kernels.ipTable(query, pq8Centroids, shape8, out),
    ),
    fillCase({ ...entries, name: 'l2sqTable M=16' }, out, () =>
      kernels.l2sqTable(query, pq8Centroids, shape8, out),
    ),
    fillCase({ name: 'quantizeTable M=32', rows: M4 * 16, bytesPerRow: 4, short: true }, lut, () =>
      kernels.quantizeTable(table4, M4, lut),
    ),
    fillCase({ name: 'encodeSq8', rows: n, bytesPerRow: 4 * d }, codes, () =>
      kernels.encodeSq8(rows, scales, codes),
    ),
    scanCase({ ...listed, name: `rescore ${LISTED}`, bytesPerRow: 4 * d }, () =>
      kernels.rescore('ip', query, rows, list, LISTED, ids, topK),
    ),
    scanCase({ ...listed, name: `rescoreSq8 ${LISTED}`, bytesPerRow: d }, () => {
      const scan = { codes: data.sq8, ids, skip: null };
      kernels.rescoreSq8(list, LISTED, scan, d, data.query16, -data.factors.sq8, null, 0, topK);
    }),
  ];
}

function isAsked({ name }: Case): boolean {
  return only === null || only.some((part) => name.toLowerCase().includes(part));
}

const scans = scanCases().filter(isAsked);
const cases = [...scans, ...otherCases().filter(isAsked)];

/** The mean fraction of the 10 true nearest that each scan has among its `k`. */
function recalls(): Map<string, number> {
  const exact = kernels.alloc(topKBytes(10));
  const sums = new Map<string, number>();
  for (let i = 0; i < QUERIES; i++) {
    data.ask(i);
    resetTopK(exact, 10);
    kernels.scanIp({ ...all, query, vectors, d }, exact);
    const truth = readTopK(exact).ids;
    for (const { name, run, found } of scans) {
      if (!found) continue;
      run();
      sums.set(name, (sums.get(name) ?? 0) + recall(truth, found()) / QUERIES);
    }
  }
  return sums;
}

const recall10 = recalls();
let sink = 0;
for (let rep = 0; rep < WARM_UP + reps; rep++) {
  data.ask(rep % QUERIES);
  for (const { run, times, short } of cases) {
    const runs = short ? SHORT_RUNS : 1;
    const start = performance.now();
    for (let i = 0; i < runs; i++) sink += run();
    if (rep >= WARM_UP) times.push((performance.now() - start) / runs);
  }
}

function round(value: number): number {
  return Number(value.toPrecision(4));
}

for (const { name, rows: perRun, bytesPerRow, macs, ratioTo, times } of cases) {
  const ms = percentile(times, 0.5);
  const reference = cases.find((other) => other.name === ratioTo);
  const ratios = reference && times.map((time, rep) => time / reference.times[rep]!);
  const share = recall10.get(name);
  printRow({
    bench: 'code-kernels',
    case: name,
    n: perRun,
    d,
    k,
    ms: round(ms),
    p10: round(percentile(times, 0.1)),
    p90: round(percentile(times, 0.9)),
    bytesPerRow,
    nsPerRow: round((1e6 * ms) / perRun),
    ...(macs !== undefined && { gmacs: round(macs / (1e6 * ms)) }),
    ...(share !== undefined && { recall10: round(share) }),
    ...(ratios && { ratioTo, ratio: round(percentile(ratios, 0.5)) }),
  });
}
if (!Number.isFinite(sink)) {
  throw new Error('the results were not numbers');
}
