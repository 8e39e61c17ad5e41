import { describe, expect, it } from 'vitest';
import { nodeSimdKernels } from '../../../bench/nodeKernels.ts';
import { createPrng } from '../../base/prng.ts';
import { groundTruth } from '../eval/groundTruth.ts';
import { clusteredUnitVectors } from '../eval/synthetic.ts';
import { scalarKernels } from '../kernels/scalar.ts';
import { SegmentedIndex } from './segmentedIndex.ts';

const D = 12;
const SPACE = { spaceId: 'test/12', metric: 'ip', d: D } as const;

function source(seed: number) {
  return clusteredUnitVectors({ d: D, centres: 6 }, createPrng(seed));
}

/** What the index should hold, kept in the plainest way. */
class Model {
  readonly live = new Map<number, Float32Array>();
  readonly removed = new Map<number, Float32Array>();

  add(id: number, vector: Float32Array): void {
    this.live.set(id, vector);
    this.removed.delete(id);
  }

  remove(id: number): boolean {
    const vector = this.live.get(id);
    if (!vector) return false;
    this.live.delete(id);
    this.removed.set(id, vector);
    return true;
  }

  ids(): number[] {
    return [...this.live.keys()].sort((a, b) => a - b);
  }

  nearest(query: Float32Array, k: number): number[] {
    const ids = this.ids();
    const vectors = Float32Array.from(ids.flatMap((id) => [...this.live.get(id)!]));
    return groundTruth('ip', { d: D, ids, vectors }, query, k).map(({ id }) => id);
  }
}

function expectSame(index: SegmentedIndex, model: Model, query: Float32Array): void {
  expect([...index.liveIds()]).toEqual(model.ids());
  expect([...index.search(query, { k: 9 }).ids]).toEqual(model.nearest(query, 9));
  expect(index.stats().live).toBe(model.live.size);
}

