import { describe, expect, it } from 'vitest';
import { nodeSimdKernels } from '../../../../bench/nodeKernels.ts';
import { bitmapBytes, setBit } from '../../kernels/bitmap.ts';
import type { BucketStep, TraceStep } from '../inspection/trace.ts';
import type { IndexSpec } from '../spec.ts';
import { resolveSpec } from '../spec.ts';
import {
  BASES,
  buildHash,
  D,
  describeHash,
  IDS,
  METRICS,
  meanRecall,
  N,
  queryOf,
  truthOf,
} from '../testing/hashHarness.ts';
import { trainIndex } from '../train.ts';

const kernels = nodeSimdKernels();
const SPEC = { kind: 'lsh', tables: 4, bits: 7 } as const;
const ALL = { probes: 2 ** 20 };

describeHash('a random hash', SPEC, 'probes', ALL);
describeHash(
  'a random hash with compact vectors',
  { ...SPEC, store: 'sq8', seed: 9 },
  'probes',
  ALL,
);
describeHash(
  'a random hash of sparse buckets',
  { kind: 'lsh', tables: 2, bits: 12 },
  'probes',
  ALL,
);

describe.each(METRICS)('a random hash by %s', (metric) => {
  it('is exact when it opens all buckets', async () => {
    const index = await buildHash(kernels, metric, SPEC);
    for (let i = 0; i < 20; i++) {
      const { ids, stats } = index.search(queryOf(metric, i), { k: 10, ...ALL });
      expect([...ids]).toEqual(truthOf(metric, queryOf(metric, i), 10));
      expect(stats.codesScanned).toBe(N);
    }
    index.dispose();
  });

  it('finds most in a few buckets, and more with more tables', async () => {
    const one = await buildHash(kernels, metric, { ...SPEC, tables: 1 });
    const eight = await buildHash(kernels, metric, { ...SPEC, tables: 8 });
    const few = { probes: 4 };
    expect(meanRecall(eight, few)).toBeGreaterThan(0.8);
    expect(meanRecall(one, few)).toBeLessThan(meanRecall(eight, few));
    one.dispose();
    eight.dispose();
  });
});

function bucketsOf(trace: readonly TraceStep[]): BucketStep[] {
  return trace.flatMap((step) => (step.step === 'bucket' ? [step] : []));
}

