import { describe, expect, it } from 'vitest';
import { nodeSimdKernels } from '../../../bench/nodeKernels.ts';
import { createPrng } from '../../base/prng.ts';
import { groundTruth } from '../eval/groundTruth.ts';
import { clusteredUnitVectors } from '../eval/synthetic.ts';
import { scalarKernels } from '../kernels/scalar.ts';
import { SegmentedIndex } from './segmentedIndex.ts';
import type { Draft } from './segments.ts';
import { trainIndex } from './train.ts';

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

/** Seals the delta and the segments named (all without names), with nothing in between. */
function reseal(index: SegmentedIndex, keys?: readonly number[]): ArrayBuffer {
  const draft = index.draft(keys);
  const container = index.write(draft);
  index.adopt(container, draft);
  return container;
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
      let written: [ArrayBuffer, Draft] | null = null;
      for (let step = 0; step < 400; step++) {
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
          // What a seal has purged, or is about to, is reported; nothing else may be.
          if (vector && gone.length === 0) {
            expect(index.vectorOf(id)).toEqual(vector);
            model.add(id, vector);
          }
          expect(index.has(id)).toBe(model.live.has(id));
        } else if (choice === 18) {
          const keys = index.segments().flatMap(({ key }) => (key > 0 ? [key] : []));
          const draft = index.draft(keys.slice(prng.below(keys.length + 1)));
          written = [index.write(draft), draft];
        } else if (written) {
          const before = index.segments().length;
          index.adopt(...written);
          expect(index.segments()).toHaveLength(before + 1 - written[1].keys.length);
          written = null;
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
    reloaded.load(index.write(index.draft()));
    expect(reloaded.stats()).toMatchObject({ segments: 2, ntotal: 0 });
  });

  it('searches by id, without the id itself', () => {
    const { index, vector } = filled(40);
    reseal(index);
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
    reseal(split);
    split.addAll(ids.slice(120, 170), vectors.subarray(120 * D, 170 * D));
    reseal(split, []);
    split.addAll(ids.slice(170), vectors.subarray(170 * D));
    const query = source(9)(1);
    expect(split.search(query, { k: 50 })).toEqual(index.search(query, { k: 50 }));
    expect(split.stats()).toMatchObject({ segments: 3, ntotal: 200, live: 200 });
    expect(split.segments().map(({ live }) => live)).toEqual([120, 50, 30]);
  });

  it('seals the same vectors to the same bytes, however it came to hold them', () => {
    const { index } = filled(50);
    const first = new Uint8Array(reseal(index));
    expect(new Uint8Array(reseal(index))).toEqual(first);
    index.remove([3, 4]);
    index.restore([3, 4]);
    expect(new Uint8Array(reseal(index))).toEqual(first);
    const reloaded = new SegmentedIndex(kernels, SPACE);
    reloaded.load(first.buffer);
    expect(new Uint8Array(reseal(reloaded))).toEqual(first);
  });

  it('keeps what happened between drafting and adopting', () => {
    const { index, vector } = filled(20);
    index.remove([1]);
    const draft = index.draft();
    const sealed = index.write(draft);
    const replaced = source(77)(1);
    index.add(2, replaced);
    index.add(30, vector(5));
    index.add(31, vector(6));
    index.remove([3, 31]);
    expect(index.restore([1])).toEqual([1]);
    index.add(1, vector(1));
    index.adopt(sealed, draft);
    expect(index.vectorOf(1)).toEqual(vector(1));
    expect(index.vectorOf(2)).toEqual(replaced);
    expect([index.has(30), index.has(31), index.has(3)]).toEqual([true, false, false]);
    expect(index.restore([3, 31])).toEqual([]);
    expect(index.vectorOf(3)).toEqual(vector(3));
    expect(index.vectorOf(31)).toEqual(vector(6));
    expect(index.stats().live).toBe(22);
  });

  it('leaves the segments that a draft does not name as they are', () => {
    const { index, vector } = filled(20);
    reseal(index);
    index.add(21, vector(1));
    reseal(index, []);
    const [first, second] = index.segments();
    index.remove([5]);
    index.add(22, vector(2));
    reseal(index, [second!.key]);
    expect(index.segments().map(({ key, live, dead }) => [key, live, dead])).toEqual([
      [first!.key, 19, 1],
      [expect.any(Number), 2, 0],
      [0, 0, 0],
    ]);
    expect(index.restore([5])).toEqual([]);
    expect(index.has(5)).toBe(true);
    expect(index.isSealed(5, [first!.key])).toBe(true);
    expect(index.isSealed(21, [first!.key])).toBe(false);
  });

  it('says which ids cannot be restored once a seal has purged them', () => {
    const { index } = filled(20);
    index.remove([4, 5]);
    reseal(index);
    expect(index.restore([4, 6, 5])).toEqual([4, 5]);
    expect(index.stats()).toMatchObject({ ntotal: 18, deleted: 0 });
  });

  it('refuses a container whose draft is void, and forgets one that is given up', () => {
    const { index } = filled(10);
    const draft = index.draft();
    const sealed = index.write(draft);
    index.abandon(draft);
    const invalid = expect.objectContaining({ code: 'invalid-argument' });
    expect(() => index.adopt(sealed, draft)).toThrowError(invalid);
    index.remove([1]);
    expect(index.restore([1])).toEqual([]);
    const late = index.draft();
    index.draft();
    expect(() => index.adopt(sealed, late)).toThrowError(invalid);
    expect(() => index.draft([99])).toThrowError(invalid);
    expect(index.stats()).toMatchObject({ segments: 1, live: 10 });
  });

  it('takes the vectors of the newest of the containers that it loads', () => {
    const old = filled(20);
    const fresh = filled(10, 2);
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

  it('refuses a container of another space, and stays as it was', () => {
    const { index } = filled(10);
    const stored = index.write(index.draft());
    for (const other of [
      { ...SPACE, spaceId: 'other/12' },
      { ...SPACE, metric: 'l2sq' } as const,
      { ...SPACE, d: D + 1 },
    ]) {
      const stranger = new SegmentedIndex(kernels, other);
      const wrongSpace = expect.objectContaining({ code: 'wrong-space' });
      expect(() => stranger.load(stored)).toThrowError(wrongSpace);
      expect(() => stranger.adopt(stored, stranger.draft())).toThrowError(wrongSpace);
      expect(stranger.stats()).toMatchObject({ segments: 1, ntotal: 0 });
    }
  });

  it('searches a trained segment beside a delta, and knows what of it is exact', async () => {
    const { index, vectors, vector } = filled(300);
    reseal(index);
    const draft = index.draft();
    const spec = { kind: 'flat', store: 'sq8' } as const;
    const builder = await trainIndex(kernels, SPACE, spec, vectors);
    // The one that could not be read stays in the delta.
    const ids = [...draft.ids].filter((id) => id !== 7);
    builder.add(ids, Float32Array.from(ids.flatMap((id) => [...vector(id)])));
    const trained = builder.seal().serialize();
    builder.dispose();
    index.add(301, vector(12));
    index.remove([9]);
    index.adopt(trained, draft);
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
    expect(() => index.write(index.draft())).toThrowError(invalid);
    expect(index.restore([9])).toEqual([9]);
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
    reseal(index);
    expect(kernels.bytesInUse - before).toBe(index.stats().bytes);
    const draft = index.draft();
    const broken = index.write(draft).slice(0, -8);
    const held = kernels.bytesInUse;
    const truncated = expect.objectContaining({ code: 'truncated' });
    expect(() => index.adopt(broken, draft)).toThrowError(truncated);
    expect(kernels.bytesInUse).toBe(held);
    index.dispose();
    expect(kernels.bytesInUse).toBe(before);
  });
});
