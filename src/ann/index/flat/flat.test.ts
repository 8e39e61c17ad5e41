import { describe, expect, it } from 'vitest';
import { createPrng } from '../../../base/prng.ts';
import { groundTruth } from '../../eval/groundTruth.ts';
import { clusteredUnitVectors } from '../../eval/synthetic.ts';
import { bitmapBytes, setBit } from '../../kernels/bitmap.ts';
import { twins } from '../../kernels/testing/twins.ts';
import { loadIndex } from '../load.ts';
import { FlatIndex } from './flat.ts';

const D = 19;

function space(metric: 'ip' | 'l2sq') {
  return { spaceId: 'test/19', metric, d: D };
}

function vectors(n: number, seed = 1) {
  return clusteredUnitVectors({ d: D, centres: 8 }, createPrng(seed))(n);
}

function rowOf(all: Float32Array, row: number) {
  return all.subarray(row * D, (row + 1) * D);
}

describe.each(twins)('FlatIndex with %s kernels', (_, kernels) => {
  function filled(metric: 'ip' | 'l2sq', n: number) {
    const all = vectors(n);
    const ids = Array.from({ length: n }, (_, row) => 1 + ((row * 7) % n) * 2);
    const index = new FlatIndex(kernels, space(metric));
    ids.forEach((id, row) => {
      index.add(id, rowOf(all, row));
    });
    return { index, base: { vectors: all, ids, d: D } };
  }

  it.each(['ip', 'l2sq'] as const)('finds the true nearest neighbors by %s', (metric) => {
    const { index, base } = filled(metric, 300);
    for (const row of [0, 17, 299]) {
      const query = rowOf(base.vectors, row);
      const truth = groundTruth(metric, base, query, 20);
      const found = index.search(query, { k: 20 });
      expect([...found.ids]).toEqual(truth.map(({ id }) => id));
      truth.forEach(({ score }, rank) => {
        expect(found.scores[rank]).toBeCloseTo(score, 5);
      });
      expect(found.stats.codesScanned).toBe(300);
      expect(found.ids[0]).toBe(base.ids[row]);
    }
  });

  it('handles an empty index, k = 0 and k above ntotal', () => {
    const query = rowOf(vectors(1), 0);
    const empty = new FlatIndex(kernels, space('ip'));
    expect(empty.search(query, { k: 5 }).ids).toHaveLength(0);
    const { index } = filled('ip', 4);
    expect(index.search(query, { k: 0 }).ids).toHaveLength(0);
    expect(index.search(query, { k: 4_000_000_000 }).ids).toHaveLength(4);
  });

  it.each([-1, 1.5, Number.NaN, 2 ** 32])('rejects k = %s', (k) => {
    const { index } = filled('ip', 4);
    expect(() => index.search(rowOf(vectors(1), 0), { k })).toThrowError(
      expect.objectContaining({ code: 'invalid-argument' }),
    );
  });

  it.each([
    ['NaN', () => rowOf(vectors(1), 0).fill(Number.NaN, 3, 4)],
    ['infinity', () => rowOf(vectors(1), 0).fill(Number.NEGATIVE_INFINITY, 3, 4)],
    ['length zero', () => new Float32Array(D)],
    ['a length beyond float32', () => new Float32Array(D).fill(1e30)],
    ['another d', () => new Float32Array(D - 1).fill(1)],
  ])('rejects a vector or query with %s', (_, make) => {
    const { index } = filled('ip', 4);
    const badVector = expect.objectContaining({ code: 'bad-vector' });
    expect(() => index.add(100, make())).toThrowError(badVector);
    expect(() => index.search(make(), { k: 1 })).toThrowError(badVector);
    expect(index.ntotal).toBe(4);
  });

  it.each([0, -1, 1.5, 2 ** 32, Number.NaN])('rejects id %s', (id) => {
    const { index } = filled('ip', 4);
    expect(() => index.add(id, rowOf(vectors(1), 0))).toThrowError(
      expect.objectContaining({ code: 'invalid-argument' }),
    );
  });

  it('replaces the vector when an id is added again', () => {
    const { index, base } = filled('ip', 10);
    const replacement = rowOf(vectors(1, 99), 0);
    index.add(base.ids[3]!, replacement);
    expect(index.ntotal).toBe(10);
    const found = index.search(replacement, { k: 1 });
    expect([found.ids[0], found.scores[0]]).toEqual([base.ids[3], expect.closeTo(1, 5)]);
  });

  it('hides removed vectors until they are restored', () => {
    const { index, base } = filled('ip', 50);
    const query = rowOf(base.vectors, 5);
    const before = index.search(query, { k: 50 });
    const [best, second] = before.ids;
    expect(index.remove(best!)).toBe(true);
    expect(index.remove(best!)).toBe(false);
    expect(index.has(best!)).toBe(false);
    expect(index.reconstruct(best!, new Float32Array(D))).toBe(false);
    const without = index.search(query, { k: 50 });
    expect(without.ids[0]).toBe(second);
    expect([...without.ids]).toEqual([...before.ids].slice(1));
    expect(without.stats.codesScanned).toBe(49);
    expect([index.ntotal, index.live]).toEqual([50, 49]);
    expect(index.restore(best!)).toBe(true);
    expect(index.restore(12345)).toBe(false);
    expect(index.search(query, { k: 50 })).toEqual(before);
  });

  it('searches the allowed ids as if they were the whole index', () => {
    const { index, base } = filled('ip', 300);
    const prng = createPrng(5);
    index.remove(base.ids[0]!);
    for (const share of [0, 0.003, 0.3, 1]) {
      const allowed = new Uint8Array(bitmapBytes(500));
      const rows = [...base.ids.keys()].filter(
        (row) => base.ids[row]! < 500 && prng.float() < share,
      );
      for (const row of rows) setBit(allowed, base.ids[row]!, true);
      const kept = rows.filter((row) => row !== 0);
      const subset = {
        d: D,
        ids: kept.map((row) => base.ids[row]!),
        vectors: Float32Array.from(kept.flatMap((row) => [...rowOf(base.vectors, row)])),
      };
      const query = rowOf(base.vectors, 7);
      const found = index.search(query, { k: 10, allowed });
      expect([...found.ids]).toEqual(groundTruth('ip', subset, query, 10).map(({ id }) => id));
      expect(found.stats.codesScanned).toBe(kept.length);
    }
  });

  it('omits the excluded id from that search only', () => {
    const { index, base } = filled('ip', 20);
    const query = rowOf(base.vectors, 2);
    const all = index.search(query, { k: 20 });
    expect([...index.search(query, { k: 20, exclude: base.ids[2]! }).ids]).toEqual(
      [...all.ids].slice(1),
    );
    expect(index.search(query, { k: 20, exclude: 9999 })).toEqual(all);
    expect(index.search(query, { k: 20 })).toEqual(all);
  });

  it.each([0, 1, 2, 65, 300])('round-trips %s vectors to the same bytes', (n) => {
    const { index, base } = filled('l2sq', n);
    const bytes = index.serialize();
    const loaded = loadIndex(kernels, bytes, space('l2sq'));
    expect(new Uint8Array(loaded.serialize())).toEqual(new Uint8Array(bytes));
    expect([...loaded.liveIds()]).toEqual(base.ids.toSorted((a, b) => a - b));
    const query = rowOf(vectors(1, 3), 0);
    expect(loaded.search(query, { k: 30 })).toEqual(index.search(query, { k: 30 }));
    if (!(loaded instanceof FlatIndex)) throw new Error('not a flat index');
    loaded.add(2, query);
    expect(loaded.search(query, { k: 1 }).ids[0]).toBe(2);
    expect(loaded.ntotal).toBe(n + 1);
  });

  it('releases unused capacity when trimmed and can grow again', () => {
    const { index, base } = filled('ip', 65);
    index.remove(base.ids[64]!);
    const found = index.search(rowOf(base.vectors, 3), { k: 65 });
    const before = index.bytes;
    index.trim();
    expect(before - index.bytes).toBeGreaterThan(60 * 4 * D);
    expect(index.search(rowOf(base.vectors, 3), { k: 65 })).toEqual(found);
    index.add(4000, rowOf(vectors(1, 9), 0));
    expect(index.search(rowOf(vectors(1, 9), 0), { k: 1 }).ids[0]).toBe(4000);
  });

  it('does not save removed vectors', () => {
    const { index, base } = filled('ip', 30);
    for (const id of base.ids.slice(0, 20)) index.remove(id);
    expect([...loadIndex(kernels, index.serialize()).liveIds()]).toEqual([...index.liveIds()]);
    expect(index.liveIds()).toHaveLength(10);
  });

  it('rejects a container from another space', () => {
    const { index } = filled('ip', 3);
    const bytes = index.serialize();
    const wrongSpace = expect.objectContaining({ code: 'wrong-space' });
    const others = [
      { ...space('ip'), spaceId: 'test/20' },
      space('l2sq'),
      { ...space('ip'), d: D + 1 },
    ];
    for (const other of others) {
      expect(() => loadIndex(kernels, bytes, other)).toThrowError(wrongSpace);
    }
  });

  it('frees all its memory when disposed', () => {
    const before = kernels.bytesInUse;
    const { index } = filled('ip', 200);
    index.search(rowOf(vectors(1), 0), { k: 3, allowed: new Uint8Array(9) });
    expect(kernels.bytesInUse - before).toBe(index.bytes);
    index.dispose();
    expect(kernels.bytesInUse).toBe(before);
  });
});
