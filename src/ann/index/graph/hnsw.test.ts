import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { nodeSimdKernels } from '../../../../bench/nodeKernels.ts';
import { groundTruth } from '../../eval/groundTruth.ts';
import { recall } from '../../eval/recall.ts';
import { bitmapBytes, setBit } from '../../kernels/bitmap.ts';
import { scalarKernels } from '../../kernels/scalar.ts';
import { loadIndex } from '../load.ts';
import { savedSpec } from '../savedSpec.ts';
import { FEW_ROWS } from '../sealed/sealedRows.ts';
import type { IndexSpec } from '../spec.ts';
import { BASES, build, D, filterOf, N, queryOf } from '../testing/base.ts';
import { trainIndex } from '../train.ts';
import type { Metric, VectorIndex } from '../vectorIndex.ts';
import { hashOf, levelOf } from './levels.ts';

const CASES = (['scalar', 'simd'] as const).flatMap((backend) =>
  (['ip', 'l2sq'] as const).flatMap((metric) =>
    (['float32', 'sq8'] as const).map((store) => ({ backend, metric, store })),
  ),
);

function sameBytes(a: ArrayBuffer, b: ArrayBuffer): boolean {
  return Buffer.compare(Buffer.from(a), Buffer.from(b)) === 0;
}

function truthOf(metric: Metric, i: number, k: number): number[] {
  return groundTruth(metric, BASES[metric], queryOf(metric, i), k).map(({ id }) => id);
}

/** Mean recall@10 of the base's queries. */
function recallOf(index: VectorIndex, metric: Metric, efSearch: number): number {
  let sum = 0;
  for (let i = 0; i < 20; i++) {
    sum += recall(
      truthOf(metric, i, 10),
      index.search(queryOf(metric, i), { k: 10, efSearch }).ids,
    );
  }
  return sum / 20;
}