describe('a search of a random hash', () => {
  it('counts what its trace shows, and opens buckets in the order of their cost', async () => {
    const index = await buildHash(kernels, 'ip', SPEC);
    const query = queryOf('ip', 0);
    const plain = index.search(query, { k: 10, probes: 9 });
    const { trace, ...rest } = index.search(query, { k: 10, probes: 9, trace: true });
    expect(rest).toEqual(plain);
    const buckets = bucketsOf(trace!);
    expect(buckets).toHaveLength(plain.stats.cellsVisited);
    expect(buckets).toHaveLength(4 * 9);
    expect(buckets.reduce((sum, { collected }) => sum + collected, 0)).toBe(
      plain.stats.codesScanned,
    );
    const scan = trace!.at(-1)!;
    if (scan.step !== 'scan') throw new Error('another step');
    expect([scan.scanned, [...scan.ids]]).toEqual([plain.stats.codesScanned, [...plain.ids]]);
    const { hashes, ids } = index.structure();
    const { mean, normals, bits, tables, codes } = hashes!;
    for (let table = 0; table < tables; table++) {
      const own = buckets.filter((step) => step.table === table);
      const key = own[0]!.key;
      own.forEach((step, i) => {
        expect(step.cost).toBeGreaterThanOrEqual(own[i - 1]?.cost ?? 0);
        let cost = 0;
        let flips = 0;
        for (const b of step.flipped) {
          const at = (table * bits + b) * D;
          cost += query.reduce((sum, x, c) => sum + (x - mean[c]!) * normals[at + c]!, 0) ** 2;
          flips |= 1 << b;
        }
        expect(step.cost).toBeCloseTo(cost, 5);
        expect(step.key).toBe(key ^ flips);
        const rows = [...ids.keys()].filter((row) => codes[row * tables + table] === step.key);
        expect([...step.ids]).toEqual(rows.map((row) => ids[row]));
      });
    }
    index.dispose();
  });

  it('opens the same buckets whatever their number, and more if they hold too few', async () => {
    const index = await buildHash(kernels, 'ip', { ...SPEC, bits: 14 });
    const query = queryOf('ip', 2);
    const keys = (probes: number, k = 1) =>
      bucketsOf(index.search(query, { k, probes, trace: true }).trace!).map(
        ({ table, key }) => `${table} ${key}`,
      );
    const many = keys(40);
    expect(many.length).toBeGreaterThanOrEqual(160);
    for (const probes of [1, 2, 7, 20]) expect(many.slice(0, 4 * probes)).toEqual(keys(probes));
    const short = keys(1, 30);
    expect(short.length).toBeGreaterThan(4);
    expect(short.length % 4).toBe(0);
    index.dispose();
  });

  it('compares everything rather than probing without end', async () => {
    const index = await buildHash(kernels, 'ip', { ...SPEC, bits: 24 });
    const { trace, stats, ids } = index.search(queryOf('ip', 0), { k: N, probes: 1, trace: true });
    expect(ids).toHaveLength(N);
    expect(stats).toMatchObject({ codesScanned: N, cellsVisited: 4 * 256 });
    const rest = trace!.find(({ step }) => step === 'rest');
    if (rest?.step !== 'rest') throw new Error('another step');
    const opened = bucketsOf(trace!).reduce((sum, { collected }) => sum + collected, 0);
    expect(rest).toMatchObject({ passing: N, collected: N - opened });
    index.dispose();
  });

  it('names the rows that a filter leaves', async () => {
    const index = await buildHash(kernels, 'ip', SPEC);
    const few = [...IDS.slice(5, 25)];
    const allowed = new Uint8Array(bitmapBytes(3 * N + 1));
    for (const id of few) setBit(allowed, id, true);
    const { trace, stats } = index.search(queryOf('ip', 1), { k: 5, allowed, trace: true });
    expect(trace!.map(({ step }) => step)).toEqual(['few', 'scan']);
    expect(stats).toMatchObject({ codesScanned: 20, cellsVisited: 0 });
    index.dispose();
  });

  it('reports the time of each stage', async () => {
    const index = await buildHash(kernels, 'ip', SPEC);
    let clock = 0;
    const { stats } = index.search(queryOf('ip', 0), { k: 3, probes: 2, now: () => clock++ });
    expect(stats).toMatchObject({ cellsVisited: 8, nodesVisited: 0, reranked: 0 });
    expect(stats.ms).toEqual({ coarse: 1, tables: 0, scan: 1, rerank: 0 });
    index.dispose();
  });
});

it('can be cancelled before it trains', async () => {
  const space = { spaceId: 'test/40', metric: 'ip', d: D } as const;
  const before = kernels.bytesInUse;
  const training = trainIndex(kernels, space, SPEC, BASES.ip, { aborted: () => true });
  await expect(training).rejects.toMatchObject({ code: 'aborted' });
  expect(kernels.bytesInUse).toBe(before);
});

describe('the specification of a random hash', () => {
  const resolve = (spec: object, n = 100_000, d = 128) =>
    resolveSpec({ kind: 'lsh', ...spec } as IndexSpec, n, d);

  it('has about eight vectors per bucket by default', () => {
    const rest = { kind: 'lsh', tables: 8, store: 'float32', seed: 1 };
    expect(resolve({})).toEqual({ ...rest, bits: 14 });
    expect(resolve({}, 0)).toEqual({ ...rest, bits: 4 });
    expect(resolve({}, 1e9)).toEqual({ ...rest, bits: 16 });
    expect(resolve({ bits: 20, tables: 1 }, 1, 2)).toMatchObject({ bits: 20, tables: 1 });
  });

  it.each([
    ['no tables', { tables: 0 }],
    ['too many tables', { tables: 65 }],
    ['half a bit', { bits: 6.5 }],
    ['too many bits', { bits: 25 }],
    ['no store', { store: 'none' }],
    ['a negative seed', { seed: -1 }],
  ])('cannot have %s', (_, spec) => {
    expect(() => resolve(spec)).toThrowError(expect.objectContaining({ code: 'invalid-argument' }));
  });

  it('cannot have more components than kernels take', () => {
    expect(() => resolve({}, 100, 5000)).toThrowError(
      expect.objectContaining({ code: 'invalid-argument' }),
    );
  });
});
