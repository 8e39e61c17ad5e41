import { describe, expect, it } from 'vitest';
import { nodeSimdKernels } from '../../../../bench/nodeKernels.ts';
import { createPrng } from '../../../base/prng.ts';
import { clusteredUnitVectors } from '../../eval/synthetic.ts';
import { scalarKernels } from '../../kernels/scalar.ts';
import type { IndexSpec } from '../spec.ts';
import {
  ALL_CELLS,
  BASE,
  build,
  D,
  IDS,
  meanRecall,
  N,
  QUERIES,
  queryOf,
  reconstructionError,
  row,
  train,
} from '../testing/codedSet.ts';
import { trainIndex } from '../train.ts';

describe('IVF-PQ search', () => {
  it('never finds fewer of the best codes as nprobe grows, and all of them at full probe', async () => {
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

  it('never loses recall as nprobe grows and reaches 1 at full probe', async () => {
    const index = await build({ kind: 'ivfpq', nlist: 32, M: 12, nbits: 4, rerank: 'float32' });
    const recalls = [1, 4, 16, 32].map((nprobe) => meanRecall(index, 10, { nprobe, rerank: N }));
    expect(recalls).toEqual(recalls.toSorted((a, b) => a - b));
    expect(recalls.at(-1)).toBe(1);
  });

  it('stops scanning at maxCodes', async () => {
    const index = await build({ kind: 'ivfpq', nlist: 20, M: 12, rerank: 'none' });
    const { stats } = index.search(queryOf(2), { k: 10, ...ALL_CELLS });
    expect(stats).toMatchObject({ codesScanned: N, cellsVisited: 20 });
    const few = index.search(queryOf(2), { k: 10, ...ALL_CELLS, maxCodes: 100 }).stats;
    expect(few.codesScanned).toBe(100);
    expect(few.cellsVisited).toBeLessThan(5);
  });

  it('matches or beats PQ recall at full probe because residuals are shorter', async () => {
    const codes = { M: 6, nbits: 8, rerank: 'none' } as const;
    const pq = await build({ kind: 'pq', ...codes });
    const ivfpq = await build({ kind: 'ivfpq', nlist: 20, ...codes });
    expect(meanRecall(ivfpq, 10, ALL_CELLS)).toBeGreaterThanOrEqual(meanRecall(pq, 10));
  });
});

describe('reconstruction error', () => {
  const error = async (spec: IndexSpec) => reconstructionError(await build(spec));

  it.each(['pq', 'opq', 'ivfpq'] as const)('falls as M and nbits grow, for %s', async (kind) => {
    const base = { kind, rerank: 'none' } as const;
    const at4 = await Promise.all([3, 6, 12].map((M) => error({ ...base, M, nbits: 4 })));
    const at8 = await Promise.all([3, 6, 12].map((M) => error({ ...base, M, nbits: 8 })));
    for (const errors of [at4, at8]) expect(errors).toEqual(errors.toSorted((a, b) => b - a));
    at8.forEach((value, i) => {
      expect(value).toBeLessThan(at4[i]!);
    });
  });

  it('is lower with a rotation and with residuals', async () => {
    const codes = { M: 6, nbits: 4, rerank: 'none' } as const;
    const pq = await error({ kind: 'pq', ...codes });
    expect(await error({ kind: 'opq', ...codes })).toBeLessThan(pq);
    expect(await error({ kind: 'ivfpq', nlist: 20, ...codes })).toBeLessThan(pq);
  });
});

describe('building coded indexes', () => {
  it('produces the same bytes regardless of insertion order', async () => {
    const spec = { kind: 'ivfpq', nlist: 20, M: 12, nbits: 4, opq: true } as const;
    const whole = await build(spec);
    const space = { spaceId: 'test/24', metric: 'ip', d: D } as const;
    const builder = await trainIndex(nodeSimdKernels(), space, spec, BASE);
    for (let i = N - 1; i >= 0; i--) builder.add([IDS[i]!], row(i));
    expect(new Uint8Array(builder.seal().serialize())).toEqual(new Uint8Array(whole.serialize()));
  });

  it('returns identical points by ascending id', async () => {
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
  ])('rejects %s', async (_, spec) => {
    await expect(build(spec)).rejects.toThrowError(
      expect.objectContaining({ code: 'invalid-argument' }),
    );
  });

  it('rejects fewer points than code values', async () => {
    const space = { spaceId: 'test/24', metric: 'ip', d: D } as const;
    await expect(
      trainIndex(scalarKernels(), space, { kind: 'pq', nbits: 8 }, BASE.subarray(0, 100 * D)),
    ).rejects.toThrowError(expect.objectContaining({ code: 'invalid-argument' }));
  });

  it('rejects 4-bit codes with more sub-quantizers than a sum can hold', async () => {
    const d = 516;
    const few = clusteredUnitVectors({ d, centres: 4 }, createPrng(1))(32);
    const space = { spaceId: 'test/516', metric: 'ip', d } as const;
    const spec = { kind: 'pq', M: 258, nbits: 4 } as const;
    await expect(trainIndex(scalarKernels(), space, spec, few)).rejects.toThrowError(
      expect.objectContaining({ code: 'invalid-argument' }),
    );
  });

  it('frees all memory when disposed or aborted', async () => {
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

  it('reports progress that never decreases and ends near 1', async () => {
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

it('times each search stage with the given clock', async () => {
  const index = await build({ kind: 'ivfpq', nlist: 20, M: 12, rerank: 'sq8' });
  let time = 0;
  const { ms } = index.search(queryOf(0), { k: 3, now: () => time++ }).stats;
  for (const stage of ['coarse', 'tables', 'scan', 'rerank'] as const) {
    expect(ms[stage]).toBeGreaterThan(0);
  }
  expect(index.search(queryOf(0), { k: 3 }).stats.ms.scan).toBe(0);
});
