import 'fake-indexeddb/auto';
import { deleteDB, openDB } from 'idb';
import { describe, expect, it, vi } from 'vitest';
import type { PhotoId } from '../../protocol/index.ts';
import { openStore, type Store } from '../open.ts';
import { fileOf, freshName, openLibrary } from '../testing/library.ts';
import { DATABASE_VERSION } from './migrations.ts';
import { STORES } from './schema.ts';

/** Enqueues the files 1 to `count`. */
async function stage(store: Store, count: number): Promise<PhotoId[]> {
  const files = Array.from({ length: count }, (_, i) => fileOf(i + 1));
  return (await store.jobs.stage(files)).map(({ id }) => id);
}

/** Opens the database as a foreign script would. */
async function rawly(
  name: string,
  work: (db: Awaited<ReturnType<typeof openDB>>) => Promise<void>,
) {
  const db = await openDB(name, DATABASE_VERSION);
  await work(db);
  db.close();
}

describe('a library id', () => {
  it('is assigned once and shared by all connections, opened at once or later', async () => {
    const name = freshName();
    const stores = await Promise.all([1, 2, 3].map(() => openStore({ name })));
    const ids = new Set(await Promise.all(stores.map((store) => store.verify())));
    expect(ids.size).toBe(1);
    expect([...ids][0]).toMatch(/^[0-9a-f-]{36}$/);
    for (const store of stores) store.close();
    expect(await (await openStore({ name })).verify()).toBe([...ids][0]);
  });

  it('is added to a library from before ids existed, without reporting a loss', async () => {
    const name = freshName();
    const store = await openStore({ name });
    const [job] = await stage(store, 1);
    await rawly(name, (db) => db.delete('meta', 'library'));
    store.close();
    const onLost = vi.fn();
    const again = await openStore({ name, onLost });
    expect(await again.verify()).toMatch(/^[0-9a-f-]{36}$/);
    expect((await again.jobs.next(9)).map(({ id }) => id)).toEqual([job]);
    expect(onLost).not.toHaveBeenCalled();
  });

  it('survives deleting everything', async () => {
    const store = await openLibrary();
    const id = await store.verify();
    expect(await store.isEmpty()).toBe(true);
    await stage(store, 1);
    expect(await store.isEmpty()).toBe(false);
    await store.clear();
    expect(await store.verify()).toBe(id);
    expect(await store.isEmpty()).toBe(true);
  });
});

describe('deleting everything in a library', () => {
  it('keeps the library id and continues the photo ids for every connection', async () => {
    const name = freshName();
    const hooks = { onLost: vi.fn(), onTerminated: vi.fn() };
    const one = await openStore({ name });
    const two = await openStore({ name, ...hooks });
    const id = await one.verify();
    const [last] = (await stage(one, 3)).slice(-1);
    await two.meta.set('backend', 'wasm');
    // Work started by the other tab finishes before, or finds nothing left.
    const [, counts] = await Promise.all([one.clear(), two.jobs.counts()]);
    expect([0, 3]).toContain(counts.queued);
    for (const store of [one, two]) {
      expect(await store.verify()).toBe(id);
      expect(await store.isEmpty()).toBe(true);
      expect(await store.meta.get('backend')).toBeUndefined();
    }
    const [next] = await stage(two, 1);
    expect(next).toBeGreaterThan(last!);
    expect(await one.jobs.waiting()).toHaveLength(1);
    expect(hooks.onLost).not.toHaveBeenCalled();
    expect(hooks.onTerminated).not.toHaveBeenCalled();
  });

  it('works for two concurrent deletions, and repeatedly', async () => {
    const name = freshName();
    const stores = await Promise.all([1, 2].map(() => openStore({ name })));
    const id = await stores[0]!.verify();
    let before = 0;
    for (let time = 0; time < 3; time++) {
      const [photo] = await stage(stores[time % 2]!, 1);
      expect(photo).toBeGreaterThan(before);
      before = photo!;
      await Promise.all(stores.map((store) => store.clear()));
      for (const store of stores) expect(await store.verify()).toBe(id);
    }
    expect(await stores[0]!.isEmpty()).toBe(true);
  });

  it('reports that another connection blocks it and finishes when that closes', async () => {
    const name = freshName();
    const onBlocked = vi.fn();
    const store = await openStore({ name, onBlocked });
    await stage(store, 1);
    const stubborn = await openDB(name, DATABASE_VERSION);
    const clearing = store.clear();
    await vi.waitFor(() => expect(onBlocked).toHaveBeenCalledOnce());
    expect(onBlocked.mock.calls[0]?.[0]).toMatchObject({ code: 'storage-blocked' });
    stubborn.close();
    await clearing;
    expect(await store.isEmpty()).toBe(true);
  });

  it('changes nothing if the browser refuses', async () => {
    const store = await openLibrary();
    await stage(store, 2);
    vi.spyOn(indexedDB, 'deleteDatabase').mockImplementationOnce(() => {
      throw new DOMException('denied', 'SecurityError');
    });
    await expect(store.clear()).rejects.toMatchObject({ code: 'storage-failed' });
    expect(await store.jobs.waiting()).toHaveLength(2);
  });
});

