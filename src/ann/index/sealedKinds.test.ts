import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { nodeSimdKernels } from '../../../bench/nodeKernels.ts';
import { groundTruth } from '../eval/groundTruth.ts';
import { recall } from '../eval/recall.ts';
import { bitmapBytes, setBit } from '../kernels/bitmap.ts';
import type { Kernels } from '../kernels/kernels.ts';
import { scalarKernels } from '../kernels/scalar.ts';
import { loadIndex } from './load.ts';
import { FEW_ROWS } from './sealed/sealedRows.ts';
import type { IndexSpec } from './spec.ts';
import { BASES, build, D, filterOf, N, NLIST, queryOf } from './testing/base.ts';
import { trainIndex } from './train.ts';
import type { Metric, VectorIndex } from './vectorIndex.ts';

function sameBytes(a: ArrayBuffer, b: ArrayBuffer): boolean {
  return Buffer.compare(Buffer.from(a), Buffer.from(b)) === 0;
}

const KERNELS: readonly (readonly [string, () => Kernels])[] = [
  ['scalar', scalarKernels],
  ['simd', nodeSimdKernels],
];
const METRICS: readonly Metric[] = ['ip', 'l2sq'];
const SPECS: readonly (readonly [string, IndexSpec, number])[] = [
  ['ivf', { kind: 'ivf', nlist: NLIST }, 1],
  ['flat sq8', { kind: 'flat', store: 'sq8' }, 0.94],
];

