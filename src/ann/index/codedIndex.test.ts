import { describe, expect, it } from 'vitest';
import { nodeSimdKernels } from '../../../bench/nodeKernels.ts';
import { createPrng } from '../../base/prng.ts';
import { groundTruth } from '../eval/groundTruth.ts';
import { recall } from '../eval/recall.ts';
import { clusteredUnitVectors } from '../eval/synthetic.ts';
import { bitmapBytes, setBit } from '../kernels/bitmap.ts';
import type { Kernels } from '../kernels/kernels.ts';
import { scalarKernels } from '../kernels/scalar.ts';
import { loadIndex } from './load.ts';
import type { IndexSpec } from './spec.ts';
import { trainIndex } from './train.ts';
import type { Metric, VectorIndex } from './vectorIndex.ts';

const D = 24;
const N = 1500;
const VECTORS = clusteredUnitVectors({ d: D, centres: 12 }, createPrng(3))(N + 40);
const BASE = VECTORS.subarray(0, N * D);
/** In an order that is not that of the rows. */
const IDS = Uint32Array.from({ length: N }, (_, row) => 1 + ((row * 7) % N) * 3);

const row = (i: number) => VECTORS.subarray(i * D, (i + 1) * D);
const queryOf = (i: number) => row(N + i);
const QUERIES = Array.from({ length: 40 }, (_, i) => queryOf(i));

async function train(kernels: Kernels, spec: IndexSpec, metric: Metric, n = N) {
  const space = { spaceId: 'test/24', metric, d: D };
  const builder = await trainIndex(kernels, space, spec, BASE.subarray(0, n * D));
  builder.add(IDS.subarray(0, n), BASE.subarray(0, n * D));
  const index = builder.seal();
  builder.dispose();
  return index;
}

/** What was built before: training takes longest of all, and gives the same on either kernels. */
const built = new Map<string, Promise<ArrayBuffer>>();

async function build(
  spec: IndexSpec,
  metric: Metric = 'ip',
  kernels: Kernels = scalarKernels(),
): Promise<VectorIndex> {
  const key = JSON.stringify([spec, metric]);
  const saved =
    built.get(key) ?? train(nodeSimdKernels(), spec, metric).then((index) => index.serialize());
  built.set(key, saved);
  return loadIndex(kernels, await saved);
}

function truth(metric: Metric, query: Float32Array, k: number) {
  return groundTruth(metric, { vectors: BASE, ids: IDS, d: D }, query, k);
}

function meanRecall(index: VectorIndex, k: number, options: object = {}): number {
  const all = QUERIES.map((query) => {
    const ids = Uint32Array.from(truth(index.metric, query, k), ({ id }) => id);
    return recall(ids, index.search(query, { k, ...options }).ids);
  });
  return all.reduce((sum, x) => sum + x, 0) / all.length;
}

function distance(metric: Metric, query: Float32Array, vector: Float32Array): number {
  let sum = 0;
  for (let i = 0; i < D; i++) {
    sum += metric === 'ip' ? query[i]! * vector[i]! : (query[i]! - vector[i]!) ** 2;
  }
  return sum;
}

function reconstructionError(index: VectorIndex): number {
  const vector = new Float32Array(D);
  let sum = 0;
  IDS.forEach((id, i) => {
    expect(index.reconstruct(id, vector)).toBe(true);
    sum += distance('l2sq', row(i), vector);
  });
  return sum / N;
}

const SPECS: readonly IndexSpec[] = [
  { kind: 'pq', M: 6, nbits: 8, rerank: 'none' },
  { kind: 'pq', M: 12, nbits: 4, rerank: 'none' },
  { kind: 'opq', M: 6, nbits: 8, rerank: 'none' },
  { kind: 'opq', M: 12, nbits: 4, rerank: 'none' },
  { kind: 'ivfpq', nlist: 20, M: 6, nbits: 8, rerank: 'none' },
  { kind: 'ivfpq', nlist: 20, M: 12, nbits: 4, rerank: 'none' },
  { kind: 'ivfpq', nlist: 20, M: 12, nbits: 4, opq: true, rerank: 'none' },
  { kind: 'ivfpq', nlist: 1, M: 8, nbits: 4, opq: true, rerank: 'none' },
];
const METRICS = ['ip', 'l2sq'] as const;
const CASES = SPECS.flatMap((spec) => METRICS.map((metric) => [spec, metric] as const));
const ALL_CELLS = { nprobe: 1e6 };

