import 'fake-indexeddb/auto';
import { openDB } from 'idb';
import { describe, expect, it } from 'vitest';
import { DATABASE_VERSION, MIGRATIONS, type Migration, migrate } from './migrations.ts';
import { STORES } from './schema.ts';
import { freshName } from './testing/library.ts';

function openAt(name: string, version: number, steps: readonly Migration[] = MIGRATIONS) {
  return openDB(name, version, {
    upgrade: (db, oldVersion, _newVersion, tx) => migrate(db, oldVersion, tx, steps),
  });
}

describe('migrations', () => {
  it('makes every store and index of the schema out of nothing', async () => {
    const db = await openAt(freshName(), DATABASE_VERSION);
    expect([...db.objectStoreNames].sort()).toEqual([...STORES].sort());
    const tx = db.transaction(['photos', 'jobs']);
    expect([...tx.objectStore('photos').indexNames]).toEqual(['byDeletedAt', 'byHash']);
    expect([...tx.objectStore('jobs').indexNames]).toEqual(['byHash', 'byState']);
    expect(tx.objectStore('photos').index('byHash').unique).toBe(true);
    expect(tx.objectStore('jobs').autoIncrement).toBe(true);
    db.close();
  });

  it('takes every older version to the newest', async () => {
    for (let version = 1; version < DATABASE_VERSION; version++) {
      const name = freshName();
      (await openAt(name, version, MIGRATIONS.slice(0, version))).close();
      const db = await openAt(name, DATABASE_VERSION);
      expect([...db.objectStoreNames].sort()).toEqual([...STORES].sort());
      db.close();
    }
  });

  it('runs only the steps that are missing, in order', async () => {
    const ran: number[] = [];
    const step = (to: number): Migration => ({ to, up: () => void ran.push(to) });
    const name = freshName();
    (await openAt(name, 1, [step(1)])).close();
    (await openAt(name, 3, [step(1), step(2), step(3)])).close();
    expect(ran).toEqual([1, 2, 3]);
  });

  it('refuses a list with a gap, a repeat or a wrong start, and leaves nothing behind', async () => {
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
