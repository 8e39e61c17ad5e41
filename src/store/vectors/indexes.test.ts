import 'fake-indexeddb/auto';
import { openDB } from 'idb';
import { describe, expect, it } from 'vitest';
import type { AkinSchema } from '../database/schema.ts';
import { openStore, type Store } from '../open.ts';
import { freshName, importPhoto, openLibrary, SPACE, vectorOf } from '../testing/library.ts';
import type { SaveRequest } from './indexes.ts';
import type { VectorBlock } from './vectors.ts';

function blobOf(...bytes: number[]): ArrayBuffer {
  return Uint8Array.from(bytes).buffer;
}

function seal(change: Partial<SaveRequest> = {}): SaveRequest {
  return {
    spaceId: SPACE.id,
    expectedGeneration: 0,
    keptSegments: [],
    segments: [{ kind: 'flat', formatVersion: 1, blob: blobOf(1, 2, 3) }],
    includedDeltaIds: [],
    droppedTombstones: [],
    ...change,
  };
}

async function libraryOf(photos: number, name = freshName()): Promise<Store> {
  const store = await openLibrary({ name });
  for (let n = 1; n <= photos; n++) await importPhoto(store, n);
  return store;
}

async function all(blocks: AsyncIterable<VectorBlock>): Promise<VectorBlock[]> {
  const list: VectorBlock[] = [];
  for await (const block of blocks) list.push(block);
  return list;
}

const deltaOf = async (store: Store) => [...(await store.indexes.load(SPACE)).delta.ids];
const tombstonesOf = async (store: Store) => [...(await store.indexes.load(SPACE)).tombstones];

describe('saving and loading an index', () => {
  it('starts with no segments and everything in the delta', async () => {
    const store = await libraryOf(2);
    const index = await store.indexes.load(SPACE);
    expect(index).toMatchObject({ generation: 0, segments: [], damage: null });
    expect([...index.delta.ids]).toEqual([1, 2]);
    expect(index.delta.vectors).toEqual(Float32Array.of(...vectorOf(1), ...vectorOf(2)));
  });

  it('replaces old segments with new ones and removes their ids from the delta', async () => {
    const name = freshName();
    const store = await libraryOf(3, name);
    const first = await store.indexes.save(seal({ includedDeltaIds: [1, 2] }), 700);
    expect(first).toMatchObject({
      outcome: 'saved',
      manifest: { generation: 1, savedAt: 700, segments: [{ id: 1, byteLength: 3 }] },
    });
    expect(await deltaOf(store)).toEqual([3]);
    expect(await store.indexes.deltaIds(SPACE.id)).toEqual([3]);
    expect(await store.indexes.deltaIds('another')).toEqual([]);

    const segments = [
      { kind: 'ivfpq', formatVersion: 2, blob: blobOf(4) },
      { kind: 'flat', formatVersion: 1, blob: blobOf(5, 6) },
    ];
    await store.indexes.save(seal({ expectedGeneration: 1, segments, includedDeltaIds: [3] }));
    const index = await store.indexes.load(SPACE);
    expect(index.generation).toBe(2);
    expect(index.segments.map((segment) => segment.kind)).toEqual(['ivfpq', 'flat']);
    expect(index.segments.map((segment) => [...new Uint8Array(segment.blob)])).toEqual([
      [4],
      [5, 6],
    ]);
    expect(index.delta.ids).toHaveLength(0);
    const db = await openDB<AkinSchema>(name);
    expect(await db.count('segments')).toBe(2);
    db.close();
  });

  it('keeps the requested segments and rejects unknown ones', async () => {
    const store = await libraryOf(1);
    await store.indexes.save(seal());
    const more = seal({
      expectedGeneration: 1,
      keptSegments: [1],
      segments: [{ kind: 'flat', formatVersion: 1, blob: blobOf(9) }],
    });
    await store.indexes.save(more);
    const index = await store.indexes.load(SPACE);
    expect(index.segments.map((segment) => segment.byteLength)).toEqual([3, 1]);
    await expect(
      store.indexes.save(seal({ expectedGeneration: 2, keptSegments: [77] })),
    ).rejects.toMatchObject({ code: 'invalid-argument' });
    expect((await store.indexes.load(SPACE)).generation).toBe(2);
  });

  it('reports the generation without loading the index', async () => {
    const store = await libraryOf(1);
    expect(await store.indexes.generation(SPACE.id)).toBe(0);
    await store.indexes.save(seal());
    expect(await store.indexes.generation(SPACE.id)).toBe(1);
    await store.clear();
    const { generation } = await store.indexes.load(SPACE);
    expect(await store.indexes.generation(SPACE.id)).toBe(generation);
    expect(generation).toBeGreaterThan(1);
  });

  it('leaves the index of another space unchanged', async () => {
    const store = await libraryOf(1);
    await store.indexes.save(seal({ spaceId: 'another' }));
    await store.indexes.save(seal());
    expect((await store.indexes.load({ id: 'another', d: 4 })).segments).toHaveLength(1);
    expect(await deltaOf(store)).toEqual([1]);
  });
});