describe.each(CASES)('%j by %s', (spec, metric) => {
  it('gives each result the distance to the vector that its code stands for', async () => {
    const index = await build(spec, metric);
    const vector = new Float32Array(D);
    for (const query of QUERIES.slice(0, 5)) {
      const { ids, scores } = index.search(query, { k: 30, ...ALL_CELLS });
      expect(ids).toHaveLength(30);
      ids.forEach((id, rank) => {
        index.reconstruct(id, vector);
        expect(scores[rank]).toBeCloseTo(distance(metric, query, vector), 4);
      });
    }
  });

  it('ranks first what lies nearest by its code', async () => {
    const index = await build(spec, metric);
    const vector = new Float32Array(D);
    const sign = metric === 'ip' ? -1 : 1;
    for (const query of QUERIES.slice(0, 5)) {
      const all = Array.from(IDS, (id) => {
        index.reconstruct(id, vector);
        return { id, key: sign * distance(metric, query, vector) };
      });
      const best = all.toSorted((a, b) => a.key - b.key).slice(0, 10);
      const { scores } = index.search(query, { k: 10, ...ALL_CELLS });
      best.forEach(({ key }, rank) => {
        expect(sign * scores[rank]!).toBeCloseTo(key, 4);
      });
    }
  });

  it('has the same codes and results on either kernels', async () => {
    const scalar = await train(scalarKernels(), spec, metric, 300);
    const simd = await train(nodeSimdKernels(), spec, metric, 300);
    expect(new Uint8Array(simd.serialize())).toEqual(new Uint8Array(scalar.serialize()));
    for (const query of QUERIES) {
      const a = scalar.search(query, { k: 10, ...ALL_CELLS });
      const b = simd.search(query, { k: 10, ...ALL_CELLS });
      expect(b.scores.length).toBe(10);
      a.scores.forEach((score, rank) => {
        expect(b.scores[rank]).toBeCloseTo(score, 5);
      });
      expect(b.stats.codesScanned).toBe(a.stats.codesScanned);
    }
  });

  it('is saved, loaded and saved as the same bytes, and answers as before', async () => {
    const index = await build(spec, metric);
    const saved = index.serialize();
    const loaded = loadIndex(scalarKernels(), saved, index);
    expect(new Uint8Array(loaded.serialize())).toEqual(new Uint8Array(saved));
    expect(loaded.kind).toBe(spec.kind);
    for (const query of QUERIES.slice(0, 5)) {
      expect(loaded.search(query, { k: 10 })).toEqual(index.search(query, { k: 10 }));
    }
  });

  it('forgets what is removed, and saves itself without it', async () => {
    const index = await build(spec, metric);
    const query = queryOf(0);
    const before = index.search(query, { k: 20, ...ALL_CELLS });
    const removed = before.ids.filter((_, rank) => rank % 2 === 0);
    for (const id of removed) expect(index.remove(id)).toBe(true);
    const after = index.search(query, { k: 10, ...ALL_CELLS });
    expect([...after.ids]).toEqual([...before.ids.filter((_, rank) => rank % 2 === 1)]);
    const loaded = loadIndex(scalarKernels(), index.serialize());
    expect(loaded.ntotal).toBe(N - 10);
    expect(loaded.search(query, { k: 10, ...ALL_CELLS }).ids).toEqual(after.ids);
    expect(new Uint8Array(loaded.serialize())).toEqual(new Uint8Array(index.serialize()));
    for (const id of removed) expect(index.restore(id)).toBe(true);
    expect(index.search(query, { k: 20, ...ALL_CELLS }).ids).toEqual(before.ids);
  });

  it('answers a batch as one by one', async () => {
    const index = await build(spec, metric);
    const options = { k: 7, exclude: IDS[3]!, nprobe: 3 };
    const queries = VECTORS.subarray(N * D);
    const single = QUERIES.map((query) => index.search(query, options));
    expect(index.searchBatch(queries, options)).toEqual(single);
  });

  it('finds all that a filter lets through, and nothing else', async () => {
    const index = await build(spec, metric);
    for (const share of [0.5, 0.01, 1 / N]) {
      const prng = createPrng(9);
      const allowed = new Uint8Array(bitmapBytes(3 * N + 1));
      const picked = IDS.filter(() => prng.float() < share);
      if (picked.length === 0) continue;
      for (const id of picked) setBit(allowed, id, true);
      const { ids } = index.search(queryOf(1), { k: N, allowed });
      expect([...ids].toSorted((a, b) => a - b)).toEqual([...picked].toSorted((a, b) => a - b));
    }
  });
});

