import 'fake-indexeddb/auto';
import { beforeEach, describe, expect, it } from 'vitest';
import type { PeopleCommand } from '../../protocol/index.ts';
import {
  type FacedLibrary,
  type FacedTab,
  facedLibrary,
  openFacedTab,
} from '../testing/facedLibrary.ts';

let made: FacedLibrary;
let tab: FacedTab;
const face = (photo: number, person: number) => made.face(photo, person);
const all = (person: number, photos = [1, 2, 3, 4]) => photos.map((photo) => face(photo, person));
const facesWith = (photo: number, person: number) =>
  tab.facesOf(tab.whose(face(photo, person)).key);
const call = (name: string, how: Partial<PeopleCommand> = {}) =>
  tab.service.apply({ kind: 'name-face', face: face(1, 0), name, ...how } as PeopleCommand);

beforeEach(async () => {
  made = await facedLibrary(4, 3);
  tab = await openFacedTab(made.store);
});

describe('naming one face of a group', () => {
  it('names the whole group', async () => {
    const { person } = await call('Ana');
    expect(tab.facesOf(person!)).toEqual(all(0));
  });

  it('names only this face on request, even after reclustering', async () => {
    const { person, entry } = await call('Ana', { only: true });
    for (const gather of [false, true]) {
      if (gather) await tab.library.recluster(() => {});
      expect(tab.whose(face(1, 0))).toMatchObject({ key: person, name: 'Ana', faces: 1 });
      expect(tab.whose(face(2, 0)).name).toBe('');
      expect(facesWith(2, 0)).toEqual(all(0, [2, 3, 4]));
    }
    await tab.service.undo(entry);
    await tab.service.reclusterer.recluster(true);
    expect(facesWith(1, 0)).toEqual(all(0));
  });

  it('moves only this face to an existing person of that name on request', async () => {
    const { person: ana } = await tab.service.apply({
      kind: 'name',
      person: tab.whose(face(1, 1)).key,
      name: 'Ana',
    });
    expect((await call('Ana', { only: true })).person).toBe(ana);
    expect(tab.facesOf(ana!)).toEqual([face(1, 0), ...all(1)].sort((a, b) => a - b));
    expect(facesWith(2, 0)).toEqual(all(0, [2, 3, 4]));
  });

  it('creates another person of the same name on request', async () => {
    const { person: ana } = await tab.service.apply({
      kind: 'name',
      person: tab.whose(face(1, 1)).key,
      name: 'Ana',
    });
    const { person } = await call('Ana', { another: true });
    expect(person).not.toBe(ana);
    expect(tab.facesOf(person!)).toEqual(all(0));
    expect(tab.facesOf(ana!)).toEqual(all(1));
  });
});
