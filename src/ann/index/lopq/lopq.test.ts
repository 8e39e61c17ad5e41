import { describe, expect, it } from 'vitest';
import { nodeSimdKernels } from '../../../../bench/nodeKernels.ts';
import { createPrng } from '../../../base/prng.ts';
import { groundTruth } from '../../eval/groundTruth.ts';
import { clusteredUnitVectors } from '../../eval/synthetic.ts';
import { bitmapBytes, setBit } from '../../kernels/bitmap.ts';
import type { Kernels } from '../../kernels/kernels.ts';
import { scalarKernels } from '../../kernels/scalar.ts';
import { loadIndex } from '../load.ts';
import { FEW_ROWS } from '../sealed/sealedRows.ts';
import type { IndexSpec } from '../spec.ts';
import { trainIndex } from '../train.ts';
import type { Metric, VectorIndex } from '../vectorIndex.ts';

const D = 20;
const N = 1200;
const VECTORS = clusteredUnitVectors({ d: D, centres: 12 }, createPrng(3))(N + 20);
const BASE = VECTORS.subarray(0, N * D);
/** In a different order from the rows. */
const IDS = Uint32Array.from({ length: N }, (_, row) => 1 + ((row * 7) % N) * 3);
const QUERIES = Array.from({ length: 20 }, (_, i) =>
  VECTORS.subarray((N + i) * D, (N + i + 1) * D),
);
const ALL_CELLS = { nprobe: 1e6 };

async function train(kernels: Kernels, spec: IndexSpec, metric: Metric) {
  const space = { spaceId: 'test/20', metric, d: D };
  const builder = await trainIndex(kernels, space, spec, BASE);
  builder.add(IDS, BASE);
  const index = builder.seal();
  builder.dispose();
  return index;
}

/**
 * Cache of built indexes: training takes longest, and gives the same result with both kernel
 * implementations.
 */
const built = new Map<string, Promise<ArrayBuffer>>();

async function build(spec: IndexSpec, metric: Metric): Promise<VectorIndex> {
  const key = JSON.stringify([spec, metric]);
  const saved =
    built.get(key) ?? train(nodeSimdKernels(), spec, metric).then((index) => index.serialize());
  built.set(key, saved);
  return loadIndex(nodeSimdKernels(), await saved);
}

/** The vectors as decoded from their codes. */
function decodedBase(index: VectorIndex) {
  const vectors = new Float32Array(N * D);
  IDS.forEach((id, i) => {
    expect(index.reconstruct(id, vectors.subarray(i * D, (i + 1) * D))).toBe(true);
  });
  return { vectors, ids: IDS, d: D };
}

function bitmapOf(ids: Iterable<number>): Uint8Array {
  const allowed = new Uint8Array(bitmapBytes(3 * N + 1));
  for (const id of ids) setBit(allowed, id, true);
  return allowed;
}

const SPECS: readonly IndexSpec[] = [
  { kind: 'lopq', nlist: 4, M: 5, nbits: 8, rerank: 'none' },
  { kind: 'lopq', nlist: 7, M: 10, nbits: 4, codebooks: 'local', rerank: 'none' },
  { kind: 'lopq', coarse: 'multi', nlist: 5, M: 4, nbits: 8, rerank: 'none' },
  { kind: 'lopq', coarse: 'multi', nlist: 5, M: 4, nbits: 8, codebooks: 'local', rerank: 'none' },
  { kind: 'lopq', coarse: 'multi', nlist: 6, M: 10, nbits: 4, rerank: 'none' },
];
const METRICS = ['ip', 'l2sq'] as const;
const CASES = SPECS.flatMap((spec) => METRICS.map((metric) => [spec, metric] as const));