describe.each(METRICS)('re-ranked by %s', (metric) => {
  const kinds: readonly IndexSpec[] = [
    { kind: 'pq', M: 12, nbits: 4, rerank: 'float32' },
    { kind: 'opq', M: 6, nbits: 8, rerank: 'float32' },
    { kind: 'ivfpq', nlist: 20, M: 12, nbits: 4, rerank: 'float32' },
    { kind: 'ivfpq', nlist: 20, M: 12, nbits: 4, opq: true, rerank: 'float32' },
  ];

  it.each(kinds)('%j at full probe finds what an exact search finds', async (spec) => {
    const index = await build(spec, metric);
    for (const query of QUERIES.slice(0, 10)) {
      const exact = truth(metric, query, 10);
      const { ids, scores, stats } = index.search(query, { k: 10, rerank: N, ...ALL_CELLS });
      expect([...ids]).toEqual(exact.map(({ id }) => id));
      exact.forEach(({ score }, rank) => {
        expect(scores[rank]).toBeCloseTo(score, 5);
      });
      expect(stats.reranked).toBe(N);
    }
  });

  it.each(kinds)('%j filtered finds what an exact filtered search finds', async (spec) => {
    const index = await build(spec, metric);
    for (const share of [0.3, 0.05, 0.002]) {
      const prng = createPrng(11);
      const allowed = new Uint8Array(bitmapBytes(3 * N + 1));
      for (const id of IDS) if (prng.float() < share) setBit(allowed, id, true);
      for (const query of QUERIES.slice(0, 5)) {
        const exact = truth(metric, query, N)
          .filter(({ id }) => (allowed[id >> 3]! >> (id & 7)) & 1)
          .slice(0, 10);
        const found = index.search(query, { k: 10, rerank: N, allowed, ...ALL_CELLS });
        expect([...found.ids]).toEqual(exact.map(({ id }) => id));
      }
    }
  });

  it.each(kinds)('%j gives vectors back as they were', async (spec) => {
    expect(reconstructionError(await build(spec, metric))).toBe(0);
  });

  it('by SQ8 finds nearly all, at a byte a component', async () => {
    const spec = { kind: 'ivfpq', nlist: 20, M: 12, nbits: 4 } as const;
    const sq8 = await build({ ...spec, rerank: 'sq8' }, metric);
    expect(meanRecall(sq8, 10, { rerank: 200, ...ALL_CELLS })).toBeGreaterThan(0.97);
    const float32 = await build({ ...spec, rerank: 'float32' }, metric);
    expect(float32.rerankBytes).toBe(4 * D * N);
    expect(sq8.rerankBytes).toBeLessThan((D + 4) * N + 4 * D + 1);
  });

  it('0 ranks nothing anew', async () => {
    const index = await build({ kind: 'ivfpq', nlist: 20, M: 6, rerank: 'float32' }, metric);
    const none = await build({ kind: 'ivfpq', nlist: 20, M: 6, rerank: 'none' }, metric);
    const options = { k: 10, rerank: 0 };
    for (const query of QUERIES.slice(0, 5)) {
      expect(index.search(query, options)).toEqual(none.search(query, options));
      expect(index.search(query, options).stats.reranked).toBe(0);
    }
  });
});