describe('a lost library', () => {
  it('is noticed once by every connection if its stores are emptied under them', async () => {
    const name = freshName();
    const lost = [vi.fn(), vi.fn()];
    const [one, two] = await Promise.all(lost.map((onLost) => openStore({ name, onLost })));
    const was = await one!.verify();
    await rawly(name, async (db) => {
      for (const store of STORES) await db.clear(store);
    });
    await expect(one!.verify()).rejects.toMatchObject({ code: 'storage-lost' });
    await expect(two!.verify()).rejects.toMatchObject({ code: 'storage-lost' });
    await expect(one!.photos.list()).rejects.toMatchObject({ code: 'storage-lost' });
    const now = await (await openStore({ name })).verify();
    for (const onLost of lost) {
      expect(onLost).toHaveBeenCalledOnce();
      expect(onLost.mock.calls[0]?.slice(1)).toEqual([was, now]);
    }
  });

  it('never has its ids reused: the next photos, faces and generations continue above them', async () => {
    const name = freshName();
    const onLost = vi.fn();
    const store = await openStore({ name });
    const ids = await stage(store, 5);
    await rawly(name, (db) => db.put('faces', { id: 2 ** 31 + 7 }).then(() => {}));
    await rawly(name, (db) =>
      db.put('manifest', { spaceId: 's', generation: 40, segments: [], savedAt: 1 }).then(() => {}),
    );
    store.close();
    const tab = await openStore({ name, onLost });
    await deleteDB(name);
    await vi.waitFor(() => expect(onLost).toHaveBeenCalledOnce());
    const next = await openStore({ name });
    const [first] = await stage(next, 1);
    expect(first).toBeGreaterThan(Math.max(...ids) + 1_000);
    await rawly(name, async (db) => {
      expect(await db.add('faces', { faceId: 'x' })).toBeGreaterThan(2 ** 31 + 7 + 1_000);
      expect(await db.get('meta', 'first-generation')).toBeGreaterThan(40);
      expect(await db.count('jobs')).toBe(1);
    });
    await expect(tab.jobs.counts()).rejects.toMatchObject({ code: 'storage-lost' });
  });

  it('never has its ids reused later either, even if the next library was opened while empty', async () => {
    const name = freshName();
    let photo = 0;
    for (let time = 0; time < 3; time++) {
      const tab = await openStore({ name, onLost: () => {} });
      await tab.verify();
      const [next] = await stage(tab, 1);
      expect(next).toBeGreaterThan(photo);
      photo = next!;
      await deleteDB(name);
      await expect(tab.verify()).rejects.toMatchObject({ code: 'storage-lost' });
    }
    const [first] = await stage(await openStore({ name }), 1);
    expect(first).toBeGreaterThan(photo);
  });
});

it('lists the files queued in a lost library, except those added again', async () => {
  const before = await openLibrary();
  await stage(before, 3);
  const waiting = await before.jobs.waiting();
  expect(waiting).toHaveLength(3);
  const store = await openLibrary();
  const [again] = await stage(store, 1);
  await store.jobs.listLost(waiting);
  // Like another tab that also had them queued.
  await store.jobs.listLost(waiting);
  const failures = await store.jobs.failures();
  expect(failures.map(({ name, code }) => [name, code])).toEqual(
    waiting.slice(1).map(({ name }) => [name, 'storage-lost']),
  );
  // Adding the same file again clears its failure.
  await stage(store, 3);
  expect(await store.jobs.failures()).toEqual([]);
  expect((await store.jobs.waiting()).map(({ id }) => id)).toContain(again);
});
