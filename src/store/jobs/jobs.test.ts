import 'fake-indexeddb/auto';
import { describe, expect, it } from 'vitest';
import { fileOf, freshName, importPhoto, keepOf, openLibrary, stage } from '../testing/library.ts';

const REFUSED = {
  name: 'notes.jpg',
  path: '',
  bytes: 12,
  type: '',
  code: 'unsupported-format',
  message: 'This is no picture.',
} as const;

describe('enqueuing files', () => {
  it('stores their bytes and metadata and assigns ids in order', async () => {
    const store = await openLibrary();
    const credit = { by: 'Ada', licence: 'MIT', source: 'here' };
    const staged = await store.jobs.stage([fileOf(1), { ...fileOf(2), credit }], 1000);
    expect(staged).toEqual([
      { outcome: 'queued', id: 1 },
      { outcome: 'queued', id: 2 },
    ]);
    expect(await store.jobs.next(10)).toEqual([
      expect.objectContaining({ id: 1, name: 'photo 1.jpg', state: 'queued', attempts: 0 }),
      expect.objectContaining({ id: 2, credit, addedAt: 1000, stored: true }),
    ]);
    expect(await (await store.jobs.original(2)).text()).toBe('original 2');
    expect(await store.jobs.counts()).toEqual({ queued: 2, failed: 0 });
  });

  it('recognizes duplicates in the batch, in the queue and in the library', async () => {
    const store = await openLibrary();
    const twin = { ...fileOf(1), name: 'copy.jpg' };
    const first = await store.jobs.stage([fileOf(1), twin]);
    expect(first.map((file) => file.outcome)).toEqual(['queued', 'waiting']);
    expect(first[1]?.id).toBe(first[0]?.id);
    expect(await store.jobs.stage([twin])).toEqual([{ outcome: 'waiting', id: 1 }]);
    await store.photos.keep(keepOf(1));
    expect(await store.jobs.stage([twin])).toEqual([{ outcome: 'duplicate', id: 1 }]);
    expect(await store.jobs.counts()).toEqual({ queued: 0, failed: 0 });
  });

  it('accepts a file once if two tabs add it at the same time', async () => {
    const name = freshName();
    const [one, two] = await Promise.all([openLibrary({ name }), openLibrary({ name })]);
    const [first, second] = await Promise.all([
      one.jobs.stage([fileOf(1), fileOf(2)]),
      two.jobs.stage([fileOf(2), fileOf(3)]),
    ]);
    expect([...first, ...second].map((file) => file.outcome)).toEqual([
      'queued',
      'queued',
      'waiting',
      'queued',
    ]);
    expect(second[0]?.id).toBe(first[1]?.id);
    expect(await one.jobs.counts()).toEqual({ queued: 3, failed: 0 });
  });

  it('restores a trashed photo instead of importing it again', async () => {
    const store = await openLibrary();
    const id = await importPhoto(store, 1);
    await store.trash.add([id]);
    expect(await store.jobs.stage([fileOf(1)])).toEqual([{ outcome: 'restored', id }]);
    expect(await store.photos.counts()).toEqual({ photos: 1, trashed: 0 });
    expect((await store.photos.get(id)).deletedAt).toBeUndefined();
  });

  it('treats a permanently deleted photo as new', async () => {
    const store = await openLibrary();
    const id = await importPhoto(store, 1);
    await store.trash.add([id]);
    await store.trash.purge(null);
    const [again] = await store.jobs.stage([fileOf(1)]);
    expect(again?.outcome).toBe('queued');
    expect(again?.id).toBeGreaterThan(id);
    expect(await store.photos.keep(keepOf(again?.id ?? 0))).toBe('imported');
  });

  it('requeues a failed file under its old id when it is added again', async () => {
    const store = await openLibrary();
    const id = await stage(store, 1);
    await store.jobs.begin([id]);
    await store.jobs.fail(id, { code: 'damaged-picture', message: 'Cut off.' });
    expect(await store.jobs.stage([fileOf(1)])).toEqual([{ outcome: 'queued', id }]);
    expect(await store.jobs.next(9)).toEqual([expect.objectContaining({ id, attempts: 0 })]);
    expect(await store.jobs.failures()).toEqual([]);
  });

  it('stores the bytes of a file that was rejected before and now is accepted', async () => {
    const store = await openLibrary();
    const { hash } = fileOf(1);
    const [id] = await store.jobs.stageFailed([{ ...REFUSED, hash }]);
    expect(await store.jobs.stage([fileOf(1)])).toEqual([{ outcome: 'queued', id }]);
    expect(await (await store.jobs.original(id ?? 0)).text()).toBe('original 1');
  });

  it('never reuses an id, even after everything was cleared', async () => {
    const store = await openLibrary();
    const before = await stage(store, 1);
    await store.jobs.cancelQueued();
    const between = await stage(store, 1);
    await store.clear();
    const after = await stage(store, 1);
    expect(new Set([before, between, after]).size).toBe(3);
    expect(after).toBeGreaterThan(between);
  });
});