describe('cells', () => {
  it('the more are visited, the more is found of what codes can find', async () => {
    const index = await build({ kind: 'ivfpq', nlist: 32, M: 12, nbits: 8, rerank: 'none' });
    const nprobes = [1, 2, 4, 8, 16, 32];
    for (const query of QUERIES) {
      const { scores } = index.search(query, { k: 10, ...ALL_CELLS });
      const near = nprobes.map((nprobe) => {
        const found = index.search(query, { k: 10, nprobe });
        return found.scores.filter((score) => score >= scores[9]!).length;
      });
      expect(near).toEqual(near.toSorted((a, b) => a - b));
      expect(near.at(-1)).toBe(10);
    }
  });

  it('the more are visited, the nearer the recall is to a full probe', async () => {
    const index = await build({ kind: 'ivfpq', nlist: 32, M: 12, nbits: 4, rerank: 'float32' });
    const recalls = [1, 4, 16, 32].map((nprobe) => meanRecall(index, 10, { nprobe, rerank: N }));
    expect(recalls).toEqual(recalls.toSorted((a, b) => a - b));
    expect(recalls.at(-1)).toBe(1);
  });

  it('are visited up to maxCodes', async () => {
    const index = await build({ kind: 'ivfpq', nlist: 20, M: 12, rerank: 'none' });
    const { stats } = index.search(queryOf(2), { k: 10, ...ALL_CELLS });
    expect(stats).toMatchObject({ codesScanned: N, cellsVisited: 20 });
    const few = index.search(queryOf(2), { k: 10, ...ALL_CELLS, maxCodes: 100 }).stats;
    expect(few.codesScanned).toBe(100);
    expect(few.cellsVisited).toBeLessThan(5);
  });

  it('at full probe find what PQ finds, or more: residuals are shorter', async () => {
    const codes = { M: 6, nbits: 8, rerank: 'none' } as const;
    const pq = await build({ kind: 'pq', ...codes });
    const ivfpq = await build({ kind: 'ivfpq', nlist: 20, ...codes });
    expect(meanRecall(ivfpq, 10, ALL_CELLS)).toBeGreaterThanOrEqual(meanRecall(pq, 10));
  });
});

describe('the error of what is reconstructed', () => {
  const error = async (spec: IndexSpec) => reconstructionError(await build(spec));

  it.each(['pq', 'opq', 'ivfpq'] as const)('falls with M and nbits, in %s', async (kind) => {
    const base = { kind, rerank: 'none' } as const;
    const at4 = await Promise.all([3, 6, 12].map((M) => error({ ...base, M, nbits: 4 })));
    const at8 = await Promise.all([3, 6, 12].map((M) => error({ ...base, M, nbits: 8 })));
    for (const errors of [at4, at8]) expect(errors).toEqual(errors.toSorted((a, b) => b - a));
    at8.forEach((value, i) => {
      expect(value).toBeLessThan(at4[i]!);
    });
  });

  it('is less after a rotation, and less of residuals', async () => {
    const codes = { M: 6, nbits: 4, rerank: 'none' } as const;
    const pq = await error({ kind: 'pq', ...codes });
    expect(await error({ kind: 'opq', ...codes })).toBeLessThan(pq);
    expect(await error({ kind: 'ivfpq', nlist: 20, ...codes })).toBeLessThan(pq);
  });
});

