import { describe, expect, it } from 'vitest';
import { nodeSimdKernels } from '../../../../bench/nodeKernels.ts';
import { createPrng } from '../../../base/prng.ts';
import { groundTruth } from '../../eval/groundTruth.ts';
import { recall } from '../../eval/recall.ts';
import { loadIndex } from '../load.ts';
import { BASES, build, D, N, queryOf } from '../testing/base.ts';
import { trainIndex } from '../train.ts';
import type { Metric, VectorIndex } from '../vectorIndex.ts';
import { HnswIndex } from './hnsw.ts';

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

describe.each(['float32', 'sq8'] as const)('a growing graph of %s', (store) => {
  const kernels = nodeSimdKernels();
  const metric = 'l2sq';
  const { vectors, ids } = BASES[metric];
  const vectorOf = (row: number) => vectors.subarray(row * D, (row + 1) * D);
  const least = store === 'sq8' ? 0.94 : 0.98;

  async function grown(sealed: number) {
    const space = { spaceId: 'test/19', metric, d: D } as const;
    const builder = await trainIndex(kernels, space, { kind: 'hnsw', M: 8, store }, vectors);
    builder.add(ids.slice(0, sealed), vectors.subarray(0, sealed * D));
    const index = builder.seal();
    builder.dispose();
    if (!(index instanceof HnswIndex)) throw new Error('no graph');
    for (let row = sealed; row < N; row++) index.add(ids[row]!, vectorOf(row));
    return index;
  }

  it('finds what was added one by one, from the first on', async () => {
    for (const sealed of [0, 1, 900]) {
      const index = await grown(sealed);
      expect([index.ntotal, index.live]).toEqual([N, N]);
      expect(recallOf(index, metric, 100)).toBeGreaterThanOrEqual(least);
      expect(index.search(queryOf(metric, 0), { k: N }).ids).toHaveLength(N);
      expect([...index.liveIds()]).toEqual([...ids].sort((a, b) => a - b));
      const loaded = loadIndex(kernels, index.serialize());
      expect([...loaded.structure().ids]).toEqual([...loaded.liveIds()]);
      for (let i = 0; i < 20; i++) {
        const options = { k: 10, efSearch: 50 };
        const [a, b] = [index, loaded].map((each) => each.search(queryOf(metric, i), options));
        expect(recall([...a!.ids], b!.ids)).toBeGreaterThanOrEqual(0.8);
      }
      loaded.dispose();
      index.dispose();
      expect(kernels.bytesInUse).toBe(0);
    }
  });

  it('replaces the vector of an id, removed or not', async () => {
    const index = await grown(900);
    const target = new Float32Array(D);
    const moved = [ids[3]!, ids[1500]!];
    index.remove(moved[0]!);
    for (const id of moved) index.add(id, vectorOf(7));
    index.add(moved[0]!, vectorOf(9));
    expect([index.live, index.ntotal]).toEqual([N, N + 3]);
    const found = index.search(vectorOf(9), { k: 2, efSearch: 100 });
    expect([...found.ids].sort((a, b) => a - b)).toEqual(
      [ids[9]!, moved[0]!].sort((a, b) => a - b),
    );
    expect(index.reconstruct(moved[1]!, target)).toBe(true);
    for (let i = 0; i < D; i++) expect(target[i]).toBeCloseTo(vectorOf(7)[i]!, 1);
    index.remove(moved[0]!);
    expect(index.has(moved[0]!)).toBe(false);
    expect(index.restore(moved[0]!)).toBe(true);
    const loaded = loadIndex(kernels, index.serialize());
    expect([loaded.ntotal, loaded.has(moved[0]!)]).toEqual([N, true]);
    loaded.dispose();
    index.dispose();
  });

  it('refuses what is no vector or id', async () => {
    const index = await grown(N);
    const bad = expect.objectContaining({ code: 'bad-vector' });
    expect(() => index.add(1, new Float32Array(D))).toThrowError(bad);
    expect(() => index.add(1, new Float32Array(D - 1).fill(1))).toThrowError(bad);
    const invalid = expect.objectContaining({ code: 'invalid-argument' });
    expect(() => index.add(0, vectorOf(0))).toThrowError(invalid);
    expect(index.ntotal).toBe(N);
    index.dispose();
  });
});

describe('saving a graph without removed rows', () => {
  const kernels = nodeSimdKernels();

  it.each([
    ['30 % at random', (_: number, prng: number) => prng < 0.3],
    ['9 of 10 at random', (_: number, prng: number) => prng < 0.9],
    ['whole clusters', (cluster: number) => cluster < 0.4],
  ] as const)('searches as well as one built of the rest: %s', async (_, isRemoved) => {
    const metric = 'l2sq';
    const base = BASES[metric];
    const spec = { kind: 'hnsw', M: 8, efConstruction: 60 } as const;
    const index = await build(kernels, metric, spec);
    const prng = createPrng(9);
    const first = base.vectors.subarray(0, D);
    const distances = Array.from(base.ids, (_, row) =>
      base.vectors
        .subarray(row * D, (row + 1) * D)
        .reduce((sum, x, i) => sum + (x - first[i]!) ** 2, 0),
    );
    const ranks = distances.map((own) => distances.filter((other) => other < own).length / N);
    const gone = base.ids.filter((_, row) => isRemoved(ranks[row]!, prng.float()));
    for (const id of gone) index.remove(id);
    const saved = loadIndex(kernels, index.serialize());
    const rest = Array.from(base.ids.keys()).filter((row) => index.has(base.ids[row]!));
    expect(saved.ntotal).toBe(rest.length);

    const vectors = Float32Array.from(
      rest.flatMap((row) => [...base.vectors.subarray(row * D, (row + 1) * D)]),
    );
    const ids = Uint32Array.from(rest, (row) => base.ids[row]!);
    const builder = await trainIndex(kernels, index, spec, vectors);
    builder.add(ids, vectors);
    const fresh = builder.seal();
    const recallAt = (searched: VectorIndex, efSearch: number) => {
      let sum = 0;
      for (let i = 0; i < 20; i++) {
        const query = queryOf(metric, i);
        const truth = groundTruth(metric, { d: D, ids, vectors }, query, 10).map(({ id }) => id);
        sum += recall(truth, searched.search(query, { k: 10, efSearch }).ids);
      }
      return sum / 20;
    };
    for (const efSearch of [10, 20, 40]) {
      expect(recallAt(saved, efSearch)).toBeGreaterThanOrEqual(recallAt(fresh, efSearch) - 0.04);
    }
    const all = saved.search(queryOf(metric, 0), { k: N });
    expect(all.ids).toHaveLength(rest.length);
    // The walk found them, not the scan of everything in its stead.
    expect(all.stats.codesScanned).toBeLessThan(rest.length + 100);
    for (const each of [index, saved, fresh, builder]) each.dispose();
    expect(kernels.bytesInUse).toBe(0);
  });
});