describe.each(
  KERNELS.flatMap(([name, make]) =>
    METRICS.flatMap((metric) =>
      SPECS.map(([kind, spec, least]) => ({ name, make, metric, kind, spec, least })),
    ),
  ),
)('a sealed $kind index by $metric with $name kernels', ({ make, metric, spec, least }) => {
  const kernels = make();
  const base = BASES[metric];
  const truthOf = (query: Float32Array, k: number) =>
    groundTruth(metric, base, query, k).map(({ id }) => id);

  let built: VectorIndex;
  beforeAll(async () => {
    built = await build(kernels, metric, spec);
  });
  afterAll(() => built.dispose());

  it('matches exact search when all cells are visited', () => {
    let sum = 0;
    for (let i = 0; i < 20; i++) {
      const { ids, stats } = built.search(queryOf(metric, i), { k: 10, nprobe: 2 ** 20 });
      sum += recall(truthOf(queryOf(metric, i), 10), ids);
      expect(stats.codesScanned).toBe(N);
    }
    expect(sum / 20).toBeGreaterThanOrEqual(least);
  });

  it('matches exact search of the allowed vectors, however few they are', () => {
    for (const share of [0.001, 0.01, 0.2, 0.6, 1]) {
      const { allowed, count, truth } = filterOf(metric, share, 8);
      let sum = 0;
      for (let i = 0; i < 20; i++) {
        const query = queryOf(metric, i);
        const found = built.search(query, { k: 10, allowed, nprobe: NLIST });
        expect(found.ids).toHaveLength(Math.min(10, count));
        expect(found.stats.codesScanned).toBe(count);
        sum += recall(truth(query, 10), found.ids);
      }
      expect(sum / 20).toBeGreaterThanOrEqual(least - 0.01);
    }
    const none = built.search(queryOf(metric, 0), { k: 10, allowed: new Uint8Array(9) });
    expect(none.ids).toHaveLength(0);
  });

  it('compares a few allowed rows in any cell, and fills k when there are many', () => {
    const few = filterOf(metric, 0.3, 3);
    expect(few.count).toBeLessThan(FEW_ROWS);
    const query = queryOf(metric, 1);
    const found = built.search(query, { k: 10, allowed: few.allowed, nprobe: 1 });
    expect(found.stats.codesScanned).toBe(few.count);
    expect(recall(few.truth(query, 10), found.ids)).toBeGreaterThanOrEqual(least - 0.1);
    const many = filterOf(metric, 0.6, 4);
    expect(many.count).toBeGreaterThan(FEW_ROWS);
    const all = built.search(query, { k: 1100, allowed: many.allowed, nprobe: 1 });
    expect(all.ids).toHaveLength(1100);
    const qualified = new Set(many.truth(query, N));
    expect(all.ids.every((id) => qualified.has(id))).toBe(true);
  });

  it('gives the same results for a batch as one by one', () => {
    const { allowed } = filterOf(metric, 0.2, 5);
    const optionSets = [{ k: 7 }, { k: 7, nprobe: 3, exclude: base.ids[0]! }, { k: 5, allowed }];
    for (const options of optionSets) {
      const single = Array.from({ length: 20 }, (_, i) =>
        built.search(queryOf(metric, i), options),
      );
      expect(built.searchBatch(base.queries, options)).toEqual(single);
    }
    expect(built.searchBatch(new Float32Array(0), { k: 1 })).toEqual([]);
  });

  it('round-trips to the same bytes and results', () => {
    const bytes = built.serialize();
    const loaded = loadIndex(kernels, bytes, built);
    expect(sameBytes(loaded.serialize(), bytes)).toBe(true);
    expect([...loaded.liveIds()]).toEqual(base.ids.toSorted((a, b) => a - b));
    for (const options of [{ k: 9 }, { k: 9, nprobe: 2 }]) {
      const query = queryOf(metric, 2);
      expect(loaded.search(query, options)).toEqual(built.search(query, options));
    }
    loaded.dispose();
  });

  it('has the same bytes regardless of insertion order', async () => {
    const space = { spaceId: 'test/19', metric, d: D };
    const builder = await trainIndex(kernels, space, spec, base.vectors);
    for (let end = N; end > 0; end -= 250) {
      const ids = base.ids.slice(end - 250, end);
      builder.add(ids, base.vectors.subarray((end - 250) * D, end * D));
    }
    const other = builder.seal();
    builder.dispose();
    expect(sameBytes(other.serialize(), built.serialize())).toBe(true);
    other.dispose();
  });

  it('hides removed vectors until restored and does not save them', () => {
    const index = loadIndex(kernels, built.serialize());
    const query = queryOf(metric, 3);
    const before = index.search(query, { k: 50, nprobe: NLIST });
    const [best] = before.ids;
    expect([index.remove(best!), index.remove(best!), index.remove(2)]).toEqual([
      true,
      false,
      false,
    ]);
    expect([index.has(best!), index.holds(best!), index.holds(2)]).toEqual([false, true, false]);
    expect([index.ntotal, index.live]).toEqual([N, N - 1]);
    expect(index.reconstruct(best!, new Float32Array(D))).toBe(false);
    const without = index.search(query, { k: 49, nprobe: NLIST });
    expect([...without.ids]).toEqual([...before.ids].slice(1));
    expect(without.stats.codesScanned).toBe(N - 1);
    const reloaded = loadIndex(kernels, index.serialize());
    expect([reloaded.ntotal, reloaded.holds(best!)]).toEqual([N - 1, false]);
    const again = reloaded.search(query, { k: 49, nprobe: NLIST });
    expect([...again.ids]).toEqual([...without.ids]);
    expect(index.restore(best!)).toBe(true);
    expect(index.search(query, { k: 50, nprobe: NLIST })).toEqual(before);
    for (const id of base.ids) index.remove(id);
    expect(index.search(query, { k: 5 }).ids).toHaveLength(0);
    const empty = loadIndex(kernels, index.serialize());
    expect([empty.ntotal, empty.search(query, { k: 5 }).ids.length]).toEqual([0, 0]);
    for (const each of [index, reloaded, empty]) each.dispose();
  });

  it('omits the excluded id from that search only', () => {
    const query = queryOf(metric, 4);
    const all = built.search(query, { k: 30, nprobe: NLIST });
    const exclude = all.ids[0]!;
    const others = built.search(query, { k: 29, nprobe: NLIST, exclude });
    expect([...others.ids]).toEqual([...all.ids].slice(1));
    expect(built.search(query, { k: 30, nprobe: NLIST, exclude: 2 })).toEqual(all);
    const allowed = new Uint8Array(bitmapBytes(2 * N + 2));
    setBit(allowed, exclude, true);
    expect(built.search(query, { k: 3, allowed, exclude }).ids).toHaveLength(0);
    expect([...built.search(query, { k: 3, allowed }).ids]).toEqual([exclude]);
  });

  it('compares at most maxCodes vectors', () => {
    for (const maxCodes of [0, 1, 50, 777]) {
      const { stats } = built.search(queryOf(metric, 5), { k: 5, maxCodes, nprobe: NLIST });
      expect(stats.codesScanned).toBe(maxCodes);
    }
    const { allowed } = filterOf(metric, 0.2, 6);
    const filtered = built.search(queryOf(metric, 5), { k: 5, maxCodes: 100, allowed });
    expect(filtered.stats.codesScanned).toBeLessThanOrEqual(100);
  });

  it('frees all its memory when disposed', async () => {
    const before = kernels.bytesInUse;
    const index = await build(kernels, metric, spec);
    index.search(queryOf(metric, 0), { k: 3, allowed: filterOf(metric, 0.1, 7).allowed });
    expect(kernels.bytesInUse - before).toBeLessThanOrEqual(index.bytes);
    expect(index.rerankBytes).toBe(0);
    index.dispose();
    expect(kernels.bytesInUse).toBe(before);
  });
});

