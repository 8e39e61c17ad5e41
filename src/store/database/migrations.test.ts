import 'fake-indexeddb/auto';
import { openDB } from 'idb';
import { describe, expect, it } from 'vitest';
import { openStore } from '../open.ts';
import { LEDGER_COMPLETE } from '../photos/ledger.ts';
import { foundOf, newFace } from '../testing/faces.ts';
import { freshName, SPACE, vectorOf } from '../testing/library.ts';
import { DATABASE_VERSION, MIGRATIONS, type Migration, migrate } from './migrations.ts';
import { type AkinSchema, STORES } from './schema.ts';

function openAt(name: string, version: number, steps: readonly Migration[] = MIGRATIONS) {
  return openDB(name, version, {
    upgrade: (db, oldVersion, _newVersion, tx) => migrate(db, oldVersion, tx, steps),
  });
}

describe('migrations', () => {
  it('create every store and index of the schema from scratch', async () => {
    const db = await openAt(freshName(), DATABASE_VERSION);
    expect([...db.objectStoreNames].sort()).toEqual([...STORES].sort());
    const tx = db.transaction(['photos', 'jobs', 'faces']);
    expect([...tx.objectStore('faces').indexNames]).toEqual(['byFaceId', 'byPhoto']);
    expect(tx.objectStore('faces').index('byFaceId').unique).toBe(true);
    expect(await tx.objectStore('faces').count()).toBe(0);
    expect([...tx.objectStore('photos').indexNames]).toEqual(['byDeletedAt', 'byHash']);
    expect([...tx.objectStore('jobs').indexNames]).toEqual(['byHash', 'byState']);
    expect(tx.objectStore('photos').index('byHash').unique).toBe(true);
    expect(tx.objectStore('jobs').autoIncrement).toBe(true);
    db.close();
  });

  it('upgrade every older version to the newest', async () => {
    for (let version = 1; version < DATABASE_VERSION; version++) {
      const name = freshName();
      (await openAt(name, version, MIGRATIONS.slice(0, version))).close();
      const db = await openAt(name, DATABASE_VERSION);
      expect([...db.objectStoreNames].sort()).toEqual([...STORES].sort());
      db.close();
    }
  });

  it('drop the regions of photos, which are derived again', async () => {
    const name = freshName();
    const old = await openAt(name, 7, MIGRATIONS.slice(0, 7));
    await old.put('regions', new ArrayBuffer(20), [SPACE.id, 7]);
    await old.put('regionIndexes', { codes: new ArrayBuffer(3) }, SPACE.id);
    await old.put('meta', { space: SPACE.id, regions: true }, LEDGER_COMPLETE);
    await old.put('meta', 'wasm', 'backend');
    await old.put('vectors', vectorOf(7).buffer, [SPACE.id, 7]);
    old.close();
    const db = await openAt(name, DATABASE_VERSION);
    expect(await db.count('regions')).toBe(0);
    expect(await db.count('regionIndexes')).toBe(0);
    expect(await db.count('vectors')).toBe(1);
    expect(await db.getAllKeys('meta')).toEqual(['backend']);
    db.close();
  });

  it('add faces to a library of photos without losing any data', async () => {
    const name = freshName();
    const old = await openAt(name, 1, MIGRATIONS.slice(0, 1));
    const row = {
      id: 7,
      hash: 'a'.repeat(64),
      name: 'a.jpg',
      path: '',
      type: 'image/jpeg',
      bytes: 1,
      width: 3,
      height: 2,
      thumbWidth: 3,
      thumbHeight: 2,
      addedAt: 5,
    };
    const manifest = {
      spaceId: SPACE.id,
      generation: 4,
      segments: [{ id: 1, kind: 'flat', formatVersion: 1, byteLength: 3 }],
      savedAt: 9,
    };
    const before: [string, unknown, IDBValidKey | undefined][] = [
      ['photos', row, undefined],
      ['photos', { ...row, id: 8, hash: 'b'.repeat(64), deletedAt: 6 }, undefined],
      ['originals', new ArrayBuffer(1), 7],
      ['thumbs', new ArrayBuffer(2), 7],
      ['vectors', vectorOf(7).buffer, [SPACE.id, 7]],
      ['delta', true, [SPACE.id, 7]],
      ['tombstones', true, 8],
      ['segments', new ArrayBuffer(3), 1],
      ['manifest', manifest, undefined],
      ['meta', 'wasm', 'backend'],
    ];
    for (const [store, value, key] of before) await old.put(store, value, key);
    const job = await old.add('jobs', { name: 'waits' });
    const kept = new Map<string, unknown>();
    for (const store of old.objectStoreNames) kept.set(store, await old.getAll(store));
    old.close();

    const store = await openStore({ name });
    const db = await openDB<AkinSchema>(name);
    // It gets an id and is otherwise unchanged.
    await db.delete('meta', 'library');
    for (const store of STORES) expect(await db.getAll(store)).toEqual(kept.get(store) ?? []);
    expect(await db.add('jobs', {} as AkinSchema['jobs']['value'])).toBe((job as number) + 1);
    db.close();
    expect(await store.photos.counts()).toEqual({ photos: 1, trashed: 1 });
    const index = await store.indexes.load(SPACE);
    expect(index).toMatchObject({ generation: 4, damage: null, stored: 1 });
    expect([...index.delta.ids]).toEqual([7]);
    expect(await store.faces.unscanned('v1', 0, 9)).toEqual([7]);
    expect(await store.faces.keep(foundOf(7, [newFace(1)]))).not.toBeNull();
    store.close();
  });

  it('add an empty log of items to a library with a log of people', async () => {
    const name = freshName();
    const old = await openAt(name, 4, MIGRATIONS.slice(0, 4));
    await old.put('peopleLog', { id: 3, at: 1, words: [] });
    old.close();
    const store = await openStore({ name });
    expect(await store.itemLog.read()).toEqual([]);
    expect(await store.faces.log()).toEqual([{ id: 3, at: 1, words: [] }]);
    expect(await store.itemLog.append([{ id: 1 }])).toEqual({ outcome: 'appended' });
    expect(await store.faces.append([{ id: 4 }])).toEqual({ outcome: 'appended' });
    store.close();
  });

  it('add queries to a library with items, and keep both', async () => {
    const name = freshName();
    const old = await openAt(name, 7, MIGRATIONS.slice(0, 7));
    await old.put('itemLog', { id: 3, at: 1 });
    old.close();
    const store = await openStore({ name });
    expect(await store.itemLog.read()).toEqual([{ id: 3, at: 1 }]);
    const row = { id: 'a', name: 'Pets', at: 1, terms: [] };
    await store.queries.update(() => ({ put: [row], remove: [], result: null }));
    expect(await store.queries.all()).toEqual([row]);
    store.close();
  });

  it('start face keys above all photo ids, even after everything was cleared', async () => {
    const name = freshName();
    const store = await openStore({ name });
    const add = async (faceId: string) => {
      const db = await openDB<AkinSchema>(name);
      const number = await db.add('faces', { faceId } as AkinSchema['faces']['value']);
      db.close();
      return number;
    };
    expect(await add('a')).toBe(2 ** 31 + 1);
    expect(await add('b')).toBe(2 ** 31 + 2);
    await store.clear();
    const next = await add('a');
    expect(next).toBeGreaterThan(2 ** 31 + 2);
    await store.faces.erase([]);
    expect(await add('a')).toBe(next + 1);
  });

  it('run only the missing steps, in order', async () => {
    const ran: number[] = [];
    const step = (to: number): Migration => ({ to, up: () => void ran.push(to) });
    const name = freshName();
    (await openAt(name, 1, [step(1)])).close();
    (await openAt(name, 3, [step(1), step(2), step(3)])).close();
    expect(ran).toEqual([1, 2, 3]);
  });

  it('reject a list with a gap, a duplicate or a wrong start, and leave nothing behind', async () => {
    const step = (to: number): Migration => ({
      to,
      up: (db) => void db.createObjectStore(`s${to}`),
    });
    for (const numbers of [[1, 3], [1, 1], [2]]) {
      const name = freshName();
      await expect(openAt(name, numbers.length, numbers.map(step))).rejects.toThrow();
      const probe = await openDB(name);
      expect([...probe.objectStoreNames]).toEqual([]);
      probe.close();
    }
  });
});
