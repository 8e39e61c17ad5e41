import 'fake-indexeddb/auto';
import { openDB } from 'idb';
import { describe, expect, it } from 'vitest';
import type { AkinSchema } from '../database/schema.ts';
import type { Store } from '../open.ts';
import {
  dump,
  FACES,
  faceVector,
  foundOf,
  importWithFaces,
  keysIn,
  newFace,
} from '../testing/faces.ts';
import { fileOf, freshName, importPhoto, openLibrary, SPACE } from '../testing/library.ts';
import type { SaveRequest } from '../vectors/indexes.ts';

async function seal(store: Store, change: Partial<SaveRequest> = {}): Promise<void> {
  const spaceId = change.spaceId ?? FACES.id;
  const answer = await store.indexes.save({
    spaceId,
    expectedGeneration: await store.indexes.generation(spaceId),
    keptSegments: [],
    segments: [{ kind: 'flat', formatVersion: 1, blob: new ArrayBuffer(3) }],
    includedDeltaIds: [],
    droppedTombstones: [],
    ...change,
  });
  expect(answer.outcome).toBe('saved');
}

const hiddenIn = async (store: Store, space = FACES) => [
  ...(await store.indexes.load(space)).tombstones,
];
const deltaOf = (store: Store) => store.indexes.deltaIds(FACES.id);

describe('faces of a photo in the trash', () => {
  it('are hidden and restored with it', async () => {
    const store = await openLibrary();
    const one = await importWithFaces(store, 1, 2);
    const two = await importWithFaces(store, 2, 1);
    expect(await store.trash.add([one.photo])).toEqual([one.photo]);
    expect(await hiddenIn(store)).toEqual(one.faces);
    // Tombstones of photos and faces are independent.
    expect(await hiddenIn(store, SPACE)).toEqual([one.photo]);
    expect((await store.faces.list()).ids).toEqual(Uint32Array.from(two.faces));
    expect(await store.faces.ofPhoto(one.photo)).toHaveLength(2);
    expect(await store.trash.restore([one.photo])).toEqual([one.photo]);
    expect(await hiddenIn(store)).toEqual([]);
    expect((await store.faces.list()).ids).toEqual(Uint32Array.of(...one.faces, ...two.faces));
  });

  it('are restored when the same picture is imported again', async () => {
    const store = await openLibrary();
    const { photo } = await importWithFaces(store, 1, 2);
    await store.trash.add([photo]);
    expect(await store.jobs.stage([fileOf(1)])).toEqual([{ outcome: 'restored', id: photo }]);
    expect(await hiddenIn(store)).toEqual([]);
  });

  it('are hidden from the start if the photo is scanned in the trash', async () => {
    const store = await openLibrary();
    const photo = await importPhoto(store, 1);
    await store.trash.add([photo]);
    const kept = await store.faces.keep(foundOf(photo, [newFace(1)]));
    expect(kept?.inTrash).toBe(true);
    const ids = kept?.added.map(({ id }) => id);
    expect(await hiddenIn(store)).toEqual(ids);
    expect((await store.faces.list()).ids).toHaveLength(0);
    await store.trash.restore([photo]);
    expect(await hiddenIn(store)).toEqual([]);
    expect([...(await store.faces.list()).ids]).toEqual(ids);
  });

  it('stay deleted after a restore if they were no longer found', async () => {
    const store = await openLibrary();
    const { photo, faces } = await importWithFaces(store, 1, 2);
    await store.faces.keep(foundOf(photo, [newFace(10)]));
    await store.trash.add([photo]);
    await store.trash.restore([photo]);
    expect(await hiddenIn(store)).toEqual([faces[1]]);
  });

  it('are permanently deleted with it, except for their tombstones', async () => {
    const name = freshName();
    const store = await openLibrary({ name });
    const one = await importWithFaces(store, 1, 2);
    const two = await importWithFaces(store, 2, 1);
    await store.faces.keep(
      foundOf(
        one.photo,
        [10, 11].map((n) => newFace(n, { spaceId: 'b' })),
      ),
    );
    await store.trash.add([one.photo]);
    expect(await store.trash.purge([one.photo])).toEqual([one.photo]);
    const left = two.faces.map(String);
    for (const held of ['faces', 'chips']) expect(await keysIn(name, held)).toEqual(left);
    expect(await keysIn(name, 'faceScans')).toEqual([`${two.photo}`]);
    for (const held of ['vectors', 'delta']) {
      expect(await keysIn(name, held)).toEqual([
        `["${FACES.id}",${two.faces[0]}]`,
        `["${SPACE.id}",${two.photo}]`,
      ]);
    }
    expect(await keysIn(name, 'tombstones')).toEqual([one.photo, ...one.faces].map(String));
    // The same picture again has the same faces, with new keys.
    const again = await importWithFaces(store, 1, 2);
    expect(again.faces.map((id) => id > two.faces[0]!)).toEqual([true, true]);
  });
});

