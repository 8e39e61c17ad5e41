import 'fake-indexeddb/auto';
import { openDB } from 'idb';
import { describe, expect, it } from 'vitest';
import type { AkinSchema } from '../database/schema.ts';
import { fileOf, freshName, importPhoto, openLibrary, SPACE } from '../testing/library.ts';
import { TRASH_AGE_MS } from './collectGarbage.ts';

async function libraryOf(photos: number, name = freshName()) {
  const store = await openLibrary({ name });
  for (let n = 1; n <= photos; n++) await importPhoto(store, n);
  return store;
}

describe('the trash', () => {
  it('removes photos from the gallery and from searches until they are restored', async () => {
    const store = await libraryOf(4);
    expect(await store.trash.add([3, 2, 2, 99], 500)).toEqual([2, 3]);
    expect(await store.trash.add([2], 600)).toEqual([]);
    expect([...(await store.photos.gallery()).ids]).toEqual([1, 4]);
    expect([...(await store.trash.gallery()).ids]).toEqual([2, 3]);
    expect((await store.photos.get(2)).deletedAt).toBe(500);
    expect([...(await store.indexes.load(SPACE)).tombstones]).toEqual([2, 3]);

    expect(await store.trash.restore([3, 1, 99])).toEqual([3]);
    expect([...(await store.photos.gallery()).ids]).toEqual([1, 3, 4]);
    const index = await store.indexes.load(SPACE);
    expect([...index.tombstones]).toEqual([2]);
    expect([...index.delta.ids]).toEqual([1, 2, 3, 4]);
  });

  it('permanently deletes its photos and none in the gallery', async () => {
    const name = freshName();
    const store = await libraryOf(4, name);
    const db = await openDB<AkinSchema>(name);
    await db.put('vectors', new ArrayBuffer(8), ['another', 2]);
    await db.put('delta', true, ['another', 2]);
    await store.trash.add([1, 2, 4]);
    expect(await store.trash.purge([2, 3, 99])).toEqual([2]);
    expect(await db.getAllKeys('photos')).toEqual([1, 3, 4]);
    expect(await db.getAllKeys('originals')).toEqual([1, 3, 4]);
    expect(await db.getAllKeys('thumbs')).toEqual([1, 3, 4]);
    for (const store of ['vectors', 'delta'] as const) {
      expect((await db.getAllKeys(store)).map((key) => key.join())).toEqual([
        'test-v1,1',
        'test-v1,3',
        'test-v1,4',
      ]);
    }
    // A segment that another tab is about to save may hold it, so it stays hidden.
    expect(await db.getAllKeys('tombstones')).toEqual([1, 2, 4]);
    expect(await store.trash.purge(null)).toEqual([1, 4]);
    expect(await store.photos.counts()).toEqual({ photos: 1, trashed: 0 });
    expect(await store.trash.restore([1])).toEqual([]);
    db.close();
  });
});

describe('garbage collection', () => {
  it('deletes photos that were in the trash too long', async () => {
    const store = await libraryOf(3);
    await store.trash.add([1], 1000);
    await store.trash.add([2], 2000);
    expect(await store.trash.purgeOlderThan(500, 1500)).toEqual([]);
    expect(await store.collectGarbage(1500 + TRASH_AGE_MS)).toEqual({ originals: 0, purged: [1] });
    expect([...(await store.trash.gallery()).ids]).toEqual([2]);
  });

  it('deletes unreferenced originals, and no others', async () => {
    const name = freshName();
    const store = await libraryOf(2, name);
    await store.jobs.stage([fileOf(3), fileOf(4)]);
    await store.jobs.fail(4, { code: 'internal', message: 'x' });
    const db = await openDB<AkinSchema>(name);
    await db.put('originals', new Blob(['lost']), 50);
    await db.put('originals', new Blob(['lost']), 52);
    expect((await store.collectGarbage()).originals).toBe(2);
    expect(await db.getAllKeys('originals')).toEqual([1, 2, 3, 4]);
    db.close();
  });
});

describe('clearing a library', () => {
  it('leaves no photo, file, vector, index or setting', async () => {
    const name = freshName();
    const store = await libraryOf(3, name);
    await store.jobs.stage([fileOf(9)]);
    await store.trash.add([1]);
    await store.meta.set('backend', 'wasm');
    await store.indexes.save({
      spaceId: SPACE.id,
      expectedGeneration: 0,
      keptSegments: [],
      segments: [{ kind: 'flat', formatVersion: 1, blob: new ArrayBuffer(8) }],
      includedDeltaIds: [1, 2],
      droppedTombstones: [],
    });
    await store.clear();
    const db = await openDB<AkinSchema>(name);
    for (const name of db.objectStoreNames) {
      const left = await db.getAllKeys(name);
      expect(left).toEqual(name === 'meta' ? ['first-generation', 'first-numbers', 'library'] : []);
    }
    db.close();
    expect(await store.meta.get('backend')).toBeUndefined();
  });
});
