import 'fake-indexeddb/auto';
import { describe, expect, it } from 'vitest';
import {
  FACE_SPACE,
  facedLibrary,
  keepPeople,
  openFacedTab,
  writeFacedPhotos,
} from '../testing/facedLibrary.ts';

const SNAPSHOT = 'faces.clusters';
const sizes = (tab: Awaited<ReturnType<typeof openFacedTab>>) =>
  tab.service.people().groups.map(({ faces }) => faces);

describe('a reclustering', () => {
  it('is saved and used the next time the library opens', async () => {
    const { store } = await facedLibrary(4, 3);
    const tab = await openFacedTab(store);
    await tab.library.recluster(() => {});
    const kept = (await store.meta.get(SNAPSHOT)) as { clusters: Uint32Array };
    expect(new Set(kept.clusters)).toEqual(new Set([1, 2, 3]));
    expect((await openFacedTab(store)).library.needsReclustering).toBe(false);
    // Modified to reveal whether it is read.
    await store.meta.set(SNAPSHOT, { ...kept, clusters: kept.clusters.fill(0) });
    const none = await openFacedTab(store);
    expect(sizes(none)).toEqual([]);
    await none.library.recluster(() => {});
    expect(sizes(none)).toEqual([4, 4, 4]);
  });

  it.each([
    ['a text', 'clusters'],
    ['no columns', { spaceId: FACE_SPACE }],
    [
      'columns of different lengths',
      {
        spaceId: FACE_SPACE,
        rows: Uint32Array.of(1, 2),
        clusters: Uint32Array.of(1),
        degrees: Uint8Array.of(1, 1),
      },
    ],
    [
      'a face key twice',
      {
        spaceId: FACE_SPACE,
        rows: Uint32Array.of(1, 1),
        clusters: Uint32Array.of(1, 2),
        degrees: Uint8Array.of(1, 1),
      },
    ],
    [
      'one of another space',
      {
        spaceId: 'another',
        rows: Uint32Array.of(2 ** 31),
        clusters: Uint32Array.of(1),
        degrees: Uint8Array.of(1),
      },
    ],
  ])('is repeated if the saved one is invalid: %s', async (_what, snapshot) => {
    const { store } = await facedLibrary(4, 3);
    await store.meta.set(SNAPSHOT, snapshot);
    const tab = await openFacedTab(store);
    expect(sizes(tab)).toEqual([4, 4, 4]);
  });

  it('saves nothing once the service is closed', async () => {
    const { store } = await facedLibrary(4, 3);
    const tab = await openFacedTab(store);
    const reclustering = tab.service.reclusterer.recluster(true);
    await tab.service.close();
    await expect(reclustering).rejects.toMatchObject({ code: 'aborted' });
    expect(await store.meta.get(SNAPSHOT)).toBeUndefined();
  });

  it('can be stopped by the user and leaves people unchanged', async () => {
    const { store } = await facedLibrary(4, 3);
    const tab = await openFacedTab(store);
    const before = sizes(tab);
    const reclustering = tab.service.reclusterer.recluster(true);
    tab.service.reclusterer.stop();
    await expect(reclustering).rejects.toMatchObject({ code: 'aborted' });
    expect(sizes(tab)).toEqual(before);
    expect(await store.meta.get(SNAPSHOT)).toBeUndefined();
    await tab.service.reclusterer.recluster(true);
    expect(await store.meta.get(SNAPSHOT)).toBeDefined();
  });

  it('is reported while it runs, then the previous status is restored', async () => {
    const { store } = await facedLibrary(4, 3);
    const tab = await openFacedTab(store);
    tab.work.rest = { state: 'stopped', left: 7 };
    await tab.service.reclusterer.recluster(true);
    const works = tab.told.flatMap((event) => (event.type === 'face-work' ? [event.work] : []));
    expect(works[0]).toMatchObject({ state: 'reclustering' });
    expect(works.at(-1)).toEqual({ state: 'stopped', left: 7 });
  });

  it('runs once more if forced while one is running', async () => {
    const { store } = await facedLibrary(4, 3);
    const tab = await openFacedTab(store);
    const told = () => tab.told.filter(({ type }) => type === 'people-seen').length;
    await Promise.all([
      tab.service.reclusterer.recluster(true),
      tab.service.reclusterer.recluster(true),
      tab.service.reclusterer.recluster(true),
    ]);
    expect(told()).toBe(2);
  });
});

