import 'fake-indexeddb/auto';
import { describe, expect, it } from 'vitest';
import {
  FACE_SPACE,
  facedFace,
  facedLibrary,
  keepPeople,
  openFacedTab,
  writeFacedPhotos,
} from '../testing/facedLibrary.ts';

/** Ana and Eva in photos 1 to 4, Ana alone in 5, a stranger in 6. */
async function desk() {
  const made = await facedLibrary(4, 2);
  await writeFacedPhotos(made.name, [5, 6]);
  await keepPeople(made.store, 5, [0]);
  await keepPeople(made.store, 6, [5]);
  const tab = await openFacedTab(made.store);
  const named = async (person: number, name: string) => {
    const { key } = tab.whose(made.face(1, person));
    return (await tab.service.apply({ kind: 'name', person: key, name })).person!;
  };
  const ana = await named(0, 'Ana');
  const eva = await named(1, 'Eva');
  return { ...made, tab, ana, eva };
}

describe('PeopleService', () => {
  it('lists people by name and counts unassigned faces', async () => {
    const { tab, ana, eva } = await desk();
    const { people, groups, unassigned, unmatched } = tab.service.people();
    expect(people.map(({ key, name, faces, photos }) => [key, name, faces, photos])).toEqual([
      [ana, 'Ana', 5, 5],
      [eva, 'Eva', 4, 4],
    ]);
    expect([groups.length, unassigned]).toEqual([0, 1]);
    expect(unmatched).toMatchObject([{ photoId: 6 }]);
    expect(tab.service.counts()).toEqual({ people: 2, groups: 0 });
  });

  it('gives people opaque keys, the same in every tab until faces are erased', async () => {
    const { store } = await facedLibrary(4, 2);
    const tab = await openFacedTab(store);
    const keys = () => tab.service.people().groups.map(({ key }) => key);
    expect(keys()).toHaveLength(2);
    for (const { key, faces } of tab.service.library.people.groups) {
      expect(key).toMatch(/^[0-9a-f]{16}$/);
      // Old bookmarks use a group's former key, its lowest face.
      const [before] = faces.map(({ id }) => id).sort();
      expect((await tab.service.person(before!)).person.key).toBe(key);
      const done = await tab.service.apply({ kind: 'name', person: key, name: 'Ana' });
      expect(done.person).toMatch(/^[0-9a-f]{16}$/);
      expect((await tab.service.person(done.person!)).person.name).toBe('Ana');
      await tab.service.undo(done.entry);
    }
    const other = await openFacedTab(store);
    expect(other.service.people().groups.map(({ key }) => key)).toEqual(keys());
    expect(await store.meta.get('faces.address-secret')).toBeInstanceOf(Uint8Array);
    await store.faces.erase([FACE_SPACE]);
    expect(await store.meta.get('faces.address-secret')).toBeUndefined();
  });

  it('shows a person’s newest photo first, and who they appear with', async () => {
    const { tab, ana, eva } = await desk();
    const page = await tab.service.person(ana);
    expect(page.photos.map(({ id }) => id)).toEqual([5, 4, 3, 2, 1]);
    expect(page.faces.map(({ photoId }) => photoId)).toEqual([5, 4, 3, 2, 1]);
    expect(page.seenWith.map(({ person, photos }) => [person.key, photos])).toEqual([[eva, 4]]);
    for (const key of ['nobody', '', undefined]) {
      await expect(tab.service.person(key as string)).rejects.toMatchObject({
        code: 'not-found',
      });
    }
  });

  it('sorts a person’s photos by date taken, not by date added', async () => {
    const { name, store, ana } = await desk();
    const day = (photo: number) => (photo === 2 ? undefined : Date.UTC(2019, 4, 10 - photo));
    await writeFacedPhotos(name, [1, 2, 3, 4, 5], day);
    const again = await openFacedTab(store);
    const page = await again.service.person(ana);
    expect(page.photos).toEqual(
      [1, 3, 4, 5, 2].map((id) => ({ id, addedAt: id, ...(id !== 2 && { takenAt: day(id) }) })),
    );
    expect(page.faces.map(({ photoId }) => photoId)).toEqual([1, 3, 4, 5, 2]);
  });

  it('identifies a face and finds photos with similar ones', async () => {
    const { tab, face, ana } = await desk();
    const { verdict, ranked, photos } = tab.service.identify(face(1, 0));
    expect([verdict, ranked[0]?.person.key]).toEqual(['almost-surely', ana]);
    expect(photos.map(({ photoId }) => photoId).sort()).toEqual([2, 3, 4, 5]);
    expect(() => tab.service.identify(1)).toThrow(expect.objectContaining({ code: 'not-found' }));
  });

  it('identifies faces in a photo that isn’t imported', async () => {
    const { store, tab, ana } = await desk();
    const before = await store.faces.counts();
    const faces = [facedFace(99, 0), facedFace(99, 6)];
    const asked = tab.service.identifyAll({ faces, spaceId: FACE_SPACE });
    expect(asked.map(({ answer }) => answer.verdict)).toEqual(['almost-surely', 'nobody-named']);
    expect(asked[0]?.answer.ranked[0]?.person.key).toBe(ana);
    expect(asked[0]?.chip).toBe(`data:image/webp;base64,${btoa('\x63\x00')}`);
    expect(await store.faces.counts()).toEqual(before);
    expect(() => tab.service.identifyAll({ faces, spaceId: 'another' })).toThrow(
      expect.objectContaining({ code: 'wrong-space' }),
    );
  });

  it('tells the unnamed person that a face is of from an unknown one', async () => {
    const { store, face } = await facedLibrary(4, 2);
    const tab = await openFacedTab(store);
    const { key } = tab.whose(face(1, 0));
    expect(tab.service.identify(face(1, 0))).toMatchObject({
      verdict: 'nobody-named',
      unnamed: { key, faces: 4 },
    });
    const faces = [facedFace(99, 0), facedFace(99, 6)];
    const asked = tab.service.identifyAll({ faces, spaceId: FACE_SPACE });
    expect(asked.map(({ answer }) => answer.unnamed?.key ?? null)).toEqual([key, null]);
  });

  it('tells a face that the user confirmed from those named with their group', async () => {
    const { tab, face, ana } = await desk();
    const confirmed = async () => {
      const { faces } = await tab.service.person(ana);
      return faces.map((each) => [each.photoId, each.labelled, each.confirmed]);
    };
    expect(await confirmed()).toEqual([5, 4, 3, 2, 1].map((photo) => [photo, true, false]));
    await tab.service.apply({ kind: 'confirm', person: ana, faces: [face(2, 0)] });
    expect(await confirmed()).toEqual([5, 4, 3, 2, 1].map((photo) => [photo, true, photo === 2]));
  });

  it('shows faces of each entry of the log', async () => {
    const { tab, face, ana, eva } = await desk();
    await tab.service.apply({ kind: 'name', person: ana, name: 'Anna' });
    await tab.service.apply({ kind: 'reject', person: eva, faces: [face(2, 1)] });
    const faces = tab.service.entries().map((entry) => entry.faces);
    const cover = tab.personOf(ana).cover;
    expect(faces.slice(0, 2)).toEqual([[face(2, 1)], [cover]]);
    expect(faces.slice(2).map((each) => tab.whose(each[0]!).key)).toEqual([eva, ana]);
  });

  it('searches photos by the people in them', async () => {
    const { tab, ana, eva } = await desk();
    expect(tab.service.search({ all: [ana, eva] })).toEqual([1, 2, 3, 4]);
    expect(tab.service.search({ all: [ana], none: [eva] })).toEqual([5]);
    expect(tab.service.search({ any: [ana, eva] })).toEqual([1, 2, 3, 4, 5]);
    expect(() => tab.service.search({ all: ['nobody'] })).toThrow(
      expect.objectContaining({ code: 'not-found' }),
    );
  });

  it('lists a photo’s faces, including saved ones not broadcast yet', async () => {
    const { name, store, tab, ana } = await desk();
    await writeFacedPhotos(name, [7]);
    const [fresh] = await keepPeople(store, 7, [0]);
    const faces = await tab.service.facesOf(7);
    expect(faces).toMatchObject([
      { id: fresh, photoId: 7, confirmed: false, person: { key: ana } },
    ]);
    await store.trash.add([7]);
    await tab.library.removePhotos([7]);
    expect(await tab.service.facesOf(7)).toEqual([]);
    expect(await tab.service.facesOf(99)).toEqual([]);
  });
});
