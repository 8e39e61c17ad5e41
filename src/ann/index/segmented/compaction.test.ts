import { describe, expect, it } from 'vitest';
import { createPrng } from '../../../base/prng.ts';
import { groundTruth } from '../../eval/groundTruth.ts';
import { twins } from '../../kernels/testing/twins.ts';
import { D, filled, reseal, SPACE, source } from '../testing/segmented.ts';
import { SegmentedIndex } from './segmentedIndex.ts';
import type { Compaction } from './segments.ts';

/** The expected contents of the index, kept as simply as possible. */
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

describe.each(twins)('compacting a SegmentedIndex with %s kernels', (_, kernels) => {
  it('matches a simple model through any order of additions, removals and seals', () => {
    for (const seed of [1, 2, 3, 4, 5, 6]) {
      const prng = createPrng(seed);
      const draw = source(seed);
      const index = new SegmentedIndex(kernels, SPACE);
      const model = new Model();
      let written: [ArrayBuffer, Compaction] | null = null;
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
          // Only what a seal has purged, or is about to, may be reported.
          if (vector && gone.length === 0) {
            expect(index.vectorOf(id)).toEqual(vector);
            model.add(id, vector);
          }
          expect(index.has(id)).toBe(model.live.has(id));
        } else if (choice === 18) {
          const keys = index.segments().flatMap(({ key }) => (key > 0 ? [key] : []));
          const compaction = index.beginCompaction(keys.slice(prng.below(keys.length + 1)));
          written = [index.write(compaction), compaction];
        } else if (written) {
          const before = index.segments().length;
          index.commit(...written);
          const made = written[1].ids.length > 0 ? 1 : 0;
          expect(index.segments()).toHaveLength(before + made - written[1].keys.length);
          written = null;
        }
        if (step % 5 === 0) expectSame(index, model, draw(1));
      }
      expectSame(index, model, draw(1));
      for (const [id, vector] of model.live) expect(index.vectorOf(id)).toEqual(vector);
      index.dispose();
    }
  });

  it('seals the same vectors to the same bytes regardless of their history', () => {
    const { index } = filled(kernels, 50);
    const first = new Uint8Array(reseal(index));
    expect(new Uint8Array(reseal(index))).toEqual(first);
    index.remove([3, 4]);
    index.restore([3, 4]);
    expect(new Uint8Array(reseal(index))).toEqual(first);
    const reloaded = new SegmentedIndex(kernels, SPACE);
    reloaded.load(first.buffer);
    expect(new Uint8Array(reseal(reloaded))).toEqual(first);
  });

  it('keeps changes made between beginning and committing a compaction', () => {
    const { index, vector } = filled(kernels, 20);
    index.remove([1]);
    const compaction = index.beginCompaction();
    const sealed = index.write(compaction);
    const replaced = source(77)(1);
    index.add(2, replaced);
    index.add(30, vector(5));
    index.add(31, vector(6));
    index.remove([3, 31]);
    expect(index.restore([1])).toEqual([1]);
    index.add(1, vector(1));
    index.commit(sealed, compaction);
    expect(index.vectorOf(1)).toEqual(vector(1));
    expect(index.vectorOf(2)).toEqual(replaced);
    expect([index.has(30), index.has(31), index.has(3)]).toEqual([true, false, false]);
    expect(index.restore([3, 31])).toEqual([]);
    expect(index.vectorOf(3)).toEqual(vector(3));
    expect(index.vectorOf(31)).toEqual(vector(6));
    expect(index.stats().live).toBe(22);
  });

  it('leaves segments outside the compaction unchanged', () => {
    const { index, vector } = filled(kernels, 20);
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

  it('reports ids that cannot be restored because a seal purged them', () => {
    const { index } = filled(kernels, 20);
    index.remove([4, 5]);
    reseal(index);
    expect(index.restore([4, 6, 5])).toEqual([4, 5]);
    expect(index.stats()).toMatchObject({ ntotal: 18, deleted: 0 });
  });

  it('rejects the container of an abandoned or superseded compaction', () => {
    const { index } = filled(kernels, 10);
    const compaction = index.beginCompaction();
    const sealed = index.write(compaction);
    index.abandon(compaction);
    const invalid = expect.objectContaining({ code: 'invalid-argument' });
    expect(() => index.commit(sealed, compaction)).toThrowError(invalid);
    index.remove([1]);
    expect(index.restore([1])).toEqual([]);
    const late = index.beginCompaction();
    index.beginCompaction();
    expect(() => index.commit(sealed, late)).toThrowError(invalid);
    expect(() => index.beginCompaction([99])).toThrowError(invalid);
    expect(index.stats()).toMatchObject({ segments: 1, live: 10 });
  });
});