describe('another tab’s reclustering', () => {
  /** Two tabs, one of which has just reverted a wrong answer. */
  async function takenBack() {
    const made = await facedLibrary(4, 3);
    const [one, two] = [await openFacedTab(made.store), await openFacedTab(made.store)];
    const ids = [1, 2, 3, 4].map((photo) => one.library.face(made.face(photo, 0)).id);
    const entry = await one.library.log.append(
      () => [{ kind: 'cannotLink', a: ids[0]!, b: ids[1]! }],
      Date.now(),
    );
    for (const tab of [one, two]) {
      await tab.service.reclusterer.onLogChange();
      await tab.library.recluster(() => {});
    }
    expect(sizes(two)[2]).not.toBe(4);
    await one.service.undo(entry);
    return { ...made, one, two };
  }

  it('is broadcast once saved, before the new view of people', async () => {
    const { store, one } = await takenBack();
    const kept = await store.meta.get(SNAPSHOT);
    await expect.poll(() => one.told.map(({ type }) => type)).toContain('reclustered');
    expect(one.told.at(-1)).toMatchObject({ type: 'people-seen' });
    expect(await store.meta.get(SNAPSHOT)).not.toEqual(kept);
    expect(sizes(one)).toEqual([4, 4, 4]);
  });

  it('is adopted without reclustering again', async () => {
    const { one, two, face } = await takenBack();
    await expect.poll(() => one.told.map(({ type }) => type)).toContain('reclustered');
    await two.service.reclusterer.onLogChange();
    await two.service.reclusterer.follow();
    expect(sizes(two)).toEqual([4, 4, 4]);
    expect(two.library.needsReclustering).toBe(false);
    expect(two.told).toEqual([]);
    expect(two.facesOf(two.whose(face(1, 0)).key)).toHaveLength(4);
  });

  it('is adopted and extended by the faces it lacks', async () => {
    const { name, store, one, two } = await takenBack();
    await expect.poll(() => one.told.map(({ type }) => type)).toContain('reclustered');
    await writeFacedPhotos(name, [9]);
    await two.service.reclusterer.onLogChange();
    await two.library.add(await keepPeople(store, 9, [0, 1]));
    await two.service.reclusterer.follow();
    expect(sizes(two)).toEqual([5, 5, 4]);
  });

  it('changes nothing if it can’t be read', async () => {
    const { store } = await facedLibrary(4, 3);
    const tab = await openFacedTab(store);
    await tab.library.recluster(() => {});
    await store.meta.set(SNAPSHOT, { spaceId: FACE_SPACE, rows: 'x' });
    await tab.service.reclusterer.follow();
    expect(sizes(tab)).toEqual([4, 4, 4]);
  });

  it('is not adopted during this tab’s own, which includes the latest assertion', async () => {
    const { store, face } = await facedLibrary(4, 3);
    const [one, two] = [await openFacedTab(store), await openFacedTab(store)];
    await one.service.apply({ kind: 'name', person: one.whose(face(1, 0)).key, name: 'Ana' });
    await one.service.reclusterer.recluster(true);
    const reclustering = two.service.reclusterer.recluster(true);
    await Promise.all([
      two.service.reclusterer.onLogChange(),
      two.service.reclusterer.follow(),
      reclustering,
    ]);
    const reclustered = () => two.told.filter(({ type }) => type === 'reclustered');
    await expect.poll(reclustered).toHaveLength(2);
    expect(two.service.people().people.map(({ name }) => name)).toEqual(['Ana']);
  });
});
