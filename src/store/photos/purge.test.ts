import 'fake-indexeddb/auto';
import { openDB } from 'idb';
import { describe, expect, it } from 'vitest';
import type { RewriteLog } from '../database/eventLog.ts';
import { fileOf, freshName, importPhoto, openLibrary } from '../testing/library.ts';

const hashOf = (n: number) => fileOf(n).hash;

/** A library of photos 1 to 3 that uses `rewriteLog`; photo 1 is in the trash. */
async function libraryWithBin(rewriteLog?: RewriteLog) {
  const name = freshName();
  const store = await openLibrary({ name, rewriteLog });
  const ids = [];
  for (const n of [1, 2, 3]) ids.push(await importPhoto(store, n));
  await store.trash.add([ids[0]!]);
  return { name, store, ids };
}

async function keysOf(name: string, store: string): Promise<unknown[]> {
  const database = await openDB(name);
  const keys = await database.getAllKeys(store);
  database.close();
  return keys;
}

describe('permanent deletion', () => {
  it('removes failures of files with the same bytes, and no others', async () => {
    const { name, store } = await libraryWithBin();
    const refused = (n: number, as: string) => {
      const { blob: _blob, ...file } = fileOf(n);
      return { ...file, name: as, code: 'corrupt' as const, message: 'x' };
    };
    await store.jobs.stageFailed([refused(1, 'twin.jpg'), refused(2, 'of 2.jpg')]);
    await store.trash.purge(null);
    expect((await store.jobs.failures()).map((each) => each.name)).toEqual(['of 2.jpg']);
    expect(await keysOf(name, 'jobs')).toHaveLength(1);
  });

  it('rewrites the log in the same transaction, given the hashes of the deleted photos', async () => {
    const asked: unknown[] = [];
    const { store } = await libraryWithBin((rows, hashes) => {
      asked.push([rows, [...hashes]]);
      return { changed: [{ id: 1, less: true } as { id: number }], removed: [2, 3] };
    });
    await store.faces.append([{ id: 1 }, { id: 2 }, { id: 3 }]);
    await store.trash.purge(null);
    expect(asked).toEqual([[[{ id: 1 }, { id: 2 }, { id: 3 }], [hashOf(1)]]]);
    expect(await store.faces.log()).toEqual([{ id: 1, less: true }]);
    // Ids of removed entries are not reused.
    expect(await store.faces.append([{ id: 2 }])).toEqual({ outcome: 'conflict', last: 3 });
    expect(await store.faces.append([{ id: 4 }])).toEqual({ outcome: 'appended' });
  });

  it('changes nothing if the log can’t be rewritten', async () => {
    const { store } = await libraryWithBin(() => {
      throw new Error('no');
    });
    await expect(store.trash.purge(null)).rejects.toThrow();
    expect(await store.photos.counts()).toEqual({ photos: 2, trashed: 1 });
  });

  it('reports tombstones as purged only for photos that aren’t in the trash', async () => {
    const { store, ids } = await libraryWithBin();
    await store.trash.add([ids[1]!]);
    expect(await store.indexes.purged('test-v1')).toEqual([]);
    await store.trash.purge([ids[0]!]);
    expect(await store.indexes.purged('test-v1')).toEqual([ids[0]]);
    const loaded = await store.indexes.load({ id: 'test-v1', d: 4 });
    expect([...loaded.tombstones]).toEqual(ids.slice(0, 2));
    expect(loaded.purged).toEqual([ids[0]]);
  });

  it('reports photos of a space as purged until no segment can hold them', async () => {
    const { store, ids } = await libraryWithBin();
    const save = (dropped: readonly number[], spaceId = 'test-v1', segments = 1) =>
      store.indexes.generation(spaceId).then((expectedGeneration) =>
        store.indexes.save({
          spaceId,
          expectedGeneration,
          keptSegments: [],
          segments: Array.from({ length: segments }, () => ({
            kind: 'flat',
            formatVersion: 1,
            blob: new ArrayBuffer(8),
          })),
          includedDeltaIds: ids,
          droppedTombstones: dropped,
        }),
      );
    await save([]);
    await store.trash.add(ids);
    await store.trash.purge(null);
    // The owner of the other space's segments is unknown, so they may hold the photos too.
    await save([], 'unknown');
    await save(ids, 'test-v1', 0);
    const hidden = async () => [...(await store.indexes.load({ id: 'unknown', d: 4 })).tombstones];
    expect(await store.indexes.purged('test-v1')).toEqual([]);
    expect(await store.indexes.purged('unknown')).toEqual(ids);
    expect(await hidden()).toEqual(ids);
    await save(ids, 'unknown', 0);
    expect(await store.indexes.purged('unknown')).toEqual([]);
    expect(await hidden()).toEqual([]);
  });

  it('keeps tombstones until each of several spaces is rid of the photos', async () => {
    const { store, ids } = await libraryWithBin();
    const save = async (spaceId: string, dropped: readonly number[]) =>
      store.indexes.save({
        spaceId,
        expectedGeneration: await store.indexes.generation(spaceId),
        keptSegments: [],
        segments: [{ kind: 'flat', formatVersion: 1, blob: new ArrayBuffer(8) }],
        includedDeltaIds: ids,
        droppedTombstones: dropped,
      });
    const spaces = ['a/4', 'b/4', 'c/4'];
    for (const space of spaces) await save(space, []);
    await store.trash.add(ids);
    await store.trash.purge(ids.slice(1));
    const [, ...gone] = ids;
    for (const [i, space] of spaces.entries()) {
      expect(await store.indexes.purged(space)).toEqual(gone);
      await save(space, ids);
      // Saving again, with nothing dropped, forgets nothing.
      await save(space, []);
      expect(await store.indexes.purged(space)).toEqual([]);
      const { tombstones } = await store.indexes.load({ id: space, d: 4 });
      expect([...tombstones]).toEqual(i < 2 ? ids : ids.slice(0, 1));
    }
  });
});
