import 'fake-indexeddb/auto';
import { openDB } from 'idb';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { fileOf, freshName, importPhoto, openLibrary, stage } from '../testing/library.ts';
import { PrivateFiles } from '../testing/privateFiles.ts';
import { originalOf } from './storedOriginal.ts';

const text = async (blob: Blob) => [await blob.text(), blob.type];

async function kept(name: string, store: string): Promise<unknown[]> {
  const database = await openDB(name);
  const values = await database.getAll(store);
  database.close();
  return values;
}

/** Keys in `meta`: the probe blob must be deleted. */
async function namesKept(name: string): Promise<string[]> {
  const database = await openDB(name);
  const names = await database.getAllKeys('meta');
  database.close();
  return names as string[];
}

/**
 * Mocks a browser that refuses blobs: it throws at once, or aborts the transaction a moment later.
 */
function refuseBlobs(how: 'at once' | 'later'): void {
  const put = IDBObjectStore.prototype.put;
  vi.spyOn(IDBObjectStore.prototype, 'put').mockImplementation(function (
    this: IDBObjectStore,
    value,
    key,
  ) {
    if (!(value instanceof Blob)) return put.call(this, value, key);
    if (how === 'at once') throw new DOMException('A blob can’t be stored.', 'DataCloneError');
    const request = put.call(this, null, key);
    this.transaction.abort();
    return request;
  });
}

afterEach(() => vi.restoreAllMocks());

describe('originals', () => {
  it.each(['at once', 'later'] as const)(
    'are stored as bytes and read normally if the browser rejects blobs (%s)',
    async (how) => {
      refuseBlobs(how);
      const name = freshName();
      const store = await openLibrary({ name });
      const waiting = await stage(store, 1);
      expect(await text(await store.jobs.original(waiting))).toEqual(['original 1', 'image/jpeg']);
      const photo = await importPhoto(store, 2);
      expect(await text(await store.photos.original(photo))).toEqual(['original 2', 'image/jpeg']);
      const values = (await kept(name, 'originals')) as object[];
      expect(values.map((value) => Object.keys(value))).toEqual(Array(2).fill(['bytes', 'type']));
      expect(await namesKept(name)).toEqual(['library']);
      expect(await store.isFleeting()).toBe(true);
      await store.jobs.dismiss(null);
      await store.trash.add([photo]);
      await store.trash.purge(null);
      expect(await kept(name, 'originals')).toHaveLength(1);
    },
  );

  it('are stored as blobs after a single probe that really writes one', async () => {
    const name = freshName();
    const store = await openLibrary({ name, folder: new PrivateFiles().folder });
    const puts = vi.spyOn(IDBObjectStore.prototype, 'put');
    const probes = () =>
      puts.mock.calls.filter(([value, key]) => value instanceof Blob && typeof key === 'string');
    await store.jobs.stage([fileOf(1), fileOf(2)]);
    await stage(store, 3);
    expect(probes()).toHaveLength(1);
    expect((await kept(name, 'originals'))[0]).toBeInstanceOf(Blob);
    expect(await namesKept(name)).toEqual(['library']);
    expect(await store.isFleeting()).toBe(false);
  });

  it('are undefined for a row that is neither a blob nor bytes', () => {
    const bytes = new ArrayBuffer(2);
    for (const value of [null, 'x', {}, { bytes }, { bytes: 'x', type: '' }, { type: 'x' }]) {
      expect(originalOf(value)).toBeUndefined();
    }
    expect(originalOf({ bytes, type: 'image/png' })).toMatchObject({ size: 2, type: 'image/png' });
  });
});

describe('a window that may not keep data', () => {
  it('is detected by denied access to private files, not by a lack of support for them', async () => {
    const denied = async () => {
      throw new DOMException('no', 'SecurityError');
    };
    expect(await (await openLibrary({ folder: denied })).isFleeting()).toBe(true);
    const none = async () => {
      throw new TypeError('navigator.storage is undefined');
    };
    expect(await (await openLibrary({ folder: none })).isFleeting()).toBe(false);
  });

  it.each(['SecurityError', 'InvalidStateError'])('suggests a normal window: %s', async (name) => {
    vi.spyOn(indexedDB, 'open').mockImplementation(() => {
      throw new DOMException('A mutation operation was attempted.', name);
    });
    await expect(openLibrary()).rejects.toMatchObject({
      code: 'storage-failed',
      message: expect.stringContaining('normal window'),
    });
  });
});
