import 'fake-indexeddb/auto';
import { describe, expect, it } from 'vitest';
import type { Log } from '../../identity/index.ts';
import { decidingEntry, effectiveIds } from '../shared/logEntries.ts';
import { facedLibrary, openFacedTab } from '../testing/facedLibrary.ts';

async function desk() {
  const made = await facedLibrary(4, 3);
  const tab = await openFacedTab(made.store);
  const name = (person: number, text: string) =>
    tab.service.apply({ kind: 'name', person: tab.whose(made.face(1, person)).key, name: text });
  const names = () => tab.service.people().people.map((person) => person.name);
  const reverted = () => tab.service.entries().map((command) => command.reverted);
  return { ...made, tab, name, names, reverted };
}

describe('reverting', () => {
  it('toggles any entry any number of times', async () => {
    const { tab, name, names, reverted } = await desk();
    const ana = await name(0, 'Ana');
    await name(1, 'Eva');
    for (const holds of [false, true, false, true, false]) {
      await tab.service.undo(ana.entry);
      expect(names()).toEqual(holds ? ['Ana', 'Eva'] : ['Eva']);
      // Newest first; reverts are not listed as commands.
      expect(reverted()).toEqual([false, !holds]);
    }
    expect(tab.library.log.entries).toHaveLength(7);
  });

  it('accepts the id of a revert', async () => {
    const { tab, name, names, reverted } = await desk();
    const ana = await name(0, 'Ana');
    const back = await tab.service.undo(ana.entry);
    const again = await tab.service.undo(back.entry);
    expect(names()).toEqual(['Ana']);
    expect(reverted()).toEqual([false]);
    await tab.service.undo(again.entry);
    expect(names()).toEqual([]);
    expect(reverted()).toEqual([true]);
  });

  it('an entry in two tabs at once reverts it only once', async () => {
    const { store, tab, name, names, reverted } = await desk();
    const ana = await name(0, 'Ana');
    const other = await openFacedTab(store);
    await other.service.undo(ana.entry);
    // This tab hasn't seen the revert and requests the same: the entry isn't reverted twice.
    await tab.service.undo(ana.entry);
    expect(names()).toEqual([]);
    expect(await store.faces.log()).toHaveLength(2);
    await tab.service.undo(ana.entry);
    expect(names()).toEqual(['Ana']);
    expect(reverted()).toEqual([false]);
  });

  it('works if the log holds two reverts of one entry', async () => {
    const { store, name } = await desk();
    const ana = await name(0, 'Ana');
    const undo = ana.entry;
    await store.faces.append([{ id: 2, at: 1, undo } as never, { id: 3, at: 2, undo } as never]);
    const tab = await openFacedTab(store);
    expect(tab.service.entries()).toMatchObject([{ reverted: true }]);
    await tab.service.undo(undo);
    expect(tab.service.entries()).toMatchObject([{ reverted: false }]);
    await tab.service.undo(undo);
    expect(tab.service.entries()).toMatchObject([{ reverted: true }]);
  });

  it.each([0, 2, -1, 1.5, Number.NaN, '1', null, undefined])(
    '%s, which is not an entry, throws not-found',
    async (entry) => {
      const { tab, name, names } = await desk();
      await name(0, 'Ana');
      await expect(tab.service.undo(entry as number)).rejects.toMatchObject({ code: 'not-found' });
      expect(tab.library.log.entries).toHaveLength(1);
      expect(names()).toEqual(['Ana']);
    },
  );

  it('broadcasts both people events and reclusters', async () => {
    const { store, tab, name } = await desk();
    const ana = await name(0, 'Ana');
    tab.told.length = 0;
    await tab.service.undo(ana.entry);
    expect(tab.told.slice(0, 2).map(({ type }) => type)).toEqual(['people', 'people-seen']);
    await expect.poll(() => store.meta.get('faces.clusters')).toBeDefined();
  });
});

it('finds the effective entries', () => {
  const say = { at: 0, assertions: [{ kind: 'name', person: 'p', name: 'Ana' }] } as const;
  const log: Log = [
    { id: 1, ...say },
    { id: 2, at: 0, reverts: 1 },
    { id: 3, at: 0, reverts: 2 },
    { id: 4, ...say },
    { id: 5, at: 0, reverts: 4 },
  ];
  expect([...effectiveIds(log)].sort()).toEqual([1, 3, 5]);
  expect([1, 2, 3, 4, 5].map((entry) => decidingEntry(log, entry))).toEqual([1, 3, 3, 5, 5]);
});

it('describes what each entry changed', async () => {
  const { face, tab, name } = await desk();
  const { person } = await name(0, 'Ana');
  await tab.service.apply({ kind: 'reject', person: person!, faces: [face(1, 0)] });
  await tab.service.apply({ kind: 'confirm', person: person!, faces: [face(1, 0), face(2, 0)] });
  await tab.service.apply({ kind: 'not-face', faces: [face(1, 1)] });
  await tab.service.apply({ kind: 'cover', person: person!, face: face(2, 0) });
  await tab.service.apply({ kind: 'hide', person: person!, hidden: true });
  expect(tab.service.entries().map(({ change }) => change)).toEqual([
    { kind: 'hide', hidden: true, name: 'Ana' },
    { kind: 'cover', name: 'Ana' },
    { kind: 'not-face', faces: 1 },
    { kind: 'confirm', faces: 2, name: 'Ana' },
    { kind: 'reject', faces: 1, name: 'Ana' },
    { kind: 'name', name: 'Ana' },
  ]);
});