describe('face tombstones on a seal', () => {
  it('are removed for deleted faces and stay, in the delta, for those of trashed photos', async () => {
    const store = await openLibrary();
    const one = await importWithFaces(store, 1, 2);
    const two = await importWithFaces(store, 2, 1);
    await store.faces.keep(foundOf(one.photo, [newFace(10)]));
    await store.trash.add([two.photo]);
    const [kept, gone] = one.faces;
    expect(await hiddenIn(store)).toEqual([gone, two.faces[0]]);
    await seal(store, {
      includedDeltaIds: [kept!, two.faces[0]!],
      droppedTombstones: [gone!, two.faces[0]!],
    });
    expect(await hiddenIn(store)).toEqual(two.faces);
    expect(await deltaOf(store)).toEqual(two.faces);
    await store.trash.restore([two.photo]);
    expect(await hiddenIn(store)).toEqual([]);
    expect(await deltaOf(store)).toEqual(two.faces);
  });

  it('are removed even if photos have segments, and vice versa', async () => {
    const store = await openLibrary();
    const one = await importWithFaces(store, 1, 1);
    const two = await importWithFaces(store, 2, 1);
    await seal(store, { spaceId: SPACE.id });
    await seal(store);
    await store.trash.add([one.photo]);
    await store.trash.purge(null);
    await seal(store, { droppedTombstones: one.faces });
    expect(await hiddenIn(store)).toEqual([]);
    expect(await hiddenIn(store, SPACE)).toEqual([one.photo]);
    await seal(store, { spaceId: SPACE.id, droppedTombstones: [one.photo] });
    expect(await hiddenIn(store, SPACE)).toEqual([]);
    expect([...(await store.faces.list()).ids]).toEqual(two.faces);
  });

  it('stay while segments of another face space may contain the face', async () => {
    const store = await openLibrary();
    const one = await importWithFaces(store, 1, 2);
    await store.faces.keep(foundOf(one.photo, [newFace(10, { spaceId: 'b' })]));
    await seal(store, { spaceId: 'b' });
    await seal(store, { droppedTombstones: [one.faces[1]!] });
    expect(await hiddenIn(store)).toEqual([one.faces[1]]);
    // A space whose vectors are all gone may have been a face space.
    await store.faces.keep(foundOf(one.photo, []));
    await importWithFaces(store, 2, 1);
    await seal(store, { droppedTombstones: one.faces });
    expect(await hiddenIn(store)).toEqual(one.faces);
  });

  it('are not changed by a seal of photos', async () => {
    const name = freshName();
    const store = await openLibrary({ name });
    const one = await importWithFaces(store, 1, 1);
    await store.faces.keep(foundOf(one.photo, []));
    await seal(store, { spaceId: SPACE.id, droppedTombstones: one.faces });
    expect(await keysIn(name, 'tombstones')).toEqual(one.faces.map(String));
  });
});

describe('garbage collection of faces', () => {
  it('deletes faces of missing photos and chips of missing faces', async () => {
    const name = freshName();
    const store = await openLibrary({ name });
    const kept: Awaited<ReturnType<typeof importWithFaces>>[] = [];
    for (const n of [1, 2, 3, 4, 5, 6]) kept.push(await importWithFaces(store, n, 1));
    const db = await openDB<AkinSchema>(name);
    for (const id of [1, 3, 4, 6]) await db.delete('photos', id);
    await db.put('chips', new ArrayBuffer(1), 2 ** 31 + 500);
    await db.delete('faces', kept[1]!.faces[0]!);
    await store.collectGarbage();
    const gone = [0, 2, 3, 5].map((i) => kept[i]!.faces[0]!);
    expect(await db.getAllKeys('faces')).toEqual(kept[4]!.faces);
    expect(await db.getAllKeys('chips')).toEqual(kept[4]!.faces);
    expect(await db.getAllKeys('faceScans')).toEqual([2, 5]);
    expect(await db.getAllKeys('tombstones')).toEqual(gone);
    expect(await store.indexes.vector(FACES, gone[0]!)).toBeUndefined();
    expect(await store.indexes.vector(FACES, kept[4]!.faces[0]!)).toEqual(faceVector(50));
    for (const id of [2, 5]) await db.delete('photos', id);
    await store.collectGarbage();
    for (const held of ['faces', 'chips', 'faceScans'] as const) {
      expect(await db.count(held)).toBe(0);
    }
    db.close();
  });

  it('changes nothing in an intact library', async () => {
    const name = freshName();
    const store = await openLibrary({ name });
    for (const n of [1, 2, 3]) await importWithFaces(store, n, n);
    await store.trash.add([1, 3]);
    await store.trash.purge([1]);
    const before = await dump(name);
    await store.collectGarbage();
    expect(await dump(name)).toEqual(before);
  });
});
