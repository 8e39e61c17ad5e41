/**
 * How fast are the kernels that scan, train and encode codes, beside the plain loops they are to
 * beat?
 *
 *   npx tsx bench/codeKernels.ts [--n 100000] [--d 128] [--k 100] [--reps 25] [--seed 1] [--only pq4,sq8]
 *
 * One JSON row a case: `ms` is the median of the repetitions, `p10` and `p90` their spread,
 * `nsPerRow` the median over the rows (or table entries, or multiply-additions a nanosecond as
 * `gmacs`). The cases take turns within each repetition, so that a busy machine disturbs them
 * alike; `ratio` is the median of the repetitions' own ratios of the case's time to that of
 * `ratioTo`, for the same reason.
 *
 * `js-adc8` is what a page without these kernels would run: an unrolled loop over codes of 16 bytes
 * with a table of float32, in plain JavaScript. `bareScan` is a WebAssembly SIMD loop of inner
 * products and their maximum, without ids, bitmap or heap.
 */
import { parseArgs } from 'node:util';
import type { Block } from '../src/ann/kernels/block.ts';
import { bytesView, float32View, uint32View } from '../src/ann/kernels/block.ts';
import { packPq4 } from '../src/ann/kernels/pq4Blocks.ts';
import { resetTopK, topKBytes } from '../src/ann/kernels/topK.ts';
import { createPrng } from '../src/base/prng.ts';
import { createAdc8Scan } from './adc8.ts';
import { nodeSimdKernels } from './nodeKernels.ts';

const { values } = parseArgs({
  options: {
    n: { type: 'string', default: '100000' },
    d: { type: 'string', default: '128' },
    k: { type: 'string', default: '100' },
    reps: { type: 'string', default: '25' },
    seed: { type: 'string', default: '1' },
    only: { type: 'string', default: '' },
  },
});
const n = Number(values.n);
const d = Number(values.d);
const k = Number(values.k);
const reps = Number(values.reps);
const only = values.only ? values.only.split(',') : null;
const WARM_UP = 8;
const TRAIN_ROWS = 2048;
const NLIST = 1024;

const prng = createPrng(Number(values.seed));
const kernels = nodeSimdKernels();

function floats(length: number): Block {
  const block = kernels.alloc(4 * length);
  const view = float32View(block, length);
  for (let i = 0; i < length; i++) view[i] = prng.float() - 0.5;
  return block;
}

function bytes(length: number, below: number): Uint8Array<ArrayBuffer> {
  return Uint8Array.from({ length }, () => prng.below(below));
}

function put(values: Uint8Array): Block {
  const block = kernels.alloc(values.length);
  bytesView(block).set(values);
  return block;
}

const query = floats(d);
const vectors = floats(n * d);
const ids = kernels.alloc(4 * n);
uint32View(ids, n).forEach((_, row, all) => {
  all[row] = row + 1;
});
const topK = kernels.alloc(topKBytes(k));
const all = { ids, skip: null, firstRow: 0, rowCount: n };

const codes8 = bytes(n * 16, 256);
const pq8 = put(codes8);
const table8 = floats(16 * 256);
const pq4 = put(packPq4(bytes(n * 32, 16), 32));
const table4 = floats(32 * 16);
const lut = kernels.alloc(32 * 16);
const { bias, scale } = kernels.quantizeTable(table4, 32, lut);
const adc8 = createAdc8Scan(k);
const jsTable = float32View(table8, 16 * 256).slice();

const rows = { block: vectors, offset: 0, stride: d, d, count: n };
const scales = kernels.alloc(4 * d);
float32View(scales, d).fill(0.5 / 127);
const sq8 = kernels.alloc(n * d);
kernels.encodeSq8(rows, scales, sq8);
const query16 = kernels.alloc(2 * d);
const factor = kernels.prepareSq8(query, scales, d, query16);

const trained = { ...rows, count: Math.min(n, TRAIN_ROWS) };
const centroids = floats(NLIST * d);
const cells = kernels.alloc(4 * n);
const rotated = kernels.alloc(4 * TRAIN_ROWS * d);
const sub = { ...rows, d: 4 };
const list = kernels.alloc(4 * 1000);
uint32View(list, 1000).forEach((_, i, listed) => {
  listed[i] = prng.below(n);
});
const shape8 = { M: d / 8, ksub: 256, dsub: 8 };

interface Case {
  readonly name: string;
  /** How many rows, or entries, one run goes through. */
  readonly rows: number;
  readonly bytesPerRow: number;
  /** Multiply-additions of one run. */
  readonly macs?: number;
  readonly ratioTo?: string;
  /** Runs once; what it returns goes into the sink, so that nothing can be optimised away. */
  readonly run: () => number;
  readonly times: number[];
}

