import 'fake-indexeddb/auto';
import { describe, expect, it } from 'vitest';
import { toVersion1 } from '../../identity/index.ts';
import {
  FACE_SPACE,
  facedLibrary,
  keepPeople,
  openFacedTab,
  writeFacedPhotos,
} from '../testing/facedLibrary.ts';

const sizes = (tab: Awaited<ReturnType<typeof openFacedTab>>) =>
  tab.service.people().groups.map(({ faces }) => faces);

describe('PeopleLibrary', () => {
  it('clusters existing faces when first opened', async () => {
    const { store, face } = await facedLibrary(4, 3);
    const tab = await openFacedTab(store);
    expect(sizes(tab)).toEqual([4, 4, 4]);
    const { key } = tab.whose(face(1, 0));
    expect(tab.facesOf(key)).toEqual([1, 2, 3, 4].map((photo) => face(photo, 0)));
  });

  it('adds new faces and drops removed ones', async () => {
    const { name, store, face } = await facedLibrary(3, 2);
    const tab = await openFacedTab(store);
    await writeFacedPhotos(name, [9]);
    const added = await keepPeople(store, 9, [0, 1]);
    await tab.library.add(added);
    expect(tab.facesOf(tab.whose(face(1, 1)).key)).toContain(added[1]);
    tab.library.remove([added[1]!]);
    expect(tab.facesOf(tab.whose(face(1, 1)).key)).not.toContain(added[1]);
    expect(tab.index.liveIds()).not.toContain(added[1]);
    expect(tab.library.faceOf(added[1]!)).toBeUndefined();
  });

  it('excludes faces in the trash, in whichever order events arrive', async () => {
    const { name, store, face } = await facedLibrary(3, 2);
    const tab = await openFacedTab(store);
    await store.trash.add([2]);
    await tab.library.removePhotos([2]);
    expect(sizes(tab)).toEqual([]);
    await store.trash.restore([2]);
    await tab.library.restore(await store.faces.keysOf([2]));
    expect(sizes(tab)).toEqual([3, 3]);
    expect(tab.facesOf(tab.whose(face(2, 0)).key)).toContain(face(2, 0));

    // Trashed before the event about its faces arrives.
    await writeFacedPhotos(name, [9]);
    await store.trash.add([9]);
    await tab.library.removePhotos([9]);
    const late = await keepPeople(store, 9, [0, 1]);
    await tab.library.add(late);
    expect(sizes(tab)).toEqual([3, 3]);
    expect(tab.index.liveIds()).toHaveLength(6);
    await store.trash.restore([9]);
    await tab.library.restore(await store.faces.keysOf([9]));
    expect(sizes(tab)).toEqual([4, 4]);
  });

  it('drops the faces of photos deleted before it heard of them', async () => {
    const { store } = await facedLibrary(4, 2);
    const tab = await openFacedTab(store);
    await store.trash.add([1]);
    await store.trash.purge([1]);
    await tab.library.removePhotos([1]);
    expect(sizes(tab)).toEqual([3, 3]);
  });

  it('adds faces saved while its index was loading', async () => {
    const { name, store } = await facedLibrary(3, 2);
    await writeFacedPhotos(name, [4]);
    const tab = await openFacedTab(store, FACE_SPACE, () => keepPeople(store, 4, [0, 1]));
    expect(sizes(tab)).toEqual([4, 4]);
  });
});

describe('faces scanned again by other models', () => {
  it('keep their people and are clustered by their new vectors as these arrive', async () => {
    const { store, face } = await facedLibrary(4, 3);
    const before = await openFacedTab(store);
    await before.service.apply({ kind: 'name', person: before.whose(face(1, 0)).key, name: 'Ana' });
    await before.library.recluster(() => {});
    const OTHER = 'faces-other/16';
    await keepPeople(store, 1, [0, 1, 2], OTHER);
    const tab = await openFacedTab(store, OTHER);
    // Opened before reclustering has finished: assertions keep the named faces in place, the rest
    // follows.
    const [ana] = tab.service.people().people;
    expect(ana).toMatchObject({ name: 'Ana', faces: 4 });
    expect(tab.index.liveIds()).toHaveLength(3);
    await tab.library.recluster(() => {});
    for (const photo of [2, 3, 4]) {
      await tab.library.add(await keepPeople(store, photo, [0, 1, 2], OTHER));
    }
    expect(tab.index.liveIds()).toHaveLength(12);
    expect(sizes(tab)).toEqual([4, 4]);
    const again = await openFacedTab(store, OTHER);
    expect(sizes(again)).toEqual([4, 4]);
    expect(again.service.people().people).toMatchObject([{ name: 'Ana', faces: 4 }]);
  });
});

describe('two tabs', () => {
  it('append to one log in turn', async () => {
    const { store, face } = await facedLibrary(4, 3);
    const [one, two] = [await openFacedTab(store), await openFacedTab(store)];
    const ana = one.whose(face(1, 0)).key;
    await one.service.apply({ kind: 'name', person: ana, name: 'Ana' });
    // This tab hasn't seen the event and refers to the same group by its old key.
    await two.service.apply({ kind: 'name', person: two.whose(face(1, 1)).key, name: 'Eva' });
    expect(two.library.log.entries.map(({ id }) => id)).toEqual([1, 2]);
    expect(two.service.people().people.map(({ name }) => name)).toEqual(['Ana', 'Eva']);
    expect(one.service.people().people.map(({ name }) => name)).toEqual(['Ana']);
    await one.library.log.read();
    expect(one.service.people().people.map(({ name }) => name)).toEqual(['Ana', 'Eva']);
  });

  it('reject a command that the other tab made invalid, and write nothing', async () => {
    const { store, face } = await facedLibrary(4, 3);
    const [one, two] = [await openFacedTab(store), await openFacedTab(store)];
    const group = one.whose(face(1, 0)).key;
    const named = await one.service.apply({ kind: 'name', person: group, name: 'Ana' });
    const late = two.service.apply({ kind: 'hide', person: group, hidden: true });
    await expect(late).rejects.toMatchObject({ code: 'not-found' });
    expect(named.entry).toBe(1);
    expect(await store.faces.log()).toHaveLength(1);
    expect(two.service.people().people.map(({ name }) => name)).toEqual(['Ana']);
  });

  it('apply concurrent commands of one tab in order', async () => {
    const { store, face } = await facedLibrary(4, 3);
    const tab = await openFacedTab(store);
    await Promise.all(
      [0, 1, 2].map((person) =>
        tab.service.apply({
          kind: 'name',
          person: tab.whose(face(1, person)).key,
          name: `${person}`,
        }),
      ),
    );
    expect(tab.library.log.entries.map(({ id }) => id)).toEqual([1, 2, 3]);
    expect(await store.faces.log()).toEqual(tab.library.log.entries.map(toVersion1));
    expect(tab.service.people().people.map(({ name }) => name)).toEqual(['0', '1', '2']);
  });
});
