import 'fake-indexeddb/auto';
import { openDB } from 'idb';
import { afterEach, describe, expect, it, vi } from 'vitest';
import type { AkinSchema } from '../database/schema.ts';
import {
  dump,
  FACES,
  faceVector,
  foundOf,
  importWithFaces,
  keysIn,
  moved,
  newFace,
} from '../testing/faces.ts';
import { freshName, importPhoto, keepOf, openLibrary, SPACE, stage } from '../testing/library.ts';
import { isFaceKey } from './faceRows.ts';

afterEach(() => {
  vi.restoreAllMocks();
});

describe('saving the faces of a photo', () => {
  it('writes rows, chips, vectors, delta marks and the scan record', async () => {
    const name = freshName();
    const store = await openLibrary({ name });
    const photo = await importPhoto(store, 1);
    const kept = await store.faces.keep({
      ...foundOf(photo, [newFace(1), newFace(2)]),
      leftOut: 3,
    });
    const ids = kept?.added.map(({ id }) => id) ?? [];
    expect(ids.every(isFaceKey)).toBe(true);
    expect(kept).toEqual({
      added: [1, 2].map((n, i) => ({
        id: ids[i],
        faceId: `face ${n}`,
        spaceId: FACES.id,
        vector: faceVector(n),
      })),
      removed: [],
      inTrash: false,
    });
    const rows = [1, 2].map((n, i) => {
      const { vector: _vector, chip: _chip, ...told } = newFace(n);
      return { ...told, id: ids[i], photoId: photo };
    });
    expect(await store.faces.ofPhoto(photo)).toEqual(rows);
    expect(await store.faces.get([ids[1]!, 99, ids[0]!])).toEqual(rows.reverse());
    const chips = await store.faces.chips([ids[1]!, 99, ids[0]!]);
    expect(chips.map(({ id, image }) => [id, ...new Uint8Array(image)])).toEqual([
      [ids[1], 2, 7, 7],
      [ids[0], 1, 7, 7],
    ]);
    const index = await store.indexes.load(FACES);
    expect([...index.delta.ids]).toEqual(ids);
    expect(index.delta.vectors).toEqual(Float32Array.of(...faceVector(1), ...faceVector(2)));
    expect((await dump(name)).get('faceScans')).toEqual([
      [`${photo}`, { version: 'v1', faces: 2, leftOut: 3 }],
    ]);
    expect(await store.faces.counts()).toEqual({ faces: 2, trashed: 0 });
  });

  it('writes nothing for a missing photo', async () => {
    const name = freshName();
    const store = await openLibrary({ name });
    await importPhoto(store, 1);
    const waiting = await stage(store, 2);
    const before = await dump(name);
    for (const id of [waiting, 77]) {
      expect(await store.faces.keep(foundOf(id, [newFace(1)]))).toBeNull();
      expect(await store.faces.draw(id, newFace(1))).toBeNull();
    }
    expect(await dump(name)).toEqual(before);
  });

  it('keeps the key and id of a face at the same place and updates its other fields', async () => {
    const store = await openLibrary();
    const { photo, faces } = await importWithFaces(store, 1, 2);
    const found = [
      newFace(11, { faceId: 'other', box: moved(11, 0.01), score: 0.5 }),
      newFace(10, { faceId: 'another', box: moved(10, 0.02), quality: 'good' }),
    ];
    const kept = await store.faces.keep(foundOf(photo, found, 'v2'));
    expect(kept).toEqual({ added: [], removed: [], inTrash: false });
    const rows = await store.faces.ofPhoto(photo);
    expect(rows).toMatchObject([
      { id: faces[0], faceId: 'face 10', box: moved(10, 0.02), quality: 'good' },
      { id: faces[1], faceId: 'face 11', box: moved(11, 0.01), score: 0.5 },
    ]);
    expect(await store.faces.scanCounts('v2')).toEqual({ scanned: 1, failed: 0, photos: 1 });
    expect(await store.faces.scanCounts('v1')).toEqual({ scanned: 0, failed: 0, photos: 1 });
  });

  it('deletes and hides faces that are no longer found, in every space', async () => {
    const name = freshName();
    const store = await openLibrary({ name });
    const { photo, faces } = await importWithFaces(store, 1, 2);
    await store.faces.keep(
      foundOf(
        photo,
        [10, 11].map((n) => newFace(n, { spaceId: 'second' })),
      ),
    );
    const kept = await store.faces.keep(foundOf(photo, [newFace(11), newFace(15)]));
    expect(kept?.removed).toEqual([faces[0]]);
    const [added] = kept?.added ?? [];
    expect(added?.faceId).toBe('face 15');
    const ids = [faces[1], added?.id];
    expect((await store.faces.ofPhoto(photo)).map(({ id }) => id)).toEqual(ids);
    expect(await keysIn(name, 'chips')).toEqual(ids.map(String));
    for (const held of ['vectors', 'delta']) {
      expect((await keysIn(name, held)).filter((key) => !key.includes(SPACE.id))).toEqual([
        `["${FACES.id}",${faces[1]}]`,
        `["${FACES.id}",${added?.id}]`,
        `["second",${faces[1]}]`,
      ]);
    }
    expect(await keysIn(name, 'tombstones')).toEqual([`${faces[0]}`]);
  });

  it('assigns a new key to a face whose vector changed, because a segment may hold the old one', async () => {
    const name = freshName();
    const store = await openLibrary({ name });
    const { photo, faces } = await importWithFaces(store, 1, 2);
    const changed = newFace(10, { vector: faceVector(77) });
    const kept = await store.faces.keep(foundOf(photo, [changed, newFace(11)]));
    expect(kept?.removed).toEqual([faces[0]]);
    const [added] = kept?.added ?? [];
    expect(kept?.added).toEqual([
      { id: added?.id, faceId: 'face 10', spaceId: FACES.id, vector: faceVector(77) },
    ]);
    expect(added!.id).toBeGreaterThan(faces[1]!);
    const index = await store.indexes.load(FACES);
    expect([...index.tombstones]).toEqual([faces[0]]);
    expect([...index.delta.ids]).toEqual([faces[1], added?.id]);
    expect(await store.indexes.vector(FACES, added!.id)).toEqual(faceVector(77));
    expect(await store.faces.get([faces[0]!])).toEqual([]);
  });

  it('adds a vector of a second space under the same key', async () => {
    const store = await openLibrary();
    const { photo, faces } = await importWithFaces(store, 1, 1);
    const second = newFace(10, { spaceId: 'second', vector: faceVector(5) });
    const kept = await store.faces.keep(foundOf(photo, [second]));
    expect(kept).toMatchObject({ added: [{ id: faces[0], spaceId: 'second' }], removed: [] });
    expect(await store.indexes.vector(FACES, faces[0]!)).toEqual(faceVector(10));
    expect(await store.indexes.vector({ id: 'second', d: 3 }, faces[0]!)).toEqual(faceVector(5));
    // Back in the first space, with its existing vector: nothing is new.
    const back = await store.faces.keep(foundOf(photo, [newFace(10)]));
    expect(back).toEqual({ added: [], removed: [], inTrash: false });
    expect((await store.faces.get(faces))[0]?.spaceId).toBe(FACES.id);
  });

  it('replaces a lost or damaged vector with one under a new key', async () => {
    const name = freshName();
    const store = await openLibrary({ name });
    const { photo, faces } = await importWithFaces(store, 1, 2);
    const db = await openDB<AkinSchema>(name);
    await db.delete('vectors', [FACES.id, faces[0]!]);
    await db.put('vectors', 'x' as unknown as ArrayBuffer, [FACES.id, faces[1]!]);
    db.close();
    const kept = await store.faces.keep(foundOf(photo, [newFace(10), newFace(11)]));
    expect(kept?.removed).toEqual(faces);
    expect(kept?.added.map(({ faceId }) => faceId)).toEqual(['face 10', 'face 11']);
  });

  it('saves only one of two faces with the same id', async () => {
    const store = await openLibrary();
    const photo = await importPhoto(store, 1);
    const twins = [newFace(1), newFace(2, { faceId: 'face 1' })];
    const kept = await store.faces.keep(foundOf(photo, twins));
    expect(kept?.added.map(({ vector }) => vector)).toEqual([faceVector(1)]);
  });

  it('replaces unreadable rows that have the id of a new face', async () => {
    const name = freshName();
    const store = await openLibrary({ name });
    const photo = await importPhoto(store, 1);
    const db = await openDB<AkinSchema>(name);
    const odd = (row: object) => db.put('faces', row as AkinSchema['faces']['value']);
    await odd({ id: 2 ** 31 + 50, photoId: photo, faceId: 'face 1' });
    await odd({ id: 2 ** 31 + 51, photoId: 99, faceId: 'face 2' });
    db.close();
    expect(await store.faces.ofPhoto(photo)).toEqual([]);
    const kept = await store.faces.keep(foundOf(photo, [newFace(1), newFace(2)]));
    expect(kept?.removed).toEqual([2 ** 31 + 50, 2 ** 31 + 51]);
    const rows = await store.faces.ofPhoto(photo);
    expect(rows.map(({ faceId }) => faceId)).toEqual(['face 1', 'face 2']);
  });

  it('rejects invalid faces and writes nothing', async () => {
    const name = freshName();
    const store = await openLibrary({ name });
    const photo = await importPhoto(store, 1);
    const before = await dump(name);
    for (const [change, code] of [
      [{ vector: Float32Array.of(1, Number.NaN, 0) }, 'bad-vector'],
      [{ vector: new Float32Array(0) }, 'bad-vector'],
      [{ faceId: 'x'.repeat(101) }, 'invalid-argument'],
      [{ blur: Number.NaN }, 'invalid-argument'],
      [{ chip: new Uint8Array(3) as unknown as ArrayBuffer }, 'invalid-argument'],
    ] as const) {
      const found = foundOf(photo, [newFace(1), newFace(2, change)]);
      await expect(store.faces.keep(found)).rejects.toMatchObject({ code });
    }
    expect(await dump(name)).toEqual(before);
  });

  it('writes nothing if the disk is full', async () => {
    const name = freshName();
    const store = await openLibrary({ name });
    const { photo } = await importWithFaces(store, 1, 2);
    const before = await dump(name);
    const put = IDBObjectStore.prototype.put;
    vi.spyOn(IDBObjectStore.prototype, 'put').mockImplementation(function (
      this: IDBObjectStore,
      ...args: Parameters<typeof put>
    ) {
      if (this.name === 'faceScans') throw new DOMException('No room.', 'QuotaExceededError');
      return put.apply(this, args);
    });
    await expect(store.faces.keep(foundOf(photo, [newFace(5)]))).rejects.toMatchObject({
      code: 'quota-exceeded',
    });
    vi.restoreAllMocks();
    expect(await dump(name)).toEqual(before);
  });
});

