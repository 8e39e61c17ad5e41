import 'fake-indexeddb/auto';
import { openDB } from 'idb';
import { describe, expect, it } from 'vitest';
import { type FacedTab, facedLibrary, openFacedTab } from '../testing/facedLibrary.ts';

const names = (tab: FacedTab) => tab.service.people().people.map(({ name }) => name);
const ids = (tab: FacedTab) => tab.library.log.entries.map(({ id }) => id);

/** A library with a person named Ana, and rows no version of this app has written. */
async function desk(...strange: readonly object[]) {
  const made = await facedLibrary(4, 3);
  const before = await openFacedTab(made.store);
  const { key } = before.whose(made.face(1, 0));
  const { person } = await before.service.apply({ kind: 'name', person: key, name: 'Ana' });
  const database = await openDB(made.name);
  for (const row of strange) await database.put('peopleLog', row);
  const kept = await database.getAll('peopleLog');
  database.close();
  const tab = await openFacedTab(made.store);
  const name = (of: number, text: string) =>
    tab.service.apply({ kind: 'name', person: tab.whose(made.face(1, of)).key, name: text });
  return { ...made, tab, ana: person!, kept, name };
}

describe('a log with unparsed entries', () => {
  const later = { id: 2, at: 5, words: [{ kind: 'sing', song: 'la' }], by: 'a later version' };
  const long = {
    id: 3,
    at: 5,
    words: [{ kind: 'name', person: 'p', name: 'x'.repeat(10_000) }],
  };
  const back = { id: 4, at: 5, undo: 2 };

  it('opens with the other entries and counts the unparsed ones', async () => {
    const { tab, store, kept } = await desk(later, long, back);
    expect(names(tab)).toEqual(['Ana']);
    expect(tab.service.entries()).toHaveLength(1);
    expect(tab.library.log.unparsed).toBe(3);
    expect(await store.faces.log()).toEqual(kept);
  });

  it('appends after them and leaves them untouched', async () => {
    const { tab, store, kept, name } = await desk(later, long, back);
    const eva = await name(1, 'Eva');
    expect(eva.entry).toBe(5);
    await tab.service.undo(1);
    await tab.service.undo(eva.entry);
    await tab.service.undo(eva.entry);
    expect(ids(tab)).toEqual([1, 5, 6, 7, 8]);
    expect(names(tab)).toEqual(['Eva']);
    expect((await store.faces.log()).slice(0, 4)).toEqual(kept);
    const again = await openFacedTab(store);
    expect(names(again)).toEqual(['Eva']);
    expect(again.library.log.unparsed).toBe(3);
  });

  it('accepts new entries if one has an id out of range', async () => {
    const { tab, store, kept, name } = await desk({ id: 2 ** 53 }, { id: 'x' }, { id: -1 });
    await name(1, 'Eva');
    expect(ids(tab)).toEqual([1, 2]);
    expect(names(await openFacedTab(store))).toEqual(['Ana', 'Eva']);
    expect(await store.faces.log()).toEqual(expect.arrayContaining(kept));
  });

  it('can’t revert one of them', async () => {
    const { tab } = await desk(later, long, back);
    for (const entry of [2, 3, 4]) {
      await expect(tab.service.undo(entry)).rejects.toMatchObject({ code: 'not-found' });
    }
    expect(ids(tab)).toEqual([1]);
  });

  it('imports another log and exports them unchanged', async () => {
    const { tab, store, kept, name } = await desk(later, long, back);
    const elsewhere = await facedLibrary(4, 3);
    const other = await openFacedTab(elsewhere.store);
    const bo = other.whose(elsewhere.face(1, 2)).key;
    await other.service.apply({ kind: 'name', person: bo, name: 'Bo' });
    expect(await tab.service.importLog(other.service.exportLog())).toBe(1);
    await name(1, 'Eva');
    expect(ids(tab)).toEqual([1, 5, 6]);
    expect(names(tab)).toEqual(['Ana', 'Bo', 'Eva']);
    expect((await store.faces.log()).slice(0, 4)).toEqual(kept);

    const text = tab.service.exportLog();
    expect(JSON.parse(text).unparsed).toEqual([later, long, back]);
    expect(await other.service.importLog(text)).toBe(2);
    expect(names(other)).toEqual(['Ana', 'Bo', 'Eva']);
  });

  it('appends after one just added by a tab running a later version', async () => {
    const made = await desk();
    await made.store.faces.append([later]);
    const eva = await made.name(1, 'Eva');
    expect(eva.entry).toBe(3);
    expect(names(made.tab)).toEqual(['Ana', 'Eva']);
    expect(made.tab.library.log.unparsed).toBe(1);
  });
});
