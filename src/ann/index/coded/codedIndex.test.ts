import { describe, expect, it } from 'vitest';
import { nodeSimdKernels } from '../../../../bench/nodeKernels.ts';
import { createPrng } from '../../../base/prng.ts';
import { bitmapBytes, setBit } from '../../kernels/bitmap.ts';
import { scalarKernels } from '../../kernels/scalar.ts';
import { loadIndex } from '../load.ts';
import type { IndexSpec } from '../spec.ts';
import {
  ALL_CELLS,
  build,
  D,
  distance,
  IDS,
  meanRecall,
  N,
  QUERIES,
  queryOf,
  reconstructionError,
  train,
  truth,
  VECTORS,
} from '../testing/codedSet.ts';

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

describe.each(CASES)('%j by %s', (spec, metric) => {
  it('scores each result by the distance to its decoded vector', async () => {
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

  it('returns the nearest decoded vectors first', async () => {
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

  it('has the same codes and results with scalar and SIMD kernels', async () => {
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

  it('round-trips to the same bytes and results', async () => {
    const index = await build(spec, metric);
    const saved = index.serialize();
    const loaded = loadIndex(scalarKernels(), saved, index);
    expect(new Uint8Array(loaded.serialize())).toEqual(new Uint8Array(saved));
    expect(loaded.kind).toBe(spec.kind);
    for (const query of QUERIES.slice(0, 5)) {
      expect(loaded.search(query, { k: 10 })).toEqual(index.search(query, { k: 10 }));
    }
  });

  it('leaves removed vectors out of searches and saves', async () => {
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

  it('gives the same results for a batch as one by one', async () => {
    const index = await build(spec, metric);
    const options = { k: 7, exclude: IDS[3]!, nprobe: 3 };
    const queries = VECTORS.subarray(N * D);
    const single = QUERIES.map((query) => index.search(query, options));
    expect(index.searchBatch(queries, options)).toEqual(single);
  });

  it('finds exactly the vectors a filter allows', async () => {
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

describe.each(METRICS)('reranking by %s', (metric) => {
  const kinds: readonly IndexSpec[] = [
    { kind: 'pq', M: 12, nbits: 4, rerank: 'float32' },
    { kind: 'opq', M: 6, nbits: 8, rerank: 'float32' },
    { kind: 'ivfpq', nlist: 20, M: 12, nbits: 4, rerank: 'float32' },
    { kind: 'ivfpq', nlist: 20, M: 12, nbits: 4, opq: true, rerank: 'float32' },
  ];

  it.each(kinds)('%j matches exact search at full probe', async (spec) => {
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

  it.each(kinds)('%j matches exact search with a filter', async (spec) => {
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

  it.each(kinds)('%j returns the original vectors', async (spec) => {
    expect(reconstructionError(await build(spec, metric))).toBe(0);
  });

  it('with SQ8 finds nearly all neighbors at one byte per component', async () => {
    const spec = { kind: 'ivfpq', nlist: 20, M: 12, nbits: 4 } as const;
    const sq8 = await build({ ...spec, rerank: 'sq8' }, metric);
    expect(meanRecall(sq8, 10, { rerank: 200, ...ALL_CELLS })).toBeGreaterThan(0.97);
    const float32 = await build({ ...spec, rerank: 'float32' }, metric);
    expect(float32.rerankBytes).toBe(4 * D * N);
    expect(sq8.rerankBytes).toBeLessThan((D + 4) * N + 4 * D + 1);
  });

  it('does nothing when rerank is 0', async () => {
    const index = await build({ kind: 'ivfpq', nlist: 20, M: 6, rerank: 'float32' }, metric);
    const none = await build({ kind: 'ivfpq', nlist: 20, M: 6, rerank: 'none' }, metric);
    const options = { k: 10, rerank: 0 };
    for (const query of QUERIES.slice(0, 5)) {
      expect(index.search(query, options)).toEqual(none.search(query, options));
      expect(index.search(query, options).stats.reranked).toBe(0);
    }
  });
});
