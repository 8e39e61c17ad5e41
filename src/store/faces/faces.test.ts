import 'fake-indexeddb/auto';
import { openDB } from 'idb';
import { describe, expect, it } from 'vitest';
import type { AkinSchema } from '../database/schema.ts';
import { dump, foundOf, importWithFaces, moved, newFace } from '../testing/faces.ts';
import { freshName, importPhoto, openLibrary } from '../testing/library.ts';

describe('manually added faces', () => {
  it('are added to the others and survive scans that miss them', async () => {
    const name = freshName();
    const store = await openLibrary({ name });
    const { photo, faces } = await importWithFaces(store, 1, 1);
    const drawn = await store.faces.draw(photo, newFace(19));
    expect(drawn).toMatchObject({ added: [{ faceId: 'face 19' }], removed: [] });
    expect((await dump(name)).get('faceScans')).toMatchObject([[`${photo}`, { faces: 1 }]]);
    const kept = await store.faces.keep(foundOf(photo, []));
    expect(kept?.removed).toEqual(faces);
    expect(await store.faces.ofPhoto(photo)).toMatchObject([{ faceId: 'face 19', drawn: true }]);
    // Found on a later scan, then missed again.
    await store.faces.keep(foundOf(photo, [newFace(19, { faceId: 'found' })]));
    await store.faces.keep(foundOf(photo, []));
    expect(await store.faces.ofPhoto(photo)).toMatchObject([{ faceId: 'face 19', drawn: true }]);
  });

  it('are merged with an existing face at the same place', async () => {
    const store = await openLibrary();
    const { photo, faces } = await importWithFaces(store, 1, 2);
    const box = moved(10, 0.01);
    const kept = await store.faces.draw(photo, newFace(10, { faceId: 'mine', box }));
    expect(kept).toEqual({ added: [], removed: [], inTrash: false });
    expect(await store.faces.ofPhoto(photo)).toMatchObject([
      { id: faces[0], faceId: 'face 10', box, drawn: true },
      { id: faces[1], faceId: 'face 11' },
    ]);
  });
});

describe('reading faces', () => {
  it('lists those in the gallery as columns, without malformed rows', async () => {
    const name = freshName();
    const store = await openLibrary({ name });
    const one = await importWithFaces(store, 1, 2);
    const two = await importWithFaces(store, 2, 1);
    const three = await importWithFaces(store, 3, 2);
    await store.trash.add([two.photo]);
    const db = await openDB<AkinSchema>(name);
    const row = (await db.get('faces', three.faces[0]!))!;
    await db.put('faces', { ...row, score: Number.NaN });
    db.close();
    const list = await store.faces.list();
    const ids = [...one.faces, three.faces[1]!];
    expect(list).toEqual({
      ids: Uint32Array.from(ids),
      photoIds: Uint32Array.of(one.photo, one.photo, three.photo),
      faceIds: ['face 10', 'face 11', 'face 31'],
      good: Uint8Array.of(0, 1, 1),
      sizePx: Float32Array.of(110, 111, 131),
    });
    expect(await store.faces.counts()).toEqual({ faces: 4, trashed: 1 });
    expect(await store.faces.keysOf([two.photo, one.photo, 99])).toEqual([
      ...one.faces,
      ...two.faces,
    ]);
  });

  it('lists 11,000 faces in several reads that end with malformed rows', async () => {
    const name = freshName();
    const store = await openLibrary({ name });
    const db = await openDB<AkinSchema>(name);
    const tx = db.transaction('faces', 'readwrite');
    const { vector: _vector, chip: _chip, ...told } = newFace(1);
    for (let i = 1; i <= 11_000; i++) {
      const row = { ...told, id: 2 ** 31 + i, photoId: 1 + (i % 100), faceId: `f${i}` };
      tx.store.put(i % 5_000 === 0 ? { ...row, points: [] } : row);
    }
    await tx.done;
    db.close();
    const { ids, faceIds } = await store.faces.list();
    expect(ids).toHaveLength(10_998);
    expect(ids[4_999]).toBe(2 ** 31 + 5_001);
    expect(faceIds.at(-1)).toBe('f11000');
  });

  it('reports which photos in the gallery are still unscanned', async () => {
    const store = await openLibrary();
    for (let n = 1; n <= 6; n++) await importPhoto(store, n);
    await store.faces.keep(foundOf(2, []));
    await store.faces.keep(foundOf(4, [newFace(4)]));
    await store.faces.keep(foundOf(5, [], 'v0'));
    await store.trash.add([3]);
    expect(await store.faces.unscanned('v1', 0, 9)).toEqual([1, 5, 6]);
    expect(await store.faces.unscanned('v1', 0, 2)).toEqual([1, 5]);
    expect(await store.faces.unscanned('v1', 1, 2)).toEqual([5, 6]);
    expect(await store.faces.unscanned('v1', 6, 2)).toEqual([]);
    expect(await store.faces.scanCounts('v1')).toEqual({ scanned: 2, failed: 0, photos: 5 });
    expect(await store.faces.scanCounts('v0')).toEqual({ scanned: 1, failed: 0, photos: 5 });
  });
});
