import { describe, expect, it } from 'vitest';
import { nodeSimdKernels } from '../../../../bench/nodeKernels.ts';
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
  scoreOf,
} from '../testing/hashHarness.ts';
import { trainIndex } from '../train.ts';

const kernels = nodeSimdKernels();
const SPEC = { kind: 'itq', nbits: 32 } as const;

describeHash('a learned hash', SPEC, 'rerank', { rerank: 400 });
describeHash(
  'a learned hash with full vectors',
  { ...SPEC, rerank: 'float32', seed: 9 },
  'rerank',
  {
    rerank: 400,
  },
);

describe.each(METRICS)('a learned hash without a store by %s', (metric) => {
  const build = () => buildHash(kernels, metric, { ...SPEC, rerank: 'none' });

  it('ranks by what the codes stand for', async () => {
    const index = await build();
    expect(index.rerankBytes).toBe(0);
    const vector = new Float32Array(D);
    const query = queryOf(metric, 1);
    for (const options of [{ k: 25 }, { k: N }]) {
      const { ids, scores, stats } = index.search(query, options);
      expect(ids).toHaveLength(options.k);
      expect(stats).toMatchObject({ codesScanned: N, reranked: 0 });
      ids.forEach((id, rank) => {
        index.reconstruct(id, vector);
        const score = scoreOf(metric, query, vector);
        expect(Math.abs(scores[rank]! - score)).toBeLessThan(1e-4 * (1 + Math.abs(score)));
      });
    }
    index.dispose();
  });

  it('finds more than chance by far, and less than with a store', async () => {
    const index = await build();
    const reranked = await buildHash(kernels, metric, SPEC);
    const own = meanRecall(index, {});
    expect(own).toBeGreaterThan(0.2);
    expect(own).toBeLessThan(meanRecall(reranked, {}));
    expect(meanRecall(reranked, { rerank: 0 })).toBe(own);
    index.dispose();
    reranked.dispose();
  });
});

describe('a search of a learned hash', () => {
  it('counts what its trace shows', async () => {
    const index = await buildHash(kernels, 'ip', SPEC);
    const query = queryOf('ip', 0);
    const plain = index.search(query, { k: 10 });
    expect(plain.trace).toBeUndefined();
    const { trace, ...rest } = index.search(query, { k: 10, trace: true });
    expect(rest).toEqual(plain);
    expect(trace!.map(({ step }) => step)).toEqual(['scan', 'rerank']);
    const [scan, rerank] = trace!;
    if (scan?.step !== 'scan' || rerank?.step !== 'rerank') throw new Error('another step');
    expect(scan.scanned).toBe(plain.stats.codesScanned);
    expect(scan.ids).toHaveLength(200);
    // The distances in bits between the codes of its structure.
    const { ids, hashes } = index.structure();
    const { mean, normals, bits, codes } = hashes!;
    const sign = (b: number) =>
      query.reduce((sum, x, i) => sum + (x - mean[i]!) * normals[b * D + i]!, 0) >= 0;
    scan.ids.forEach((id, rank) => {
      const row = ids.indexOf(id);
      let differing = 0;
      for (let b = 0; b < bits; b++) {
        const set = (codes[row * (bits / 8) + (b >> 3)]! >> (b & 7)) & 1;
        if ((set === 1) !== sign(b)) differing++;
      }
      expect(scan.keys[rank]).toBe(differing);
    });
    expect(rerank).toMatchObject({ from: 'memory', candidates: plain.stats.reranked });
    expect([...rerank.ids]).toEqual([...plain.ids]);
    index.dispose();
  });

  it('reports the time of each stage', async () => {
    const index = await buildHash(kernels, 'ip', SPEC);
    let clock = 0;
    const { stats } = index.search(queryOf('ip', 0), { k: 3, now: () => clock++ });
    expect(stats).toMatchObject({ cellsVisited: 0, nodesVisited: 0, codesScanned: N });
    expect(stats.ms).toEqual({ coarse: 0, tables: 1, scan: 1, rerank: 1 });
    index.dispose();
  });
});

describe('training a learned hash', () => {
  const space = { spaceId: 'test/40', metric: 'ip', d: D } as const;

  it('depends on the seed', async () => {
    const [a, b] = await Promise.all(
      [1, 2].map((seed) => buildHash(kernels, 'ip', { ...SPEC, seed })),
    );
    expect(a!.structure().hashes!.normals).not.toEqual(b!.structure().hashes!.normals);
    a!.dispose();
    b!.dispose();
  });

  it('can be ended, and frees its memory', async () => {
    const before = kernels.bytesInUse;
    let polls = 0;
    const control = { pause: async () => {}, aborted: () => ++polls > 3 };
    const training = trainIndex(kernels, space, SPEC, BASES.ip.subarray(0, N * D), control);
    await expect(training).rejects.toMatchObject({ code: 'aborted' });
    expect(kernels.bytesInUse).toBe(before);
  });

  it('takes vectors that are all alike', async () => {
    const vectors = new Float32Array(64 * D).fill(0.25);
    const builder = await trainIndex(kernels, space, SPEC, vectors);
    builder.add(IDS.slice(0, 64), vectors);
    const index = builder.seal();
    builder.dispose();
    const { ids } = index.search(vectors.slice(0, D), { k: 3 });
    expect([...ids]).toEqual([...IDS.slice(0, 64)].sort((a, b) => a - b).slice(0, 3));
    index.dispose();
  });
});

describe('the specification of a learned hash', () => {
  const resolve = (spec: object, n = 1000, d = 128) =>
    resolveSpec({ kind: 'itq', ...spec } as IndexSpec, n, d);

  it('has 128 bits by default, fewer in fewer dimensions or of fewer vectors', () => {
    expect(resolve({})).toEqual({ kind: 'itq', nbits: 128, rerank: 'sq8', seed: 1 });
    expect(resolve({}, 1000, 512)).toMatchObject({ nbits: 128 });
    expect(resolve({}, 1000, 127)).toMatchObject({ nbits: 64 });
    expect(resolve({}, 1000, 33)).toMatchObject({ nbits: 32 });
    expect(resolve({}, 100, 512)).toMatchObject({ nbits: 64 });
  });

  it.each([
    ['another length', { nbits: 100 }, 1000, 128],
    ['more bits than components', { nbits: 192 }, 1000, 128],
    ['fewer components than the shortest code', {}, 1000, 31],
    ['fewer vectors than bits', { nbits: 128 }, 127, 128],
    ['fewer vectors than the shortest code has bits', {}, 31, 128],
    ['an unknown store', { rerank: 'pq' }, 1000, 128],
    ['a seed that is no integer', { seed: 0.5 }, 1000, 128],
    ['more components than kernels take', {}, 9000, 5000],
  ])('cannot be %s', (_, spec, n, d) => {
    expect(() => resolve(spec, n, d)).toThrowError(
      expect.objectContaining({ code: 'invalid-argument' }),
    );
  });
});
