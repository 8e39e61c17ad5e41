import 'fake-indexeddb/auto';
import { openDB } from 'idb';
import { afterEach, describe, expect, it, vi } from 'vitest';
import type { AkinSchema, StoreName } from '../database/schema.ts';
import {
  fileOf,
  freshName,
  importPhoto,
  keepOf,
  openLibrary,
  SPACE,
  stage,
  vectorOf,
} from '../testing/library.ts';

const raw = (name: string) => openDB<AkinSchema>(name);

async function keysOf(name: string): Promise<Record<string, number>> {
  const db = await raw(name);
  const counts: Record<string, number> = {};
  for (const store of db.objectStoreNames) counts[store] = await db.count(store);
  db.close();
  return counts;
}

/** From now on, writes to this store throw as in a browser with a full disk. */
function fillDisk(store: StoreName): void {
  for (const method of ['put', 'add'] as const) {
    const write = IDBObjectStore.prototype[method];
    vi.spyOn(IDBObjectStore.prototype, method).mockImplementation(function (
      this: IDBObjectStore,
      ...args: Parameters<typeof write>
    ) {
      if (this.name === store) throw new DOMException('No room.', 'QuotaExceededError');
      return write.apply(this, args);
    });
  }
}

afterEach(() => {
  vi.restoreAllMocks();
});

describe('saving a photo', () => {
  it('turns a job into a row, a thumbnail, a vector and a delta mark', async () => {
    const store = await openLibrary();
    const credit = { by: 'Ada', licence: 'MIT', source: 'here' };
    await store.jobs.stage([{ ...fileOf(1), credit }], 1000);
    expect(await store.photos.keep(keepOf(1))).toBe('imported');
    expect(await store.photos.get(1)).toEqual({
      id: 1,
      name: 'photo 1.jpg',
      path: 'holiday',
      type: 'image/jpeg',
      bytes: 10,
      width: 300,
      height: 200,
      addedAt: 1000,
      credit,
    });
    expect(await (await store.photos.original(1)).text()).toBe('original 1');
    const [thumb] = await store.photos.thumbs([1]);
    expect(thumb?.name).toBe('photo 1.jpg');
    expect([...new Uint8Array(thumb?.image ?? new ArrayBuffer(0))]).toEqual([1, 1, 2]);
    const index = await store.indexes.load(SPACE);
    expect([...index.delta.ids]).toEqual([1]);
    expect(index.delta.vectors).toEqual(vectorOf(1));
    expect(await store.jobs.counts()).toEqual({ queued: 0, failed: 0 });
    expect(await store.photos.keep(keepOf(1))).toBe('gone');
  });

  it('writes nothing for a file canceled while it was embedded', async () => {
    const name = freshName();
    const store = await openLibrary({ name });
    const id = await stage(store, 1);
    await store.jobs.begin([id]);
    const [cancelled, kept] = await Promise.all([
      store.jobs.cancelQueued(),
      store.photos.keep(keepOf(id)),
    ]);
    expect(cancelled).toEqual([id]);
    expect(kept).toBe('gone');
    const { meta, ...rest } = await keysOf(name);
    // Only the id of the library.
    expect(meta).toBe(1);
    expect(Object.values(rest).every((count) => count === 0)).toBe(true);
  });

  it('is not undone by a cancel right after it', async () => {
    const store = await openLibrary();
    const id = await stage(store, 1);
    const [kept, cancelled] = await Promise.all([
      store.photos.keep(keepOf(id)),
      store.jobs.cancelQueued(),
    ]);
    expect([kept, cancelled]).toEqual(['imported', []]);
    expect(await (await store.photos.original(id)).text()).toBe('original 1');
  });

  it('drops a job whose picture is already in the library', async () => {
    const name = freshName();
    const store = await openLibrary({ name });
    const id = await importPhoto(store, 1);
    const db = await raw(name);
    const twin = await db.add('jobs', {
      ...keepOf(7),
      ...fileOf(1),
      id: 7,
      state: 'queued',
      attempts: 1,
      addedAt: 1,
      stored: true,
    } as unknown as AkinSchema['jobs']['value']);
    await db.put('originals', new Blob(['original 1']), twin);
    db.close();
    expect(await store.photos.keep(keepOf(twin))).toBe('duplicate');
    expect(await keysOf(name)).toMatchObject({ photos: 1, originals: 1, jobs: 0, vectors: 1 });
    expect((await store.photos.list()).map((photo) => photo.id)).toEqual([id]);
  });

  it('rejects an invalid vector', async () => {
    const store = await openLibrary();
    const id = await stage(store, 1);
    for (const vector of [new Float32Array(0), Float32Array.of(1, Number.NaN, 0, 0)]) {
      await expect(store.photos.keep(keepOf(id, vector))).rejects.toMatchObject({
        code: 'bad-vector',
      });
    }
    expect(await store.jobs.counts()).toEqual({ queued: 1, failed: 0 });
  });

  it('stores only the view of a larger buffer', async () => {
    const name = freshName();
    const store = await openLibrary({ name });
    const id = await stage(store, 1);
    const batch = Float32Array.of(9, 9, 9, 9, 1, 2, 3, 4);
    await store.photos.keep(keepOf(id, batch.subarray(4)));
    const db = await raw(name);
    expect((await db.get('vectors', [SPACE.id, id]))?.byteLength).toBe(16);
    db.close();
    const { vectors } = await store.indexes.vectors(SPACE, [id]);
    expect([...vectors]).toEqual([1, 2, 3, 4]);
  });
});

