import { describe, expect, it } from 'vitest';
import { twins } from '../../kernels/testing/twins.ts';
import { D, filled, reseal, SPACE, source } from '../testing/segmented.ts';
import { trainIndex } from '../train.ts';
import { SegmentedIndex } from './segmentedIndex.ts';

describe.each(twins)('SegmentedIndex with %s kernels', (_, kernels) => {
  it('returns the documented values when empty', () => {
    const index = new SegmentedIndex(kernels, SPACE);
    const query = source(1)(1);
    expect(index.search(query, { k: 5 }).ids).toHaveLength(0);
    expect(index.stats()).toMatchObject({
      kind: 'flat',
      segments: 1,
      ntotal: 0,
      live: 0,
      deleted: 0,
    });
    expect(index.vectorOf(1)).toBeUndefined();
    expect(index.remove([1])).toBe(0);
    expect(index.restore([1])).toEqual([1]);
    const reloaded = new SegmentedIndex(kernels, SPACE);
    reloaded.load(index.write(index.beginCompaction()));
    expect(reloaded.stats()).toMatchObject({ segments: 2, ntotal: 0 });
  });

  it('searches by id and omits that id from the results', () => {
    const { index, vector } = filled(kernels, 40);
    reseal(index);
    const all = index.search(vector(7), { k: 40 });
    expect(all.ids[0]).toBe(7);
    expect([...index.searchById(7, { k: 39 }).ids]).toEqual([...all.ids].slice(1));
    index.remove([7]);
    expect(() => index.searchById(7, { k: 3 })).toThrowError(
      expect.objectContaining({ code: 'not-found' }),
    );
  });

  it('searches sealed segments and a delta like one flat index', () => {
    const { index, vectors } = filled(kernels, 200);
    const split = new SegmentedIndex(kernels, SPACE);
    const ids = Array.from({ length: 200 }, (_, row) => row + 1);
    split.addAll(ids.slice(0, 120), vectors.subarray(0, 120 * D));
    reseal(split);
    split.addAll(ids.slice(120, 170), vectors.subarray(120 * D, 170 * D));
    reseal(split, []);
    split.addAll(ids.slice(170), vectors.subarray(170 * D));
    const query = source(9)(1);
    expect(split.search(query, { k: 50 })).toEqual(index.search(query, { k: 50 }));
    expect(split.stats()).toMatchObject({ segments: 3, ntotal: 200, live: 200 });
    expect(split.segments().map(({ live }) => live)).toEqual([120, 50, 30]);
  });

  it('uses the vectors of the newest container it loads', () => {
    const old = filled(kernels, 20);
    const fresh = filled(kernels, 10, 2);
    const index = new SegmentedIndex(kernels, SPACE);
    index.load(reseal(old.index));
    index.load(reseal(fresh.index));
    expect(index.vectorOf(5)).toEqual(fresh.vector(5));
    expect(index.vectorOf(15)).toEqual(old.vector(15));
    expect(index.stats()).toMatchObject({ live: 20, deleted: 10 });
    index.remove([5]);
    expect(index.restore([5])).toEqual([]);
    expect(index.vectorOf(5)).toEqual(fresh.vector(5));
  });

  it('rejects a container from another space and stays unchanged', () => {
    const { index } = filled(kernels, 10);
    const stored = index.write(index.beginCompaction());
    for (const other of [
      { ...SPACE, spaceId: 'other/12' },
      { ...SPACE, metric: 'l2sq' } as const,
      { ...SPACE, d: D + 1 },
    ]) {
      const stranger = new SegmentedIndex(kernels, other);
      const wrongSpace = expect.objectContaining({ code: 'wrong-space' });
      expect(() => stranger.load(stored)).toThrowError(wrongSpace);
      expect(() => stranger.commit(stored, stranger.beginCompaction())).toThrowError(wrongSpace);
      expect(stranger.stats()).toMatchObject({ segments: 1, ntotal: 0 });
    }
  });

  it('searches a trained segment and a delta, and knows which vectors are exact', async () => {
    const { index, vectors, vector } = filled(kernels, 300);
    reseal(index);
    const compaction = index.beginCompaction();
    const spec = { kind: 'flat', store: 'sq8' } as const;
    const builder = await trainIndex(kernels, SPACE, spec, vectors);
    // Id 7 stands for an unreadable vector: it stays in the delta.
    const ids = [...compaction.ids].filter((id) => id !== 7);
    builder.add(ids, Float32Array.from(ids.flatMap((id) => [...vector(id)])));
    const trained = builder.seal().serialize();
    builder.dispose();
    index.add(301, vector(12));
    index.remove([9]);
    index.commit(trained, compaction);
    expect(index.segments()).toMatchObject([
      { spec, live: 298, dead: 1 },
      { key: 0, live: 2, dead: 0 },
    ]);
    expect(index.stats().kind).toBe('flat');
    const { ids: found } = index.search(vector(12), { k: 2 });
    expect([...found].sort()).toEqual([12, 301]);
    expect(index.exactVectorOf(7)).toEqual(vector(7));
    expect(index.exactVectorOf(301)).toEqual(vector(12));
    expect(index.exactVectorOf(8)).toBeUndefined();
    expect(index.exactVectorOf(9)).toBeUndefined();
    expect(index.vectorOf(8)).toHaveLength(D);
    const invalid = expect.objectContaining({ code: 'invalid-argument' });
    expect(() => index.write(index.beginCompaction())).toThrowError(invalid);
    expect(index.restore([9])).toEqual([9]);
  });

  it('adds all vectors or none', () => {
    const { index } = filled(kernels, 10);
    const three = source(5)(3);
    three[2 * D] = Number.NaN;
    const badVector = expect.objectContaining({ code: 'bad-vector' });
    expect(() => index.addAll([11, 12, 13], three)).toThrowError(badVector);
    expect(() => index.addAll([11, 12], three)).toThrowError(badVector);
    expect(() => index.addAll([11, 0], three.subarray(0, 2 * D))).toThrowError(
      expect.objectContaining({ code: 'invalid-argument' }),
    );
    expect(index.stats().ntotal).toBe(10);
    index.addAll([11, 11], three.subarray(0, 2 * D));
    expect(index.vectorOf(11)).toEqual(three.slice(D, 2 * D));
  });

  it.each([
    { ...SPACE, d: 0 },
    { ...SPACE, d: 65537 },
    { ...SPACE, spaceId: '' },
    { ...SPACE, spaceId: 'x'.repeat(129) },
    { ...SPACE, spaceId: 'spacé' },
  ])('rejects a space that cannot be saved: %o', (space) => {
    expect(() => new SegmentedIndex(kernels, space)).toThrowError(
      expect.objectContaining({ code: 'invalid-argument' }),
    );
  });

  it('frees the memory of replaced segments, and all of it when disposed', () => {
    const before = kernels.bytesInUse;
    const { index } = filled(kernels, 500);
    reseal(index);
    expect(kernels.bytesInUse - before).toBe(index.stats().bytes);
    const compaction = index.beginCompaction();
    const broken = index.write(compaction).slice(0, -8);
    const held = kernels.bytesInUse;
    const truncated = expect.objectContaining({ code: 'truncated' });
    expect(() => index.commit(broken, compaction)).toThrowError(truncated);
    expect(kernels.bytesInUse).toBe(held);
    index.dispose();
    expect(kernels.bytesInUse).toBe(before);
  });
});
