import 'fake-indexeddb/auto';
import { openDB } from 'idb';
import { describe, expect, it } from 'vitest';
import { freshName, importPhoto, openLibrary, SPACE } from '../testing/library.ts';
import { decodeMap, encodeMap, type SavedMap, withOnly } from './mapRows.ts';

function mapOf(...ids: number[]): SavedMap {
  return {
    ids: Uint32Array.from(ids),
    positions: Float32Array.from(ids.flatMap((id) => [id / 100, 1 - id / 100])),
    clusters: Uint16Array.from(ids, () => 0),
    clusterList: [{ central: ids[0] ?? 1 }],
    laidOutAt: 5,
    placed: Uint32Array.from(ids.slice(-1)),
  };
}

describe('a saved map', () => {
  it('comes back as it was', () => {
    expect(decodeMap(encodeMap(mapOf(1, 4, 9)))).toEqual(mapOf(1, 4, 9));
  });

  it('without some photos keeps the places of the others', () => {
    const { ids, positions, placed } = withOnly(mapOf(1, 4, 9), (id) => id !== 4);
    expect([...ids]).toEqual([1, 9]);
    expect([...positions]).toEqual([...mapOf(1, 9).positions]);
    expect([...placed]).toEqual([9]);
    expect([...withOnly(mapOf(1, 9), (id) => id === 1).placed]).toEqual([]);
  });

  const row = encodeMap(mapOf(1, 4, 9));
  it.each([
    ['no object', 7],
    ['nothing', undefined],
    ['ids of another length', { ...row, ids: new ArrayBuffer(8) }],
    ['half an id', { ...row, ids: new ArrayBuffer(3) }],
    ['ids out of order', { ...row, ids: Uint32Array.of(4, 1, 9).buffer }],
    ['an id twice', { ...row, ids: Uint32Array.of(1, 1, 9).buffer }],
    [
      'places that are no numbers',
      { ...row, positions: new Float32Array(6).fill(Number.NaN).buffer },
    ],
    ['places off the map', { ...row, positions: new Float32Array(6).fill(1.5).buffer }],
    ['a label too few', { ...row, clusters: new ArrayBuffer(4) }],
    ['clusters that are none', { ...row, clusterList: [{ central: 'x' }] }],
    ['no list of clusters', { ...row, clusterList: { length: 3 } }],
    ['no time', { ...row, laidOutAt: Number.NaN }],
    ['no placed photos', { ...row, placed: null }],
  ])('is malformed with %s', (_, value) => {
    expect(decodeMap(value)).toBeNull();
  });
});

describe('maps in the library', () => {
  async function libraryOf(photos: number) {
    const name = freshName();
    const store = await openLibrary({ name });
    const ids: number[] = [];
    for (let n = 1; n <= photos; n++) ids.push(await importPhoto(store, n));
    return { name, store, ids };
  }

  it('are kept by space, and replaced', async () => {
    const { store, ids } = await libraryOf(3);
    expect(await store.maps.get(SPACE.id)).toBeNull();
    expect(await store.maps.save(SPACE.id, mapOf(...ids))).toBe(true);
    expect(await store.maps.get(SPACE.id)).toEqual(mapOf(...ids));
    expect(await store.maps.get('other/4')).toBeNull();
    expect(await store.maps.save(SPACE.id, mapOf(ids[0]!))).toBe(true);
    expect(await store.maps.get(SPACE.id)).toEqual(mapOf(ids[0]!));
    store.close();
  });

  it('lose photos that are deleted permanently, not those in the trash', async () => {
    const { store, ids } = await libraryOf(3);
    await store.maps.save(SPACE.id, mapOf(...ids));
    await store.trash.add([ids[1]!]);
    expect((await store.maps.get(SPACE.id))?.ids).toHaveLength(3);
    await store.trash.purge(null);
    expect([...(await store.maps.get(SPACE.id))!.ids]).toEqual([ids[0], ids[2]]);
    store.close();
  });

  it('are saved without photos that were deleted meanwhile', async () => {
    const { store, ids } = await libraryOf(2);
    expect(await store.maps.save(SPACE.id, mapOf(...ids, 98, 99))).toBe(true);
    expect([...(await store.maps.get(SPACE.id))!.ids]).toEqual(ids);
    store.close();
  });

  it('are not saved once everything was deleted, or for a space without vectors', async () => {
    const { store, ids } = await libraryOf(2);
    expect(await store.maps.save('dropped/4', mapOf(...ids))).toBe(false);
    await store.maps.save(SPACE.id, mapOf(...ids));
    await store.clear();
    expect(await store.maps.get(SPACE.id)).toBeNull();
    expect(await store.maps.save(SPACE.id, mapOf(...ids))).toBe(false);
    store.close();
  });

  it('with new places don’t replace a later layout', async () => {
    const { store, ids } = await libraryOf(3);
    await store.maps.save(SPACE.id, { ...mapOf(...ids), laidOutAt: 9 });
    expect(await store.maps.save(SPACE.id, mapOf(...ids), 5)).toBe(false);
    expect((await store.maps.get(SPACE.id))!.laidOutAt).toBe(9);
    store.close();
  });

  it('that are damaged count as none, and go with the next permanent deletion', async () => {
    const { name, store, ids } = await libraryOf(2);
    const db = await openDB(name);
    await db.put('maps', { ids: 'damaged' }, SPACE.id);
    expect(await store.maps.get(SPACE.id)).toBeNull();
    await store.trash.add([ids[0]!]);
    await store.trash.purge(null);
    expect(await db.getAllKeys('maps')).toEqual([]);
    db.close();
    store.close();
  });
});
