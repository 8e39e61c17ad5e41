import 'fake-indexeddb/auto';
import { describe, expect, it } from 'vitest';
import type { Log } from '../../identity/index.ts';
import { facedLibrary, openFacedTab } from '../testing/facedLibrary.ts';
import { lastWordOn, stepsThatHold } from './logSteps.ts';

async function desk() {
  const made = await facedLibrary(4, 3);
  const tab = await openFacedTab(made.store);
  const name = (person: number, text: string) =>
    tab.service.tell({ kind: 'name', person: tab.whose(made.face(1, person)).key, name: text });
  const names = () => tab.service.people().people.map((person) => person.name);
  const undone = () => tab.service.deeds().map((deed) => deed.undone);
  return { ...made, tab, name, names, undone };
}

describe('taking back', () => {
  it('any step, and taking that back, as often as one likes', async () => {
    const { tab, name, names, undone } = await desk();
    const ana = await name(0, 'Ana');
    await name(1, 'Eva');
    for (const holds of [false, true, false, true, false]) {
      await tab.service.undo(ana.step);
      expect(names()).toEqual(holds ? ['Ana', 'Eva'] : ['Eva']);
      // Newest first; that of which they tell stays two deeds.
      expect(undone()).toEqual([false, !holds]);
    }
    expect(tab.library.told.log).toHaveLength(7);
  });

  it('a taking back by its own step', async () => {
    const { tab, name, names, undone } = await desk();
    const ana = await name(0, 'Ana');
    const back = await tab.service.undo(ana.step);
    const again = await tab.service.undo(back.step);
    expect(names()).toEqual(['Ana']);
    expect(undone()).toEqual([false]);
    await tab.service.undo(again.step);
    expect(names()).toEqual([]);
    expect(undone()).toEqual([true]);
  });

  it('what two tabs have taken back each, once and for all', async () => {
    const { store, tab, name, names, undone } = await desk();
    const ana = await name(0, 'Ana');
    const other = await openFacedTab(store);
    await other.service.undo(ana.step);
    // Has not heard of it, and wants the same: it is not taken back again.
    await tab.service.undo(ana.step);
    expect(names()).toEqual([]);
    expect(await store.faces.log()).toHaveLength(2);
    await tab.service.undo(ana.step);
    expect(names()).toEqual(['Ana']);
    expect(undone()).toEqual([false]);
  });

  it('comes through where a log holds two takings back of one step', async () => {
    const { store, name } = await desk();
    const ana = await name(0, 'Ana');
    const undo = ana.step;
    await store.faces.append([{ id: 2, at: 1, undo } as never, { id: 3, at: 2, undo } as never]);
    const tab = await openFacedTab(store);
    expect(tab.service.deeds()).toMatchObject([{ undone: true }]);
    await tab.service.undo(undo);
    expect(tab.service.deeds()).toMatchObject([{ undone: false }]);
    await tab.service.undo(undo);
    expect(tab.service.deeds()).toMatchObject([{ undone: true }]);
  });

  it.each([0, 2, -1, 1.5, Number.NaN, '1', null, undefined])(
    'of %s, which is no step, is an error',
    async (step) => {
      const { tab, name, names } = await desk();
      await name(0, 'Ana');
      await expect(tab.service.undo(step as number)).rejects.toMatchObject({ code: 'not-found' });
      expect(tab.library.told.log).toHaveLength(1);
      expect(names()).toEqual(['Ana']);
    },
  );

  it('tells both pages, and gathers anew', async () => {
    const { store, tab, name } = await desk();
    const ana = await name(0, 'Ana');
    tab.told.length = 0;
    await tab.service.undo(ana.step);
    expect(tab.told.slice(0, 2).map(({ type }) => type)).toEqual(['people', 'people-seen']);
    await expect.poll(() => store.meta.get('faces.clusters')).toBeDefined();
  });
});

it('knows which steps hold', () => {
  const say = { at: 0, words: [{ kind: 'name', person: 'p', name: 'Ana' }] } as const;
  const log: Log = [
    { id: 1, ...say },
    { id: 2, at: 0, undo: 1 },
    { id: 3, at: 0, undo: 2 },
    { id: 4, ...say },
    { id: 5, at: 0, undo: 4 },
  ];
  expect([...stepsThatHold(log)].sort()).toEqual([1, 3, 5]);
  expect([1, 2, 3, 4, 5].map((step) => lastWordOn(log, step))).toEqual([1, 3, 3, 5, 5]);
});

it('tells what was done in words', async () => {
  const { face, tab, name } = await desk();
  const { person } = await name(0, 'Ana');
  await tab.service.tell({ kind: 'reject', person: person!, faces: [face(1, 0)] });
  await tab.service.tell({ kind: 'confirm', person: person!, faces: [face(1, 0), face(2, 0)] });
  await tab.service.tell({ kind: 'not-face', faces: [face(1, 1)] });
  await tab.service.tell({ kind: 'cover', person: person!, face: face(2, 0) });
  await tab.service.tell({ kind: 'hide', person: person!, hidden: true });
  expect(tab.service.deeds().map(({ words }) => words)).toEqual([
    'Hid Ana',
    'Chose a picture of Ana',
    'Said that 1 face is no face',
    'Said that 2 faces are Ana',
    'Said that 1 face is not Ana',
    'Named somebody Ana',
  ]);
});
