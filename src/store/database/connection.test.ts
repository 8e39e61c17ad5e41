import 'fake-indexeddb/auto';
import { forceCloseDatabase } from 'fake-indexeddb';
import { deleteDB, openDB, unwrap } from 'idb';
import { describe, expect, it, vi } from 'vitest';
import { AkinError } from '../../base/errors.ts';
import { openStore } from '../open.ts';
import { freshName, openLibrary, stage } from '../testing/library.ts';
import { Connection } from './connection.ts';
import { toStorageError } from './errors.ts';
import { DATABASE_VERSION, MIGRATIONS, type Migration } from './migrations.ts';

describe('opening a library', () => {
  it('works twice at once and shares the stored data', async () => {
    const name = freshName();
    const [one, two] = await Promise.all([openStore({ name }), openStore({ name })]);
    await one.meta.set('backend', 'wasm');
    expect(await two.meta.get('backend')).toBe('wasm');
    await two.meta.remove('backend');
    expect(await one.meta.get('backend')).toBeUndefined();
  });

  it('reports too-new for a library of a newer version', async () => {
    const name = freshName();
    (await openDB(name, DATABASE_VERSION + 1)).close();
    await expect(openStore({ name })).rejects.toMatchObject({ code: 'too-new' });
  });

  it('closes for a newer version and then reports storage-closed', async () => {
    const name = freshName();
    const onBlocking = vi.fn();
    const store = await openStore({ name, onBlocking });
    const newer = await openDB(name, DATABASE_VERSION + 1);
    expect(onBlocking).toHaveBeenCalledOnce();
    expect(onBlocking.mock.calls[0]?.[0]).toMatchObject({ code: 'storage-closed' });
    await expect(store.meta.get('x')).rejects.toMatchObject({ code: 'storage-closed' });
    newer.close();
  });

  it('closes when the library is deleted externally, and reports the new library in its place', async () => {
    const name = freshName();
    const onLost = vi.fn();
    const store = await openStore({ name, onLost });
    const was = await store.verify();
    await deleteDB(name);
    await vi.waitFor(() => expect(onLost).toHaveBeenCalledOnce());
    await expect(store.meta.get('x')).rejects.toMatchObject({ code: 'storage-lost' });
    const now = await (await openStore({ name })).verify();
    expect(onLost.mock.calls[0]?.slice(1)).toEqual([was, now]);
  });

  it('reports that another tab holds an older version, and waits for it', async () => {
    const name = freshName();
    // A tab that doesn't close its connection by itself.
    const stubborn = await openDB(name, DATABASE_VERSION);
    const onBlocked = vi.fn();
    const next: Migration = { to: DATABASE_VERSION + 1, up: () => undefined };
    const connection = new Connection({ onBlocked }, name, [...MIGRATIONS, next]);
    const opening = connection.database();
    await vi.waitFor(() => expect(onBlocked).toHaveBeenCalledOnce());
    expect(onBlocked.mock.calls[0]?.[0]).toMatchObject({ code: 'storage-blocked' });
    stubborn.close();
    expect((await opening).version).toBe(DATABASE_VERSION + 1);
  });

  it('reconnects after the browser closed the connection', async () => {
    const onTerminated = vi.fn();
    const onOpened = vi.fn();
    const connection = new Connection({ onTerminated, onOpened }, freshName());
    const db = await connection.database();
    await connection.run(['meta'], 'readwrite', (tx) => tx.objectStore('meta').put(1, 'x'));
    forceCloseDatabase(unwrap(db) as unknown as Parameters<typeof forceCloseDatabase>[0]);
    await vi.waitFor(() => expect(onTerminated).toHaveBeenCalledOnce());
    const value = await connection.run(['meta'], 'readonly', (tx) =>
      tx.objectStore('meta').get('x'),
    );
    expect(value).toBe(1);
    expect(onOpened).toHaveBeenCalledTimes(2);
  });

  it('reconnects if the connection is already closed without an event', async () => {
    const connection = new Connection({}, freshName());
    (await connection.database()).close();
    await connection.run(['meta'], 'readwrite', (tx) => tx.objectStore('meta').put(2, 'x'));
    const value = await connection.run(['meta'], 'readonly', (tx) =>
      tx.objectStore('meta').get('x'),
    );
    expect(value).toBe(2);
  });

  it('can be retried after a failure', async () => {
    const connection = new Connection({}, freshName());
    const open = vi.spyOn(indexedDB, 'open').mockImplementationOnce(() => {
      throw new DOMException('denied', 'SecurityError');
    });
    await expect(connection.database()).rejects.toMatchObject({ code: 'storage-failed' });
    open.mockRestore();
    expect((await connection.database()).version).toBe(DATABASE_VERSION);
  });

  it('is final once closed, even while still opening', async () => {
    const store = await openLibrary();
    store.close();
    await expect(stage(store, 1)).rejects.toMatchObject({ code: 'storage-closed' });

    const connection = new Connection({}, freshName());
    const opening = connection.database();
    connection.close();
    await expect(opening).rejects.toMatchObject({ code: 'storage-closed' });
  });
});

describe('a transaction', () => {
  it('is rolled back by any exception in it', async () => {
    const connection = new Connection({}, freshName());
    const failing = connection.run(['meta'], 'readwrite', async (tx) => {
      await tx.objectStore('meta').put(1, 'x');
      throw new AkinError('bad-vector', 'no');
    });
    await expect(failing).rejects.toMatchObject({ code: 'bad-vector' });
    const value = await connection.run(['meta'], 'readonly', (tx) =>
      tx.objectStore('meta').get('x'),
    );
    expect(value).toBeUndefined();
  });

  it('reports storage-failed when the browser aborts it', async () => {
    const connection = new Connection({}, freshName());
    const failing = connection.run(['meta'], 'readwrite', async (tx) => {
      const put = tx.objectStore('meta').put(1, 'x');
      tx.abort();
      await put;
    });
    await expect(failing).rejects.toMatchObject({ code: 'storage-failed' });
  });
});

describe('toStorageError', () => {
  it.each([
    [new DOMException('', 'QuotaExceededError'), 'quota-exceeded'],
    [new DOMException('Encountered full disk while opening', 'UnknownError'), 'quota-exceeded'],
    [new DOMException('aborted: quota was exceeded', 'AbortError'), 'quota-exceeded'],
    [new DOMException('', 'VersionError'), 'too-new'],
    [new DOMException('', 'InvalidStateError'), 'storage-closed'],
    [new DOMException('', 'AbortError'), 'storage-failed'],
    [new DOMException('', 'SecurityError'), 'storage-failed'],
    [new ReferenceError('indexedDB is not defined'), 'storage-failed'],
    [new DOMException('Internal error', 'UnknownError'), 'storage-failed'],
    ['nonsense', 'storage-failed'],
    [new AkinError('aborted', 'Stopped.'), 'aborted'],
  ])('maps %s to %s', (thrown, code) => {
    const error = toStorageError(thrown);
    expect(error.code).toBe(code);
    expect(error.message).not.toBe('');
  });
});