describe('two tabs that save an index', () => {
  it('let one seal and report a conflict to the other, which changes nothing', async () => {
    const name = freshName();
    const one = await libraryOf(2, name);
    const two = await openStore({ name });
    const answers = await Promise.all([
      one.indexes.save(seal({ includedDeltaIds: [1] })),
      two.indexes.save(seal({ includedDeltaIds: [1, 2], segments: [] })),
    ]);
    expect(answers.map((answer) => answer.outcome)).toEqual(['saved', 'conflict']);
    expect(answers[1]).toEqual({ outcome: 'conflict', generation: 1 });
    expect(await deltaOf(two)).toEqual([2]);
    expect((await two.indexes.load(SPACE)).segments).toHaveLength(1);
  });

  it.each([0, 1])(
    'reject an index made before everything was cleared (generation %i)',
    async (sealed) => {
      const name = freshName();
      const one = await libraryOf(1, name);
      if (sealed === 1) await one.indexes.save(seal());
      const { generation } = await one.indexes.load(SPACE);
      expect(generation).toBe(sealed);
      const two = await openStore({ name });
      await two.clear();
      const answer = await one.indexes.save(seal({ expectedGeneration: generation }));
      expect(answer.outcome).toBe('conflict');
      const after = await one.indexes.load(SPACE);
      expect(after.segments).toEqual([]);
      const again = await one.indexes.save(seal({ expectedGeneration: after.generation }));
      expect(again.outcome).toBe('saved');
    },
  );
});

describe('tombstones on a seal', () => {
  it('are removed for permanently deleted photos that the segments left out', async () => {
    const store = await libraryOf(3);
    await store.trash.add([1, 2]);
    await store.trash.purge(null);
    await store.indexes.save(seal({ includedDeltaIds: [3], droppedTombstones: [1] }));
    expect(await tombstonesOf(store)).toEqual([2]);
  });

  it('stay while segments of another space may contain the photo', async () => {
    const store = await libraryOf(2);
    await store.indexes.save(seal({ spaceId: 'another' }));
    await store.trash.add([1]);
    await store.trash.purge(null);
    await store.indexes.save(seal({ droppedTombstones: [1] }));
    expect(await tombstonesOf(store)).toEqual([1]);
  });

  it('stay for a trashed photo, which is found again once restored', async () => {
    const store = await libraryOf(2);
    await store.trash.add([1]);
    await store.indexes.save(seal({ includedDeltaIds: [1, 2], droppedTombstones: [1] }));
    expect(await tombstonesOf(store)).toEqual([1]);
    expect(await deltaOf(store)).toEqual([1]);
    await store.trash.restore([1]);
    expect(await tombstonesOf(store)).toEqual([]);
    expect(await deltaOf(store)).toEqual([1]);
  });

  it('don’t lose a photo restored while the segments were trained', async () => {
    const store = await libraryOf(2);
    await store.indexes.save(seal({ includedDeltaIds: [1, 2] }));
    await store.trash.add([1]);
    const { generation } = await store.indexes.load(SPACE);
    await store.trash.restore([1]);
    await store.indexes.save(seal({ expectedGeneration: generation, droppedTombstones: [1] }));
    expect(await deltaOf(store)).toEqual([1]);
  });

  it('hide a photo permanently deleted while the segments were trained with it', async () => {
    const store = await libraryOf(2);
    const { generation } = await store.indexes.load(SPACE);
    await store.trash.add([1]);
    await store.trash.purge(null);
    await store.indexes.save(seal({ expectedGeneration: generation, includedDeltaIds: [1, 2] }));
    expect(await tombstonesOf(store)).toEqual([1]);
  });
});