describe.each(CASES)('a graph of $store by $metric with $backend kernels', (given) => {
  const { backend, metric, store } = given;
  const kernels = backend === 'scalar' ? scalarKernels() : nodeSimdKernels();
  const base = BASES[metric];
  const spec: IndexSpec = { kind: 'hnsw', M: 8, efConstruction: 60, store };
  const least = store === 'sq8' ? 0.94 : 0.99;
  let built: VectorIndex;
  beforeAll(async () => {
    built = await build(kernels, metric, spec);
  });
  afterAll(() => built.dispose());

  it('finds nearly all, comparing few, and more the larger efSearch', () => {
    expect(recallOf(built, metric, 100)).toBeGreaterThanOrEqual(least);
    const { stats } = built.search(queryOf(metric, 0), { k: 10, efSearch: 20 });
    expect(stats.codesScanned).toBeLessThan(N / 4);
    expect(stats.nodesVisited).toBeGreaterThanOrEqual(20);
  });

  it('never loses recall as efSearch grows', () => {
    // What the store makes of the vectors: against the originals, a better find may be no neighbor.
    const all = { k: 10, efSearch: N };
    for (let i = 0; i < 20; i++) {
      const truth = built.search(queryOf(metric, i), all).ids;
      let before = 0;
      let compared = 0;
      for (const efSearch of [1, 2, 5, 10, 11, 15, 25, 50, 100, 300, N]) {
        const { ids, stats } = built.search(queryOf(metric, i), { k: 10, efSearch });
        const now = recall(truth, ids);
        expect(now).toBeGreaterThanOrEqual(before);
        expect(stats.codesScanned).toBeGreaterThanOrEqual(compared);
        [before, compared] = [now, stats.codesScanned];
      }
      expect(before).toBe(1);
    }
  });

  it('reaches every row', () => {
    const { ids, stats } = built.search(queryOf(metric, 0), { k: N });
    expect([...ids].sort((a, b) => a - b)).toEqual([...built.liveIds()]);
    // One comparison each, and one more of the row where a layer is entered.
    expect(stats.codesScanned).toBeLessThan(N + 100);
  });

  it('finds what a filter allows, however few', () => {
    for (const share of [0.001, 0.2, 0.6, 0.9]) {
      const { allowed, count, truth } = filterOf(metric, share, 8);
      let sum = 0;
      for (let i = 0; i < 20; i++) {
        const query = queryOf(metric, i);
        const found = built.search(query, { k: 10, allowed, efSearch: 100 });
        expect(found.ids).toHaveLength(Math.min(10, count));
        if (count <= FEW_ROWS) expect(found.stats.codesScanned).toBe(count);
        sum += recall(truth(query, 10), found.ids);
      }
      expect(sum / 20).toBeGreaterThanOrEqual(least - 0.01);
    }
    const many = filterOf(metric, 0.9, 4);
    const all = built.search(queryOf(metric, 1), { k: many.count, allowed: many.allowed });
    const qualified = new Set(many.truth(queryOf(metric, 1), N));
    expect(all.ids).toHaveLength(many.count);
    expect(all.ids.every((id) => qualified.has(id))).toBe(true);
  });

  it('compares at most maxCodes', () => {
    for (const maxCodes of [0, 1, 2, 7, 50, 300]) {
      const { ids, stats } = built.search(queryOf(metric, 5), { k: 5, maxCodes, efSearch: N });
      expect(stats.codesScanned).toBeLessThanOrEqual(maxCodes);
      expect(ids.length).toBeGreaterThanOrEqual(maxCodes < 50 ? Math.min(1, maxCodes) : 5);
    }
  });

  it('gives the same results for a batch as one by one', () => {
    const { allowed } = filterOf(metric, 0.9, 5);
    for (const options of [{ k: 7 }, { k: 7, exclude: base.ids[0]! }, { k: 5, allowed }]) {
      const single = Array.from({ length: 20 }, (_, i) =>
        built.search(queryOf(metric, i), options),
      );
      expect(built.searchBatch(base.queries, options)).toEqual(single);
    }
  });

  it('round-trips to the same bytes, results and specification', () => {
    const bytes = built.serialize();
    expect(savedSpec(bytes)).toEqual({ ...spec, seed: 1 });
    const loaded = loadIndex(kernels, bytes, built);
    expect(sameBytes(loaded.serialize(), bytes)).toBe(true);
    for (const options of [{ k: 9 }, { k: 9, efSearch: 12 }]) {
      const query = queryOf(metric, 2);
      expect(loaded.search(query, options)).toEqual(built.search(query, options));
    }
    loaded.dispose();
  });

  it('has the same bytes whatever the order of addition, prepared or not', async () => {
    const builder = await trainIndex(kernels, built, spec, base.vectors);
    for (let end = N; end > 0; end -= 250) {
      const ids = base.ids.slice(end - 250, end);
      builder.add(ids, base.vectors.subarray((end - 250) * D, end * D));
    }
    const shares: number[] = [];
    await builder.prepare!({ progress: (_, share) => shares.push(share), pause: async () => {} });
    const other = builder.seal();
    builder.dispose();
    expect(sameBytes(other.serialize(), built.serialize())).toBe(true);
    expect(shares.at(-1)).toBe(1);
    expect(shares).toEqual(shares.toSorted((a, b) => a - b));
    other.dispose();
  });

  it('hides removed vectors until restored', () => {
    const index = loadIndex(kernels, built.serialize());
    const query = queryOf(metric, 3);
    const before = index.search(query, { k: 50, efSearch: N });
    const best = before.ids[0]!;
    expect([index.remove(best), index.remove(best), index.remove(2)]).toEqual([true, false, false]);
    expect(index.reconstruct(best, new Float32Array(D))).toBe(false);
    const without = index.search(query, { k: 49, efSearch: N });
    expect([...without.ids]).toEqual([...before.ids].slice(1));
    const exclude = without.ids[0]!;
    const others = index.search(query, { k: 48, efSearch: N, exclude });
    expect([...others.ids]).toEqual([...without.ids].slice(1));
    index.restore(best);
    expect(index.search(query, { k: 50, efSearch: N })).toEqual(before);
    for (const id of base.ids) index.remove(id);
    expect(index.search(query, { k: 5 }).ids).toHaveLength(0);
    const empty = loadIndex(kernels, index.serialize());
    expect([empty.ntotal, empty.search(query, { k: 5 }).ids.length]).toEqual([0, 0]);
    for (const each of [index, empty]) each.dispose();
  });

  it('frees all its memory when disposed, and counts it', async () => {
    const before = kernels.bytesInUse;
    const index = await build(kernels, metric, spec);
    const { allowed } = filterOf(metric, 0.9, 7);
    index.search(queryOf(metric, 0), { k: 3, allowed, trace: true });
    expect(kernels.bytesInUse - before).toBe(index.bytes);
    index.dispose();
    expect(kernels.bytesInUse).toBe(before);
  });
});