describe.each([
  ['scalar', scalarKernels()],
  ['simd', nodeSimdKernels()],
])('SegmentedIndex on %s kernels', (_, kernels) => {
  function filled(n: number, seed = 1) {
    const vectors = source(seed)(n);
    const index = new SegmentedIndex(kernels, SPACE);
    const ids = Array.from({ length: n }, (_, row) => row + 1);
    index.addAll(ids, vectors);
    return { index, vectors, vector: (id: number) => vectors.slice((id - 1) * D, id * D) };
  }

  it('follows a plain model through any order of additions, removals and seals', () => {
    for (const seed of [1, 2, 3, 4, 5, 6]) {
      const prng = createPrng(seed);
      const draw = source(seed);
      const index = new SegmentedIndex(kernels, SPACE);
      const model = new Model();
      let sealed: ArrayBuffer | null = null;
      for (let step = 0; step < 300; step++) {
        const id = 1 + prng.below(25);
        const choice = prng.below(20);
        if (choice < 10) {
          const vector = draw(1);
          index.add(id, vector);
          model.add(id, vector);
        } else if (choice < 15) {
          expect(index.remove([id])).toBe(model.remove(id) ? 1 : 0);
        } else if (choice < 18) {
          const gone = index.restore([id]);
          const vector = model.removed.get(id);
          // What a seal has purged is reported; nothing else may be.
          if (vector && gone.length === 0) {
            expect(index.vectorOf(id)).toEqual(vector);
            model.add(id, vector);
          }
          expect(index.has(id)).toBe(model.live.has(id));
        } else if (choice === 18) {
          sealed = index.seal();
        } else if (sealed) {
          index.adopt(sealed);
          sealed = null;
          expect(index.stats().segments).toBe(2);
        }
        if (step % 5 === 0) expectSame(index, model, draw(1));
      }
      expectSame(index, model, draw(1));
      for (const [id, vector] of model.live) expect(index.vectorOf(id)).toEqual(vector);
      index.dispose();
    }
  });

  it('has documented answers when it is empty', () => {
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
    reloaded.adopt(index.seal());
    expect(reloaded.stats()).toMatchObject({ segments: 2, ntotal: 0 });
  });

  it('searches by id, without the id itself', () => {
    const { index, vector } = filled(40);
    index.adopt(index.seal());
    const all = index.search(vector(7), { k: 40 });
    expect(all.ids[0]).toBe(7);
    expect([...index.searchById(7, { k: 39 }).ids]).toEqual([...all.ids].slice(1));
    index.remove([7]);
    expect(() => index.searchById(7, { k: 3 })).toThrowError(
      expect.objectContaining({ code: 'not-found' }),
    );
  });

  it('finds over a sealed segment and a delta what one flat index finds', () => {
    const { index, vectors } = filled(200);
    const split = new SegmentedIndex(kernels, SPACE);
    const ids = Array.from({ length: 200 }, (_, row) => row + 1);
    split.addAll(ids.slice(0, 120), vectors.subarray(0, 120 * D));
    split.adopt(split.seal());
    split.addAll(ids.slice(120), vectors.subarray(120 * D));
    const query = source(9)(1);
    expect(split.search(query, { k: 50 })).toEqual(index.search(query, { k: 50 }));
    expect(split.stats()).toMatchObject({ segments: 2, ntotal: 200, live: 200 });
  });

  it('seals the same vectors to the same bytes, however it came to hold them', () => {
    const { index } = filled(50);
    const first = new Uint8Array(index.seal());
    index.adopt(index.seal());
    expect(new Uint8Array(index.seal())).toEqual(first);
    index.remove([3, 4]);
    index.restore([3, 4]);
    expect(new Uint8Array(index.seal())).toEqual(first);
    const reloaded = new SegmentedIndex(kernels, SPACE);
    reloaded.adopt(first.buffer);
    expect(new Uint8Array(reloaded.seal())).toEqual(first);
  });

  it('keeps what happened between sealing and adopting', () => {
    const { index, vector } = filled(20);
    index.remove([1]);
    const sealed = index.seal();
    const replaced = source(77)(1);
    index.add(2, replaced);
    index.add(30, vector(5));
    index.remove([3]);
    index.restore([1]);
    index.adopt(sealed);
    expect(index.has(1)).toBe(true);
    expect(index.vectorOf(2)).toEqual(replaced);
    expect(index.has(30)).toBe(true);
    expect(index.has(3)).toBe(false);
    expect(index.restore([3])).toEqual([]);
    expect(index.vectorOf(3)).toEqual(vector(3));
    expect(index.stats().live).toBe(21);
  });

  it('restores the vector that was removed, not the one that had been sealed', () => {
    const { index } = filled(20);
    const stored = index.seal();
    const replaced = source(78)(1);
    index.add(6, replaced);
    index.add(40, replaced);
    index.remove([6, 40]);
    index.adopt(stored);
    expect([index.has(6), index.has(40)]).toEqual([false, false]);
    expect(index.restore([6, 40])).toEqual([]);
    expect([index.vectorOf(6), index.vectorOf(40)]).toEqual([replaced, replaced]);
  });

  it('says which ids cannot be restored once a seal has purged them', () => {
    const { index } = filled(20);
    index.remove([4, 5]);
    index.adopt(index.seal());
    expect(index.restore([4, 6, 5])).toEqual([4, 5]);
    expect(index.stats()).toMatchObject({ ntotal: 18, deleted: 0 });
  });

  it('puts what it holds before what a container of another time says', () => {
    const old = filled(20);
    const stored = old.index.seal();
    const { index, vector } = filled(10, 2);
    index.remove([9]);
    index.adopt(stored);
    expect(index.vectorOf(5)).toEqual(vector(5));
    expect(index.vectorOf(15)).toEqual(old.vector(15));
    expect(index.has(9)).toBe(false);
  });

  it('refuses a container of another space, and stays as it was', () => {
    const { index } = filled(10);
    const stored = index.seal();
    for (const other of [
      { ...SPACE, spaceId: 'other/12' },
      { ...SPACE, metric: 'l2sq' } as const,
      { ...SPACE, d: D + 1 },
    ]) {
      const stranger = new SegmentedIndex(kernels, other);
      expect(() => stranger.adopt(stored)).toThrowError(
        expect.objectContaining({ code: 'wrong-space' }),
      );
      expect(stranger.stats()).toMatchObject({ segments: 1, ntotal: 0 });
    }
  });

  it('adds all or none', () => {
    const { index } = filled(10);
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
  ])('refuses a space that cannot be saved: %o', (space) => {
    expect(() => new SegmentedIndex(kernels, space)).toThrowError(
      expect.objectContaining({ code: 'invalid-argument' }),
    );
  });

  it('gives the memory of what it replaces back, and all of it in the end', () => {
    const before = kernels.bytesInUse;
    const { index } = filled(500);
    index.adopt(index.seal());
    expect(kernels.bytesInUse - before).toBe(index.stats().bytes);
    const broken = index.seal().slice(0, -8);
    const held = kernels.bytesInUse;
    expect(() => index.adopt(broken)).toThrowError(expect.objectContaining({ code: 'truncated' }));
    expect(kernels.bytesInUse).toBe(held);
    index.dispose();
    expect(kernels.bytesInUse).toBe(before);
  });
});