describe('saving a photo with its faces', () => {
  it('writes both at once and returns the faces', async () => {
    const store = await openLibrary();
    const id = await stage(store, 1);
    const faces = { version: 'v1', leftOut: 0, faces: [newFace(1)] };
    const kept = await store.photos.keepWithFaces({ ...keepOf(id), faces });
    expect(kept).toMatchObject({ outcome: 'imported', faces: { added: [{ faceId: 'face 1' }] } });
    expect((await store.faces.ofPhoto(id)).map(({ faceId }) => faceId)).toEqual(['face 1']);
    expect(await store.faces.unscanned('v1', 0, 9)).toEqual([]);
    expect([...(await store.indexes.load(SPACE)).delta.ids]).toEqual([id]);
    expect(await store.photos.keepWithFaces({ ...keepOf(id), faces })).toEqual({
      outcome: 'gone',
      faces: null,
    });
  });

  it('saves neither if one is invalid or can’t be written', async () => {
    const name = freshName();
    const store = await openLibrary({ name });
    const id = await stage(store, 1);
    const before = await dump(name);
    const faces = { version: 'v1', leftOut: 0, faces: [newFace(1, { score: 2 })] };
    await expect(store.photos.keep({ ...keepOf(id), faces })).rejects.toMatchObject({
      code: 'invalid-argument',
    });
    vi.spyOn(IDBObjectStore.prototype, 'add').mockImplementation(function (this: IDBObjectStore) {
      throw new DOMException('No room.', 'QuotaExceededError');
    });
    const good = { ...faces, faces: [newFace(1)] };
    await expect(store.photos.keep({ ...keepOf(id), faces: good })).rejects.toMatchObject({
      code: 'quota-exceeded',
    });
    vi.restoreAllMocks();
    expect(await dump(name)).toEqual(before);
    expect(await store.photos.keep({ ...keepOf(id), faces: good })).toBe('imported');
  });
});