describe.each(CASES)('%j by %s', (spec, metric) => {
  it('compares everything at full probe and ranks by decoded vectors', async () => {
    const index = await build(spec, metric);
    const decoded = decodedBase(index);
    for (const query of QUERIES) {
      const { ids, scores, stats } = index.search(query, { k: 20, ...ALL_CELLS });
      expect(stats.codesScanned).toBe(N);
      expect(ids).toHaveLength(20);
      const truth = groundTruth(metric, decoded, query, N);
      const scoreOf = new Map(truth.map(({ id, score }) => [id, score]));
      ids.forEach((id, rank) => {
        expect(scores[rank]).toBeCloseTo(scoreOf.get(id)!, 5);
        expect(scores[rank]).toBeCloseTo(truth[rank]!.score, 5);
      });
    }
  });

  it('never gets worse as nprobe grows and stops at maxCodes', async () => {
    const index = await build(spec, metric);
    const sign = metric === 'ip' ? -1 : 1;
    for (const query of QUERIES) {
      let last = Number.POSITIVE_INFINITY;
      for (const nprobe of [1, 2, 4, 9, 36]) {
        const { scores, stats } = index.search(query, { k: 10, nprobe });
        expect(sign * scores[9]!).toBeLessThanOrEqual(last);
        expect(stats.cellsVisited).toBeGreaterThanOrEqual(1);
        last = sign * scores[9]!;
      }
      const { stats } = index.search(query, { k: 10, ...ALL_CELLS, maxCodes: 100 });
      expect(stats.codesScanned).toBe(100);
    }
  });

  it('has the same bytes and results with scalar and SIMD kernels', async () => {
    const simd = await build(spec, metric);
    const scalar = await train(scalarKernels(), spec, metric);
    expect(new Uint8Array(scalar.serialize())).toEqual(new Uint8Array(simd.serialize()));
    for (const query of QUERIES) {
      const a = scalar.search(query, { k: 10, nprobe: 3 });
      const b = simd.search(query, { k: 10, nprobe: 3 });
      expect(b.scores).toHaveLength(10);
      b.scores.forEach((score, rank) => {
        expect(score).toBeCloseTo(a.scores[rank]!, 5);
      });
      expect(b.stats).toEqual(a.stats);
    }
  }, 30_000);

  it('round-trips to the same bytes and results', async () => {
    const index = await build(spec, metric);
    const saved = index.serialize();
    const loaded = loadIndex(nodeSimdKernels(), saved, index);
    expect(new Uint8Array(loaded.serialize())).toEqual(new Uint8Array(saved));
    for (const query of QUERIES.slice(0, 5)) {
      expect(loaded.search(query, { k: 10 })).toEqual(index.search(query, { k: 10 }));
    }
  });

  it('leaves removed vectors out of searches and saves', async () => {
    const index = await build(spec, metric);
    const query = QUERIES[0]!;
    const before = index.search(query, { k: 20, ...ALL_CELLS });
    const removed = before.ids.filter((_, rank) => rank % 2 === 0);
    for (const id of removed) expect(index.remove(id)).toBe(true);
    const after = index.search(query, { k: 10, ...ALL_CELLS });
    expect([...after.ids]).toEqual([...before.ids.filter((_, rank) => rank % 2 === 1)]);
    const loaded = loadIndex(nodeSimdKernels(), index.serialize());
    expect(loaded.ntotal).toBe(N - 10);
    expect(loaded.search(query, { k: 10, ...ALL_CELLS })).toEqual(after);
    for (const id of removed) expect(index.restore(id)).toBe(true);
    expect(index.search(query, { k: 20, ...ALL_CELLS })).toEqual(before);
  });

  it('gives the same results for a batch as one by one', async () => {
    const index = await build(spec, metric);
    const options = { k: 7, exclude: IDS[3]!, nprobe: 3 };
    const single = QUERIES.map((query) => index.search(query, options));
    expect(index.searchBatch(VECTORS.subarray(N * D), options)).toEqual(single);
  });

  it('ranks allowed vectors by their codes, however few they are', async () => {
    const index = await build(spec, metric);
    const decoded = decodedBase(index);
    const prng = createPrng(5);
    for (const share of [0.001, 0.02, 0.95]) {
      const ids = [IDS[17]!, ...IDS.filter((id) => id !== IDS[17] && prng.float() < share)];
      const allowed = bitmapOf(ids);
      for (const query of QUERIES.slice(0, 5)) {
        const found = index.search(query, { k: 5, allowed, ...ALL_CELLS });
        expect(found.stats.codesScanned).toBe(ids.length);
        const truth = groundTruth(metric, decoded, query, N).filter(({ id }) => ids.includes(id));
        expect(found.ids).toHaveLength(Math.min(5, ids.length));
        found.scores.forEach((score, rank) => {
          expect(score).toBeCloseTo(truth[rank]!.score, 5);
        });
        for (const id of found.ids) expect(ids).toContain(id);
        // A few allowed rows are compared wherever they are; many, only in the cell visited.
        const near = index.search(query, { k: 5, allowed, nprobe: 1 });
        if (ids.length <= FEW_ROWS) expect(near).toEqual(found);
        else expect(near.stats.codesScanned).toBeLessThan(ids.length);
      }
    }
  });
});

describe.each(METRICS)('LOPQ with a rerank store, by %s', (metric) => {
  it.each([
    { kind: 'lopq', nlist: 4, M: 5, nbits: 8, rerank: 'float32' },
    { kind: 'lopq', coarse: 'multi', nlist: 6, M: 10, nbits: 4, rerank: 'float32' },
  ] satisfies IndexSpec[])('%j finds the exact nearest neighbors', async (spec) => {
    const index = await build(spec, metric);
    expect(index.rerankBytes).toBe(4 * D * N);
    const vector = new Float32Array(D);
    index.reconstruct(IDS[5]!, vector);
    expect(vector).toEqual(BASE.slice(5 * D, 6 * D));
    for (const query of QUERIES) {
      const truth = groundTruth(metric, { vectors: BASE, ids: IDS, d: D }, query, 10);
      const found = index.search(query, { k: 10, rerank: N, ...ALL_CELLS });
      expect([...found.ids]).toEqual(truth.map(({ id }) => id));
      expect(found.stats.reranked).toBe(N);
      expect(index.search(query, { k: 10, rerank: 0 }).stats.reranked).toBe(0);
    }
  });

  it('finds the exact nearest among a few allowed vectors', async () => {
    const spec = { kind: 'lopq', coarse: 'multi', nlist: 6, M: 10, nbits: 4 } as const;
    const index = await build({ ...spec, rerank: 'float32' }, metric);
    const ids = IDS.filter((_, i) => i % 40 === 3);
    const rows = [...BASE.keys()].filter((at) => Math.floor(at / D) % 40 === 3);
    const subset = { vectors: Float32Array.from(rows, (at) => BASE[at]!), ids, d: D };
    for (const query of QUERIES) {
      const found = index.search(query, { k: 10, allowed: bitmapOf(ids), nprobe: 1 });
      const truth = groundTruth(metric, subset, query, 10);
      expect([...found.ids]).toEqual(truth.map(({ id }) => id));
      expect(found.stats.codesScanned).toBe(30);
      expect(found.stats.cellsVisited).toBeGreaterThan(1);
    }
  });

  it('times each search stage with the given clock', async () => {
    const spec = { kind: 'lopq', coarse: 'multi', nlist: 5, M: 4, nbits: 8 } as const;
    const index = await build({ ...spec, rerank: 'sq8' }, metric);
    let time = 0;
    const { ms } = index.search(QUERIES[0]!, { k: 3, now: () => time++ }).stats;
    for (const stage of ['coarse', 'tables', 'scan', 'rerank'] as const) {
      expect(ms[stage]).toBeGreaterThan(0);
    }
  });
});