describe('building', () => {
  it('does not depend on the order of adding', async () => {
    const spec = { kind: 'ivfpq', nlist: 20, M: 12, nbits: 4, opq: true } as const;
    const whole = await build(spec);
    const space = { spaceId: 'test/24', metric: 'ip', d: D } as const;
    const builder = await trainIndex(nodeSimdKernels(), space, spec, BASE);
    for (let i = N - 1; i >= 0; i--) builder.add([IDS[i]!], row(i));
    expect(new Uint8Array(builder.seal().serialize())).toEqual(new Uint8Array(whole.serialize()));
  });

  it('of all points equal finds them by id', async () => {
    const same = new Float32Array(64 * D).fill(0.25);
    const ids = Uint32Array.from({ length: 64 }, (_, i) => 64 - i);
    for (const spec of [
      { kind: 'pq', M: 6, nbits: 4 },
      { kind: 'opq', M: 6, nbits: 4 },
      { kind: 'ivfpq', nlist: 4, M: 6, nbits: 4, opq: true },
    ] satisfies IndexSpec[]) {
      const space = { spaceId: 'test/24', metric: 'l2sq', d: D } as const;
      const builder = await trainIndex(scalarKernels(), space, spec, same);
      builder.add(ids, same);
      const { ids: found } = builder.seal().search(row(0), { k: 5, ...ALL_CELLS, rerank: 64 });
      expect([...found]).toEqual([1, 2, 3, 4, 5]);
    }
  });

  it.each<[string, IndexSpec]>([
    ['M that does not divide d', { kind: 'pq', M: 5 }],
    ['M of 0', { kind: 'ivfpq', M: 0 }],
    ['more cells than points', { kind: 'ivfpq', nlist: N + 1 }],
    ['nbits that are none', { kind: 'opq', nbits: 5 as 4 }],
  ])('refuses %s', async (_, spec) => {
    await expect(build(spec)).rejects.toThrowError(
      expect.objectContaining({ code: 'invalid-argument' }),
    );
  });

  it('refuses fewer points than the values of a code', async () => {
    const space = { spaceId: 'test/24', metric: 'ip', d: D } as const;
    await expect(
      trainIndex(scalarKernels(), space, { kind: 'pq', nbits: 8 }, BASE.subarray(0, 100 * D)),
    ).rejects.toThrowError(expect.objectContaining({ code: 'invalid-argument' }));
  });

  it('refuses 4-bit codes of more sub-quantizers than a sum can hold', async () => {
    const d = 516;
    const few = clusteredUnitVectors({ d, centres: 4 }, createPrng(1))(32);
    const space = { spaceId: 'test/516', metric: 'ip', d } as const;
    const spec = { kind: 'pq', M: 258, nbits: 4 } as const;
    await expect(trainIndex(scalarKernels(), space, spec, few)).rejects.toThrowError(
      expect.objectContaining({ code: 'invalid-argument' }),
    );
  });

  it('gives all memory back, and ends where it is told to', async () => {
    const kernels = nodeSimdKernels();
    const space = { spaceId: 'test/24', metric: 'ip', d: D } as const;
    const spec = { kind: 'ivfpq', nlist: 20, M: 12, opq: true } as const;
    const index = await train(kernels, spec, 'ip', 300);
    index.search(queryOf(0), { k: 3 });
    expect(kernels.bytesInUse).toBeGreaterThan(index.rerankBytes);
    index.dispose();
    expect(kernels.bytesInUse).toBe(0);
    let left = 40;
    const control = { aborted: () => left-- === 0 };
    await expect(trainIndex(kernels, space, spec, BASE, control)).rejects.toThrowError(
      expect.objectContaining({ code: 'aborted' }),
    );
    expect(kernels.bytesInUse).toBe(0);
  });

  it('tells of its progress, which rises to the end', async () => {
    const shares: number[] = [];
    const space = { spaceId: 'test/24', metric: 'ip', d: D } as const;
    const spec = { kind: 'ivfpq', nlist: 20, M: 12, opq: true } as const;
    const control = { progress: (_: string, share: number) => shares.push(share) };
    await trainIndex(nodeSimdKernels(), space, spec, BASE, control);
    expect(shares).toEqual(shares.toSorted((a, b) => a - b));
    expect(shares.at(-1)).toBeGreaterThan(0.9);
    expect(shares.at(-1)).toBeLessThanOrEqual(1);
  });
});

it('says where the time went, by the clock it is given', async () => {
  const index = await build({ kind: 'ivfpq', nlist: 20, M: 12, rerank: 'sq8' });
  let time = 0;
  const { ms } = index.search(queryOf(0), { k: 3, now: () => time++ }).stats;
  for (const stage of ['coarse', 'tables', 'scan', 'rerank'] as const) {
    expect(ms[stage]).toBeGreaterThan(0);
  }
  expect(index.search(queryOf(0), { k: 3 }).stats.ms.scan).toBe(0);
});