describe('a damaged index', () => {
  it.each([
    ['a segment that is gone', (db: Raw) => db.delete('segments', 1)],
    ['a segment cut short', (db: Raw) => db.put('segments', blobOf(1), 1)],
    ['a manifest of a wrong shape', (db: Raw) => db.put('manifest', ODD)],
  ])('reports %s and is repaired by a rebuild', async (_what, harm) => {
    const name = freshName();
    const store = await libraryOf(2, name);
    await store.indexes.save(seal({ includedDeltaIds: [1, 2] }));
    const db = await openDB<AkinSchema>(name);
    await harm(db);
    const index = await store.indexes.load(SPACE);
    expect(index.damage).toMatch(/segment/);
    expect(index.segments).toEqual([]);

    const blocks = await all(store.indexes.allVectors(SPACE));
    expect(blocks.flatMap((block) => [...block.ids])).toEqual([1, 2]);
    const mended = await store.indexes.save(seal({ expectedGeneration: index.generation }));
    expect(mended.outcome).toBe('saved');
    expect(await store.indexes.load(SPACE)).toMatchObject({ damage: null });
    expect(await db.count('segments')).toBe(1);
    db.close();
  });

  it('reports damaged vectors without affecting others', async () => {
    const name = freshName();
    const store = await libraryOf(5, name);
    const db = await openDB<AkinSchema>(name);
    await db.put('vectors', new ArrayBuffer(12), [SPACE.id, 2]);
    await db.put('vectors', Float32Array.of(1, Number.NaN, 1, 1).buffer, [SPACE.id, 3]);
    await db.put('vectors', 'x' as unknown as ArrayBuffer, [SPACE.id, 4]);
    await db.delete('vectors', [SPACE.id, 5]);
    db.close();
    const { delta } = await store.indexes.load(SPACE);
    expect([...delta.ids]).toEqual([1]);
    expect(delta.vectors).toEqual(vectorOf(1));
    expect(delta.skipped).toEqual([2, 3, 4, 5]);
    const [block] = await all(store.indexes.allVectors(SPACE));
    expect(block?.skipped).toEqual([2, 3, 4]);
    expect(await store.indexes.vector(SPACE, 1)).toEqual(vectorOf(1));
    for (const id of [2, 3, 4, 5]) expect(await store.indexes.vector(SPACE, id)).toBeUndefined();
    // Ids that no segment can hold remain recorded, or they would count as missing at every start.
    await store.indexes.save(seal({ includedDeltaIds: [1, 2, 3, 4, 5], unreadable: [2, 3, 4] }));
    const later = await store.indexes.load(SPACE);
    expect(later.delta).toMatchObject({ skipped: [2, 3, 4] });
    expect(later.stored).toBe(4);
  });
});

describe('reading stored vectors', () => {
  it('returns the requested ones, whether dense or scattered', async () => {
    const name = freshName();
    const store = await openLibrary({ name });
    const db = await openDB<AkinSchema>(name);
    const tx = db.transaction('vectors', 'readwrite');
    for (let id = 1; id <= 5_000; id++) {
      if (id % 1000 !== 0) tx.store.put(vectorOf(id).buffer, [SPACE.id, id]);
      tx.store.put(vectorOf(-id).buffer, ['another', id]);
    }
    await tx.done;
    db.close();
    const dense = Array.from({ length: 4_500 }, (_, i) => 5_100 - i);
    for (const wanted of [[4_999, 3, 1000, 3], dense, [], [6_000], [1000]]) {
      const sorted = [...new Set(wanted)].sort((a, b) => a - b);
      const there = sorted.filter((id) => id <= 5_000 && id % 1000 !== 0);
      const block = await store.indexes.vectors(SPACE, wanted);
      expect([...block.ids]).toEqual(there);
      expect(block.skipped).toEqual(sorted.filter((id) => !there.includes(id)));
      expect(block.vectors).toEqual(Float32Array.from(there.flatMap((id) => [...vectorOf(id)])));
    }
    expect(await store.indexes.count(SPACE.id)).toBe(4_995);
    expect(await store.indexes.count('nothing')).toBe(0);
  });

  it('returns all of them in blocks by ascending id', async () => {
    const store = await libraryOf(5);
    for (const [size, lengths] of [
      [2, [2, 2, 1]],
      [5, [5]],
      [9, [5]],
    ] as const) {
      const blocks = await all(store.indexes.allVectors(SPACE, size));
      expect(blocks.map((block) => block.ids.length)).toEqual(lengths);
      expect(blocks.flatMap((block) => [...block.ids])).toEqual([1, 2, 3, 4, 5]);
    }
    expect(await all(store.indexes.allVectors({ id: 'none', d: 4 }))).toEqual([]);
  });
});

type Raw = Awaited<ReturnType<typeof openDB<AkinSchema>>>;
const ODD = { spaceId: SPACE.id, segments: 5 } as unknown as AkinSchema['manifest']['value'];