describe('an IVF index', () => {
  const kernels = nodeSimdKernels();

  it.each(METRICS)('never loses recall by visiting more cells, by %s', async (metric) => {
    const index = await build(kernels, metric, { kind: 'ivf', nlist: NLIST });
    for (let i = 0; i < 20; i++) {
      const query = queryOf(metric, i);
      const truth = groundTruth(metric, BASES[metric], query, 10).map(({ id }) => id);
      let before = 0;
      for (let nprobe = 1; nprobe <= NLIST; nprobe++) {
        const { ids, stats } = index.search(query, { k: 10, nprobe });
        expect(stats.cellsVisited).toBeGreaterThanOrEqual(nprobe);
        const now = recall(truth, ids);
        expect(now).toBeGreaterThanOrEqual(before);
        before = now;
      }
      expect(before).toBe(1);
    }
    index.dispose();
  });

  it.each(METRICS)(
    'has the same cells and results with scalar and SIMD kernels, by %s',
    async (metric) => {
      const spec = { kind: 'ivf', nlist: NLIST } as const;
      const simd = await build(kernels, metric, spec);
      const scalar = await build(scalarKernels(), metric, spec);
      expect(sameBytes(simd.serialize(), scalar.serialize())).toBe(true);
      for (let i = 0; i < 20; i++) {
        const options = { k: 10, nprobe: 4 };
        const [a, b] = [simd, scalar].map((index) => index.search(queryOf(metric, i), options));
        expect([...a!.ids]).toEqual([...b!.ids]);
        a!.scores.forEach((score, rank) => {
          expect(score).toBeCloseTo(b!.scores[rank]!, 4);
        });
      }
      simd.dispose();
    },
  );

  it('reports what a search cost', async () => {
    const index = await build(kernels, 'ip', { kind: 'ivf', nlist: NLIST });
    let clock = 0;
    const now = () => clock++;
    const { stats } = index.search(queryOf('ip', 0), { k: 3, nprobe: 5, now });
    expect(stats.cellsVisited).toBe(5);
    expect(stats.reranked).toBe(0);
    expect(stats.ms).toEqual({ coarse: 1, tables: 0, scan: 1, rerank: 0 });
    expect(index.search(queryOf('ip', 0), { k: 3 }).stats.ms.scan).toBe(0);
    index.dispose();
  });
});

describe('a flat SQ8 index', () => {
  it.each(METRICS)('scores results by their decoded vectors, by %s', async (metric) => {
    const index = await build(nodeSimdKernels(), metric, { kind: 'flat', store: 'sq8' });
    const decoded = new Float32Array(D);
    const { ids } = BASES[metric];
    for (let i = 0; i < 20; i++) {
      const query = queryOf(metric, i);
      const found = index.search(query, { k: 10 });
      found.ids.forEach((id, rank) => {
        expect(index.reconstruct(id, decoded)).toBe(true);
        const [truth] = groundTruth(metric, { d: D, ids: [id], vectors: decoded }, query, 1);
        expect(found.scores[rank]).toBeCloseTo(truth!.score, 3);
        const original = BASES[metric].vectors.subarray(ids.indexOf(id) * D);
        for (let j = 0; j < D; j++) {
          expect(Math.abs(decoded[j]! - original[j]!)).toBeLessThan(
            metric === 'ip' ? 0.008 : 0.032,
          );
        }
      });
    }
  });
});
