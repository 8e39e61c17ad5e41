import 'fake-indexeddb/auto';
import { openDB } from 'idb';
import { describe, expect, it } from 'vitest';
import { photoHash } from '../../identity/testing/ids.ts';
import { facedLibrary, openFacedTab } from '../testing/facedLibrary.ts';

/** All stored data about faces and people, as text and numbers. */
async function keptIn(name: string) {
  const database = await openDB(name);
  const log = JSON.stringify(await database.getAll('peopleLog'));
  const clusters = (await database.get('meta', 'faces.clusters')) as { rows: Uint32Array };
  const tombstones = await database.getAllKeys('tombstones');
  const segments = (await database.getAll('segments')) as ArrayBuffer[];
  database.close();
  return { log, rows: [...clusters.rows], tombstones, segments };
}

describe('faces of permanently deleted photos', () => {
  it('are removed from the log, the saved clusters and the index', async () => {
    const { name, store, face } = await facedLibrary(4, 3);
    const tab = await openFacedTab(store);
    const person = (of: number) => tab.whose(face(1, of)).key;
    await tab.service.apply({ kind: 'name', person: person(0), name: 'Ana' });
    const { entry } = await tab.service.apply({ kind: 'name', person: person(1), name: 'Eva' });
    await tab.library.recluster(() => {});
    await tab.maintainer.maintain({ quiet: true });
    const gone = [face(2, 0), face(2, 1), face(2, 2)];
    const before = await keptIn(name);
    expect(before.log).toContain(photoHash(2));
    expect(before.rows).toEqual(expect.arrayContaining(gone));

    await store.trash.add([2]);
    await tab.library.removePhotos([2]);
    await store.trash.purge(null);
    await tab.service.reclusterer.onPurge();
    await tab.maintainer.maintain({ quiet: true });
    const after = await keptIn(name);
    expect(after.log).not.toContain(photoHash(2));
    expect(after.log).toContain('Ana');
    expect(after.rows.filter((row) => gone.includes(row))).toEqual([]);
    expect(after.tombstones).not.toEqual(expect.arrayContaining(gone));
    expect(tab.index.segments().every(({ dead }) => dead === 0)).toBe(true);
    // Entries about the others can still be reverted.
    await tab.service.undo(entry);
    for (const each of [tab, await openFacedTab(store)]) {
      expect(each.service.people().people.map((one) => one.name)).toEqual(['Ana']);
    }

    await store.trash.add([1, 3, 4]);
    await tab.library.removePhotos([1, 3, 4]);
    await store.trash.purge(null);
    await tab.service.reclusterer.onPurge();
    await tab.maintainer.maintain({ quiet: true });
    const nothing = await keptIn(name);
    expect(nothing).toMatchObject({ log: '[]', rows: [], segments: [] });
    expect(tab.service.people()).toMatchObject({ people: [], groups: [] });
    // The next entry gets an id never used before.
    expect(await store.faces.append([{ id: entry }])).toMatchObject({ outcome: 'conflict' });
  });
});
