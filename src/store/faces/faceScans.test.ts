import 'fake-indexeddb/auto';
import { describe, expect, it } from 'vitest';
import { dump, foundOf, newFace } from '../testing/faces.ts';
import { freshName, importPhoto, openLibrary } from '../testing/library.ts';

async function library(photos: number) {
  const name = freshName();
  const store = await openLibrary({ name });
  for (let n = 1; n <= photos; n++) await importPhoto(store, n);
  return { name, store };
}

describe('photos whose face scan failed', () => {
  it('count as scanned and as failed', async () => {
    const { store } = await library(4);
    await store.faces.keep(foundOf(1, [newFace(1)]));
    await store.faces.fail(2, 'v1', 'internal');
    await store.faces.fail(3, 'v0', 'internal');
    expect(await store.faces.scanCounts('v1')).toEqual({ scanned: 2, failed: 1, photos: 4 });
    expect(await store.faces.unscanned('v1', 0, 9)).toEqual([3, 4]);
    await store.trash.add([2]);
    expect(await store.faces.scanCounts('v1')).toEqual({ scanned: 1, failed: 0, photos: 3 });
  });

  it('keep their existing faces', async () => {
    const { store } = await library(1);
    await store.faces.keep(foundOf(1, [newFace(1)], 'v0'));
    const before = await store.faces.ofPhoto(1);
    await store.faces.fail(1, 'v1', 'worker-died');
    expect(await store.faces.ofPhoto(1)).toEqual(before);
  });

  it('are not recorded if they don’t exist', async () => {
    const { name, store } = await library(1);
    await store.faces.fail(9, 'v1', 'internal');
    expect((await dump(name)).get('faceScans')).toEqual([]);
  });

  it('can be cleared for a rescan without affecting other photos', async () => {
    const { name, store } = await library(4);
    await store.faces.keep(foundOf(1, []));
    for (const id of [2, 4]) await store.faces.fail(id, 'v1', 'internal');
    await store.faces.fail(3, 'v0', 'internal');
    await store.faces.forgetFailures();
    expect((await dump(name)).get('faceScans')).toHaveLength(1);
    expect(await store.faces.unscanned('v1', 0, 9)).toEqual([2, 3, 4]);
    await store.faces.keep(foundOf(2, []));
    expect(await store.faces.scanCounts('v1')).toEqual({ scanned: 2, failed: 0, photos: 4 });
  });
});