describe('processing the queue', () => {
  it('returns queued files after an id, up to a limit', async () => {
    const store = await openLibrary();
    await store.jobs.stage([1, 2, 3, 4, 5].map(fileOf));
    await store.jobs.fail(2, { code: 'damaged-picture', message: 'x' });
    expect((await store.jobs.next(2)).map((job) => job.id)).toEqual([1, 3]);
    expect((await store.jobs.next(9, 3)).map((job) => job.id)).toEqual([4, 5]);
    expect(await store.jobs.next(9, 5)).toEqual([]);
  });

  it('doesn’t count attempts that were released', async () => {
    const store = await openLibrary();
    await store.jobs.stage([fileOf(1), fileOf(2)]);
    await store.jobs.begin([1, 2]);
    await store.jobs.release([1, 77]);
    expect((await store.jobs.next(9)).map((job) => job.attempts)).toEqual([0, 1]);
  });

  it('fails many files for one reason, and skips those that are gone', async () => {
    const store = await openLibrary();
    await store.jobs.stage([fileOf(1), fileOf(2), fileOf(3)]);
    await store.jobs.failAll([3, 1, 77], { code: 'unreadable-file', message: 'It is gone.' });
    expect((await store.jobs.failures()).map(({ id, message }) => [id, message])).toEqual([
      [1, 'It is gone.'],
      [3, 'It is gone.'],
    ]);
    expect(await store.jobs.counts()).toEqual({ queued: 1, failed: 2 });
  });

  it('counts attempts, and skips files that failed or were canceled meanwhile', async () => {
    const store = await openLibrary();
    await store.jobs.stage([fileOf(1), fileOf(2)]);
    await store.jobs.begin([1, 2]);
    await store.jobs.fail(2, { code: 'internal', message: 'x' });
    const begun = await store.jobs.begin([1, 2, 77]);
    expect(begun).toEqual([expect.objectContaining({ id: 1, attempts: 2 })]);
    expect((await store.jobs.next(9))[0]?.attempts).toBe(2);
  });

  it('cancels queued files with their bytes, and nothing else', async () => {
    const store = await openLibrary();
    await importPhoto(store, 1);
    await store.jobs.stage([2, 3, 4, 5].map(fileOf));
    await store.jobs.fail(3, { code: 'damaged-picture', message: 'x' });
    expect(await store.jobs.cancelQueued()).toEqual([2, 4, 5]);
    expect(await store.jobs.counts()).toEqual({ queued: 0, failed: 1 });
    await expect(store.jobs.original(4)).rejects.toMatchObject({ code: 'not-found' });
    expect(await (await store.jobs.original(3)).text()).toBe('original 3');
    expect(await (await store.photos.original(1)).text()).toBe('original 1');
    expect(await store.jobs.fail(4, { code: 'internal', message: 'late' })).toBe(false);
  });

  it('skips a malformed row', async () => {
    const name = freshName();
    const store = await openLibrary({ name });
    await store.jobs.stage([fileOf(1), fileOf(2)]);
    const request = indexedDB.open(name);
    await new Promise<void>((resolve) => {
      request.onsuccess = () => {
        const tx = request.result.transaction('jobs', 'readwrite');
        tx.objectStore('jobs').put({ id: 1, state: 'queued', name: 5 });
        tx.oncomplete = () => resolve();
      };
    });
    expect((await store.jobs.next(9)).map((job) => job.id)).toEqual([2]);
    expect((await store.jobs.begin([1, 2])).map((job) => job.id)).toEqual([2]);
    expect(await store.photos.keep(keepOf(1))).toBe('gone');
  });
});

describe('failed files', () => {
  it('are listed with their reasons, once for a file rejected twice', async () => {
    const store = await openLibrary();
    const { hash } = fileOf(1);
    const ids = await store.jobs.stageFailed([REFUSED, { ...REFUSED, hash }], 500);
    const again = await store.jobs.stageFailed([{ ...REFUSED, hash }], 900);
    expect(again).toEqual([ids[1]]);
    expect(await store.jobs.failures()).toEqual([
      expect.objectContaining({ id: ids[0], code: 'unsupported-format', failedAt: 500 }),
      expect.objectContaining({ id: ids[1], message: 'This is no picture.', failedAt: 900 }),
    ]);
  });

  it('are retried if their bytes are stored, and otherwise reported as lacking them', async () => {
    const store = await openLibrary();
    const [lacking] = await store.jobs.stageFailed([REFUSED]);
    const id = await stage(store, 1);
    const waiting = await stage(store, 2);
    await store.jobs.begin([id]);
    await store.jobs.fail(id, { code: 'device-lost', message: 'x' });
    expect(await store.jobs.retry([id, waiting, 99])).toEqual({ queued: [id], lacking: [] });
    await store.jobs.fail(id, { code: 'device-lost', message: 'x' });
    expect(await store.jobs.retry(null)).toEqual({ queued: [id], lacking: [lacking] });
    const [job] = await store.jobs.next(1);
    expect(job).toMatchObject({ id, attempts: 0, state: 'queued' });
    expect(job).not.toHaveProperty('code');
    expect(await store.photos.keep(keepOf(id))).toBe('imported');
  });

  it('can be dismissed with their bytes, unlike queued files', async () => {
    const store = await openLibrary();
    await store.jobs.stage([1, 2, 3, 4].map(fileOf));
    for (const id of [1, 2, 3]) await store.jobs.fail(id, { code: 'internal', message: 'x' });
    expect(await store.jobs.dismiss([1, 4])).toEqual([1]);
    expect(await store.jobs.dismiss(null)).toEqual([2, 3]);
    await expect(store.jobs.original(2)).rejects.toMatchObject({ code: 'not-found' });
    expect(await store.jobs.counts()).toEqual({ queued: 1, failed: 0 });
    expect(await (await store.jobs.original(4)).text()).toBe('original 4');
  });
});