describe('a full disk', () => {
  it.each(['photos', 'thumbs', 'vectors', 'delta'] as const)(
    'while saving a photo, at %s, leaves the job and no partial records',
    async (full) => {
      const name = freshName();
      const store = await openLibrary({ name });
      const id = await stage(store, 1);
      const before = await keysOf(name);
      fillDisk(full);
      await expect(store.photos.keep(keepOf(id))).rejects.toMatchObject({
        code: 'quota-exceeded',
      });
      vi.restoreAllMocks();
      expect(await keysOf(name)).toEqual(before);
      expect(await store.photos.keep(keepOf(id))).toBe('imported');
    },
  );

  it('while enqueuing files rejects the whole batch and keeps existing data', async () => {
    const name = freshName();
    const store = await openLibrary({ name });
    await importPhoto(store, 1);
    const before = await keysOf(name);
    fillDisk('originals');
    await expect(store.jobs.stage([fileOf(2), fileOf(3)])).rejects.toMatchObject({
      code: 'quota-exceeded',
    });
    vi.restoreAllMocks();
    expect(await keysOf(name)).toEqual(before);
    const again = await store.jobs.stage([fileOf(2), fileOf(3)]);
    expect(again.map((file) => file.outcome)).toEqual(['queued', 'queued']);
  });
});

describe('reading the library', () => {
  it('reports not-found for missing photos, including queued files', async () => {
    const store = await openLibrary();
    const waiting = await stage(store, 1);
    for (const id of [waiting, 99]) {
      await expect(store.photos.get(id)).rejects.toMatchObject({ code: 'not-found' });
      await expect(store.photos.original(id)).rejects.toMatchObject({ code: 'not-found' });
    }
  });

  it('returns thumbnails in the requested order, without missing ones', async () => {
    const store = await openLibrary();
    for (const n of [1, 2, 3]) await importPhoto(store, n);
    await store.trash.add([2]);
    const thumbs = await store.photos.thumbs([3, 99, 2, 1]);
    expect(thumbs.map((thumb) => thumb.id)).toEqual([3, 2, 1]);
  });

  it('skips malformed rows', async () => {
    const name = freshName();
    const store = await openLibrary({ name });
    for (const n of [1, 2, 3]) await importPhoto(store, n);
    const db = await raw(name);
    const odd = { id: 2, hash: 'x', width: 0 } as unknown as AkinSchema['photos']['value'];
    await db.put('photos', odd);
    await db.put('thumbs', 'x' as unknown as ArrayBuffer, 3);
    db.close();
    expect((await store.photos.list()).map((photo) => photo.id)).toEqual([1, 3]);
    expect([...(await store.photos.gallery()).ids]).toEqual([1, 3]);
    expect((await store.photos.thumbs([1, 2, 3])).map((thumb) => thumb.id)).toEqual([1]);
    await expect(store.photos.get(2)).rejects.toMatchObject({ code: 'not-found' });
  });

  it('lists 10,000 photos in several reads, without those in the trash', async () => {
    const name = freshName();
    const store = await openLibrary({ name });
    const db = await raw(name);
    const tx = db.transaction('photos', 'readwrite');
    for (let id = 1; id <= 10_002; id++) {
      const { blob: _blob, credit: _credit, ...told } = fileOf(id);
      const size = { width: id, height: 100, thumbWidth: 1, thumbHeight: 1 };
      const row = { ...told, ...size, id, addedAt: id };
      tx.store.put(id === 5_000 || id === 7 ? { ...row, deletedAt: 5 } : row);
    }
    await tx.done;
    db.close();
    const { ids, aspects } = await store.photos.gallery();
    expect(ids).toHaveLength(10_000);
    expect(ids.slice(4997, 5000)).toEqual(Uint32Array.of(4999, 5001, 5002));
    expect(aspects[4998]).toBeCloseTo(50.01, 4);
    const list = await store.photos.list();
    expect(list.map((photo) => photo.id)).toEqual([...ids]);
    expect(await store.photos.counts()).toEqual({ photos: 10_000, trashed: 2 });
  });
});