describe('building a graph', () => {
  const kernels = nodeSimdKernels();
  const { vectors, ids } = BASES.ip;
  const space = { spaceId: 'test/19', metric: 'ip', d: D } as const;
  const builderOf = () => trainIndex(kernels, space, { kind: 'hnsw' }, vectors);

  it('can be ended, and leaves no memory behind', async () => {
    const before = kernels.bytesInUse;
    const builder = await builderOf();
    builder.add(ids, vectors);
    let steps = 0;
    const control = { aborted: () => ++steps > 1, pause: async () => {} };
    const aborted = expect.objectContaining({ code: 'aborted' });
    await expect(builder.prepare!(control)).rejects.toThrowError(aborted);
    builder.dispose();
    expect(kernels.bytesInUse).toBe(before);
  });

  it('includes what was added after preparing', async () => {
    const builder = await builderOf();
    builder.add(ids.slice(0, 100), vectors.subarray(0, 100 * D));
    await builder.prepare!();
    builder.add(ids.slice(100, 150), vectors.subarray(100 * D, 150 * D));
    const index = builder.seal();
    builder.dispose();
    expect(index.ntotal).toBe(150);
    expect(index.search(queryOf('ip', 0), { k: 150 }).ids).toHaveLength(150);
    index.dispose();
    expect(kernels.bytesInUse).toBe(0);
  });

  it('reaches all copies of one vector, and what is not among them', async () => {
    const builder = await builderOf();
    const copies = new Float32Array(400 * D);
    for (let row = 0; row < 400; row++) copies.set(vectors.subarray(0, D), row * D);
    const numbers = Array.from({ length: 400 }, (_, i) => 10_000 + i);
    builder.add(numbers, copies);
    builder.add(ids.slice(0, 300), vectors.subarray(0, 300 * D));
    const index = builder.seal();
    const all = index.search(vectors.subarray(0, D), { k: 700 });
    expect(all.ids).toHaveLength(700);
    expect(all.stats.codesScanned).toBeLessThan(800);
    const found = index.search(vectors.subarray(7 * D, 8 * D), { k: 1 });
    expect([...found.ids]).toEqual([ids[7]]);
    index.dispose();
    builder.dispose();
  });

  it('draws levels from ids and seed: a share of 1 / M in each next layer', () => {
    const counts = [0, 0, 0, 0];
    for (let id = 1; id <= 160_000; id++) counts[Math.min(3, levelOf(hashOf(id, 7), 16))]!++;
    expect(counts[1]! + counts[2]! + counts[3]!).toBeGreaterThan(9_700);
    expect(counts[1]! + counts[2]! + counts[3]!).toBeLessThan(10_300);
    expect(counts[2]! + counts[3]!).toBeGreaterThan(550);
    expect(counts[2]! + counts[3]!).toBeLessThan(700);
    expect(hashOf(5, 1)).not.toBe(hashOf(5, 2));
  });
});

it('walks a graph through ids that a bitmap hides', async () => {
  const kernels = nodeSimdKernels();
  const index = await build(kernels, 'ip', { kind: 'hnsw', M: 4 });
  const nearest = truthOf('ip', 0, 300);
  const allowed = new Uint8Array(bitmapBytes(2 * N + 2)).fill(255);
  for (const id of nearest) setBit(allowed, id, false);
  const found = index.search(queryOf('ip', 0), { k: 10, allowed, efSearch: 60 });
  const truth = truthOf('ip', 0, 310).slice(300);
  expect(recall(truth, found.ids)).toBeGreaterThanOrEqual(0.8);
  index.dispose();
});
