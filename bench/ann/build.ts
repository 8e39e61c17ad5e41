import { trainIndex } from '../../src/ann/index/train.ts';
import type { IndexSpec, Kernels, VectorIndex } from '../../src/ann/index.ts';
import { resolveSpec } from '../../src/ann/index.ts';
import { createPrng } from '../../src/base/prng.ts';
import { say } from '../browser/rows.ts';
import type { DataSet } from './dataSet.ts';
import { rowIds } from './dataSet.ts';

/** Rows added at a time, as by an app that reads them from storage. */
const ADD_ROWS = 10_000;

/** An index with its build cost. */
export interface BuiltIndex {
  readonly index: VectorIndex;
  /** With all defaults filled in. */
  readonly spec: IndexSpec;
  readonly trainMs: number;
  /** Encoding, sorting and sealing. */
  readonly addMs: number;
  /** CPU time of both: their duration on an otherwise idle machine. */
  readonly buildCpuMs: number;
  /** Before any search, whose scratch memory doesn't grow with the index. */
  readonly bytes: number;
  readonly warnings: readonly string[];
  readonly backend: string;
}

/**
 * Trains an index and adds the whole base.
 *
 * @param trainRows maximum number of training rows, sampled evenly
 */
export async function buildIndex(
  kernels: Kernels,
  set: DataSet,
  asked: IndexSpec,
  trainRows: number,
): Promise<BuiltIndex> {
  const { metric, d, n, base } = set;
  const spec = resolveSpec(asked, n, d);
  say(`building ${JSON.stringify(spec)}`);
  const sample = trainRows >= n ? base : drawRows(set, trainRows);
  const cpuBefore = process.cpuUsage();
  const from = performance.now();
  const builder = await trainIndex(kernels, { spaceId: 'bench', metric, d }, spec, sample);
  const trainMs = performance.now() - from;
  for (let row = 0; row < n; row += ADD_ROWS) {
    const count = Math.min(ADD_ROWS, n - row);
    builder.add(rowIds(row, count), base.subarray(row * d, (row + count) * d));
  }
  await builder.prepare?.();
  const index = builder.seal();
  const addMs = performance.now() - from - trainMs;
  const cpu = process.cpuUsage(cpuBefore);
  const buildCpuMs = (cpu.user + cpu.system) / 1000;
  builder.dispose();
  const { warnings } = builder;
  say(`  trained in ${trainMs.toFixed(0)} ms, filled in ${addMs.toFixed(0)} ms`);
  const { bytes } = index;
  return { index, spec, trainMs, addMs, buildCpuMs, bytes, warnings, backend: kernels.backend };
}

/** `count` rows of the base, one from each of `count` equal ranges. */
function drawRows({ base, d, n }: DataSet, count: number): Float32Array {
  const prng = createPrng(0);
  const sample = new Float32Array(count * d);
  for (let i = 0; i < count; i++) {
    const row = Math.floor(((i + prng.float()) * n) / count);
    sample.set(base.subarray(row * d, (row + 1) * d), i * d);
  }
  return sample;
}
