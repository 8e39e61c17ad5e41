import { describe, expect, it } from 'vitest';
import { scalarKernels } from '../kernels/scalar.ts';
import type { IndexSpec } from './spec.ts';
import { BASES, D, NLIST } from './testing/base.ts';
import { trainIndex } from './train.ts';

const SPECS: readonly IndexSpec[] = [
  { kind: 'ivf', nlist: 4 },
  { kind: 'flat', store: 'sq8' },
  { kind: 'pq', M: 19, nbits: 4 },
  { kind: 'ivfpq', nlist: 4, M: 19 },
  { kind: 'kdtree', leafSize: 4 },
  { kind: 'forest', trees: 2, leafSize: 4 },
  { kind: 'hnsw', M: 4 },
  { kind: 'hnsw', store: 'sq8' },
  { kind: 'lsh', tables: 2, bits: 5 },
];

describe('invalid and degenerate input', () => {
  const kernels = scalarKernels();
  const { vectors } = BASES.ip;
  const space = { spaceId: 'test/19', metric: 'ip', d: D } as const;
  const code = (name: string) => expect.objectContaining({ code: name });
  const trainOn = (sample: Float32Array, spec: IndexSpec = { kind: 'ivf', nlist: 4 }) =>
    trainIndex(kernels, space, spec, sample);

  const spoiled = (value: number) => {
    const copy = vectors.slice(0, 40 * D);
    copy[3 * D + 1] = value;
    return copy;
  };
  const bad: readonly (readonly [string, Float32Array])[] = [
    ['NaN', spoiled(Number.NaN)],
    ['infinity', spoiled(Number.POSITIVE_INFINITY)],
    ['a length beyond float32', spoiled(1e30)],
    ['length zero', vectors.slice(0, 40 * D).fill(0, 5 * D, 6 * D)],
    ['another d', vectors.slice(0, 40 * D - 1)],
  ];

  it.each(bad)('rejects training samples, additions and queries with %s', async (_, sample) => {
    const before = kernels.bytesInUse;
    await expect(trainOn(sample)).rejects.toThrowError(code('bad-vector'));
    expect(kernels.bytesInUse).toBe(before);
    const builder = await trainOn(vectors);
    const ids = Array.from({ length: 40 }, (_, i) => i + 1);
    expect(() => builder.add(ids, sample)).toThrowError(code('bad-vector'));
    builder.add(ids, vectors.subarray(0, 40 * D));
    const index = builder.seal();
    expect(index.ntotal).toBe(40);
    for (const query of [sample.subarray(3 * D, 4 * D), sample.subarray(5 * D, 6 * D)]) {
      const spoilt = query.some((x) => !(Math.abs(x) < 1e20)) || query.every((x) => x === 0);
      if (spoilt) expect(() => index.search(query, { k: 1 })).toThrowError(code('bad-vector'));
    }
    expect(() => index.search(vectors.subarray(0, D - 1), { k: 1 })).toThrowError(
      code('bad-vector'),
    );
    expect(() => index.searchBatch(sample, { k: 1 })).toThrowError(code('bad-vector'));
    builder.dispose();
    index.dispose();
  });

  it.each([
    ['k', { k: -1 }],
    ['k', { k: 1.5 }],
    ['k', { k: 2 ** 32 }],
    ['nprobe', { k: 1, nprobe: 0 }],
    ['nprobe', { k: 1, nprobe: Number.NaN }],
    ['maxCodes', { k: 1, maxCodes: -1 }],
    ['rerank', { k: 1, rerank: 0.5 }],
    ['efSearch', { k: 1, efSearch: 0 }],
  ] as const)('rejects an invalid %s: %o', async (_, options) => {
    const builder = await trainOn(vectors);
    const index = builder.seal();
    expect(() => index.search(vectors.subarray(0, D), options)).toThrowError(
      code('invalid-argument'),
    );
    builder.dispose();
    index.dispose();
  });

  it('handles an empty index, k = 0, and k and nprobe beyond the index size', async () => {
    const empty = (await trainOn(vectors)).seal();
    expect(empty.search(vectors.subarray(0, D), { k: 5 }).ids).toHaveLength(0);
    const builder = await trainOn(vectors);
    builder.add([1, 2, 3], vectors.subarray(0, 3 * D));
    const index = builder.seal();
    const query = vectors.subarray(0, D);
    expect(index.search(query, { k: 0 }).ids).toHaveLength(0);
    expect(index.search(query, { k: 4_000_000_000, nprobe: 4_000_000_000 }).ids).toHaveLength(3);
    expect(index.search(query, { k: 3, nprobe: 1 }).ids).toHaveLength(3);
  });

  it('builds an index of identical points and returns them by ascending id', async () => {
    const equal = new Float32Array(50 * D).fill(0.25);
    for (const spec of SPECS) {
      const builder = await trainOn(equal, spec);
      builder.add(
        Array.from({ length: 50 }, (_, i) => 50 - i),
        equal,
      );
      const found = builder.seal().search(equal.subarray(0, D), { k: 5 });
      expect([...found.ids]).toEqual([1, 2, 3, 4, 5]);
    }
  });

  it('rejects invalid and duplicate ids', async () => {
    for (const spec of [...SPECS, { kind: 'flat' } as const]) {
      const builder = await trainOn(vectors, spec);
      const invalid = code('invalid-argument');
      for (const id of [0, -1, 1.5, 2 ** 32]) {
        expect(() => builder.add([id], vectors.subarray(0, D))).toThrowError(invalid);
      }
      builder.add([7], vectors.subarray(0, D));
      expect(() => {
        builder.add([7], vectors.subarray(0, D));
        builder.seal();
      }).toThrowError(invalid);
      builder.dispose();
      const twice = await trainOn(vectors, spec);
      expect(() => {
        twice.add([7, 8, 7], vectors.subarray(0, 3 * D));
        twice.seal();
      }).toThrowError(invalid);
      twice.dispose();
    }
  });

  it('stops aborted training and frees its memory', async () => {
    const before = kernels.bytesInUse;
    const control = { aborted: () => true };
    const spec = { kind: 'ivf', nlist: NLIST } as const;
    await expect(trainIndex(kernels, space, spec, vectors, control)).rejects.toThrowError(
      code('aborted'),
    );
    expect(kernels.bytesInUse).toBe(before);
  });

  it('rejects an invalid space', async () => {
    for (const other of [
      { ...space, spaceId: '' },
      { ...space, d: 0 },
      { ...space, d: 65537 },
    ]) {
      await expect(
        trainIndex(kernels, other, { kind: 'flat' }, new Float32Array(0)),
      ).rejects.toThrowError(code('invalid-argument'));
    }
  });
});