function scanCase(
  name: string,
  bytesPerRow: number,
  ratioTo: string | undefined,
  scan: () => number,
): Case {
  const run = () => {
    resetTopK(topK, k);
    return scan() + uint32View(topK, 3 + k)[2 + k]!;
  };
  return { name, rows: n, bytesPerRow, ...(ratioTo && { ratioTo }), run, times: [] };
}

const cases: Case[] = [
  {
    name: 'js-adc8 M=16',
    rows: n,
    bytesPerRow: 16,
    run: () => adc8(codes8, jsTable, n),
    times: [],
  },
  scanCase('scanPq4 M=32', 16, 'js-adc8 M=16', () =>
    kernels.scanPq4({ ...all, codes: pq4 }, lut, 32, scale, bias, topK),
  ),
  scanCase('scanPq8 M=16', 16, 'js-adc8 M=16', () =>
    kernels.scanPq8({ ...all, codes: pq8 }, table8, 16, 0, topK),
  ),
  {
    name: 'bareScan',
    rows: n,
    bytesPerRow: 4 * d,
    run: () => kernels.bareScan(query, vectors, d, n),
    times: [],
  },
  scanCase('scanIp', 4 * d, 'bareScan', () => kernels.scanIp({ ...all, query, vectors, d }, topK)),
  scanCase('scanSq8', d, 'bareScan', () =>
    kernels.scanSq8({ ...all, codes: sq8 }, d, query16, -factor, null, 0, topK),
  ),
  {
    name: `assign nlist=${NLIST}`,
    rows: trained.count,
    bytesPerRow: 4 * d,
    macs: trained.count * NLIST * d,
    run: () => {
      kernels.assign(trained, centroids, NLIST, cells, null);
      return uint32View(cells, 1)[0]!;
    },
    times: [],
  },
  {
    name: 'assign dsub=4 ksub=16',
    rows: n,
    bytesPerRow: 16,
    macs: n * 16 * 4,
    run: () => {
      kernels.assign(sub, centroids, 16, cells, null);
      return uint32View(cells, 1)[0]!;
    },
    times: [],
  },
  {
    name: `transform dOut=${d}`,
    rows: trained.count,
    bytesPerRow: 4 * d,
    macs: trained.count * d * d,
    run: () => {
      kernels.transform(centroids, d, trained, rotated);
      return float32View(rotated, 1)[0]!;
    },
    times: [],
  },
  ...(['ipTable', 'l2sqTable'] as const).map((name) => ({
    name: `${name} M=${shape8.M}`,
    rows: shape8.M * 256,
    bytesPerRow: 32,
    macs: d * 256,
    run: () => {
      kernels[name](query, centroids, shape8, rotated);
      return float32View(rotated, 1)[0]!;
    },
    times: [],
  })),
  {
    name: 'quantizeTable M=32',
    rows: 512,
    bytesPerRow: 4,
    run: () => kernels.quantizeTable(table4, 32, lut).scale,
    times: [],
  },
  {
    name: 'encodeSq8',
    rows: n,
    bytesPerRow: d,
    run: () => {
      kernels.encodeSq8(rows, scales, sq8);
      return bytesView(sq8)[0]!;
    },
    times: [],
  },
  {
    ...scanCase('rescore 1000', 4 * d, undefined, () => {
      kernels.rescore('ip', query, rows, list, 1000, ids, topK);
      return 0;
    }),
    rows: 1000,
  },
  {
    ...scanCase('rescoreSq8 1000', d, undefined, () => {
      const scan = { codes: sq8, ids, skip: null };
      kernels.rescoreSq8(list, 1000, scan, d, query16, -factor, null, 0, topK);
      return 0;
    }),
    rows: 1000,
  },
].filter(({ name }) => only === null || only.some((part) => name.toLowerCase().includes(part)));

let sink = 0;
for (let rep = 0; rep < WARM_UP + reps; rep++) {
  for (const { run, times } of cases) {
    const start = performance.now();
    sink += run();
    if (rep >= WARM_UP) times.push(performance.now() - start);
  }
}

function percentile(sample: readonly number[], share: number): number {
  const sorted = sample.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))]!;
}

function round(value: number): number {
  return Number(value.toPrecision(4));
}

for (const { name, rows: perRun, bytesPerRow, macs, ratioTo, times } of cases) {
  const ms = percentile(times, 0.5);
  const reference = cases.find((other) => other.name === ratioTo);
  console.log(
    JSON.stringify({
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
      ...(macs && { gmacs: round(macs / (1e6 * ms)) }),
      ...(reference && {
        ratioTo,
        ratio: round(
          percentile(
            times.map((time, rep) => time / reference.times[rep]!),
            0.5,
          ),
        ),
      }),
    }),
  );
}
if (!Number.isFinite(sink)) throw new Error('the results were not numbers');
