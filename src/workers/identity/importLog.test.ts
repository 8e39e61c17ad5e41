import 'fake-indexeddb/auto';
import { describe, expect, it } from 'vitest';
import { exportLog, type Log, PEOPLE_LOG, runThrough, toVersion1 } from '../../identity/index.ts';
import { faceId } from '../../identity/testing/ids.ts';
import { logOf } from '../../identity/testing/logOf.ts';
import { missingEntries as slicesOfMissing } from '../shared/logEntries.ts';
import { type FacedTab, facedLibrary, openFacedTab } from '../testing/facedLibrary.ts';

async function desk() {
  const { store, face } = await facedLibrary(4, 3);
  const tab = await openFacedTab(store);
  const name = (person: number, text: string) =>
    tab.service.apply({ kind: 'name', person: tab.whose(face(1, person)).key, name: text });
  return { store, face, tab, name };
}

const names = (tab: FacedTab) => tab.service.people().people.map(({ name }) => name);
const missing = (log: Log, other: Log) => runThrough(slicesOfMissing(PEOPLE_LOG, log, other));
const assertions = (log: Log) =>
  log.map((entry) => ('reverts' in entry ? entry.reverts : entry.assertions));

describe('an imported log', () => {
  it('has the same meaning on another device', async () => {
    const here = await desk();
    await here.name(0, 'Ana');
    const wrong = await here.name(1, 'Eve');
    await here.tab.service.undo(wrong.entry);
    const there = await desk();
    expect(await there.tab.service.importLog(here.tab.service.exportLog())).toBe(3);
    expect(there.tab.library.log.entries).toEqual(here.tab.library.log.entries);
    expect(names(there.tab)).toEqual(['Ana']);
    expect(names(await openFacedTab(there.store))).toEqual(['Ana']);
    expect(there.tab.told.map(({ type }) => type)).toEqual(['people', 'people-seen']);
  });

  it('finds its faces if their boxes differ slightly', async () => {
    const here = await desk();
    await here.name(0, 'Ana');
    const moved = here.tab.service
      .exportLog()
      .replaceAll(/(?<=:)[0-9a-f]{3}(?=[0-9a-f]{9}")/g, (x) =>
        (Number.parseInt(x, 16) + 1).toString(16).padStart(3, '0'),
      );
    expect(moved).not.toBe(here.tab.service.exportLog());
    const there = await desk();
    expect(await there.tab.service.importLog(moved)).toBe(1);
    expect(there.tab.service.people().people).toMatchObject([{ name: 'Ana', faces: 4 }]);
    // So another import recognizes it.
    expect(await there.tab.service.importLog(here.tab.service.exportLog())).toBe(0);
  });

  it('adds nothing if imported again or older', async () => {
    const { tab, name } = await desk();
    await name(0, 'Ana');
    const older = tab.service.exportLog();
    const eva = await name(1, 'Eva');
    await tab.service.undo(eva.entry);
    const same = tab.service.exportLog();
    const { entries } = tab.library.log;
    tab.told.length = 0;
    for (const text of [older, same, older]) expect(await tab.service.importLog(text)).toBe(0);
    expect(tab.library.log.entries).toBe(entries);
    expect(tab.told).toEqual([]);
  });

  it('adds only the new entries after a common beginning', async () => {
    const here = await desk();
    await here.name(0, 'Ana');
    const there = await desk();
    await there.tab.service.importLog(here.tab.service.exportLog());
    await there.name(1, 'Eva');
    await here.name(2, 'Eve');
    const back = await here.tab.service.undo(1);
    expect(back.entry).toBe(3);
    expect(await there.tab.service.importLog(here.tab.service.exportLog())).toBe(2);
    expect(names(there.tab)).toEqual(['Eva', 'Eve']);
    // The revert refers to the same entry by its local id.
    expect(there.tab.library.log.entries.at(-1)).toMatchObject({ id: 4, reverts: 1 });
    expect(await here.tab.service.importLog(there.tab.service.exportLog())).toBe(1);
    expect(names(here.tab)).toEqual(['Eva', 'Eve']);
    for (const [one, other] of [
      [here, there],
      [there, here],
    ] as const) {
      expect(await one.tab.service.importLog(other.tab.service.exportLog())).toBe(0);
    }
  });

  it('from another library is appended with new ids', async () => {
    const { store, tab, name } = await desk();
    await name(0, 'Ana');
    const foreign = logOf(
      { kind: 'name', person: 'p', name: 'Bob' },
      { kind: 'labelCluster', person: 'p', faces: [faceId(99)] },
      1,
      3,
    );
    expect(await tab.service.importLog(exportLog(foreign))).toBe(4);
    const { entries } = tab.library.log;
    expect(entries.map(({ id }) => id)).toEqual([1, 2, 3, 4, 5]);
    expect(assertions(entries).slice(3)).toEqual([2, 4]);
    expect(await store.faces.log()).toEqual(entries.map(toVersion1));
    expect(names(tab)).toContain('Bob');
  });

  it('keeps entries that another tab appended in the meantime', async () => {
    const here = await desk();
    await here.name(0, 'Ana');
    const other = await openFacedTab(here.store);
    const foreign = logOf({ kind: 'name', person: 'p', name: 'Bob' });
    await here.name(1, 'Eva');
    expect(await other.service.importLog(exportLog(foreign))).toBe(1);
    expect(await here.store.faces.log()).toHaveLength(3);
    expect(names(other).toSorted()).toEqual(['Ana', 'Bob', 'Eva']);
  });

  const entry = { id: 1, at: 1, assertions: [{ kind: 'name', person: 'p', name: 'Bob' }] };
  const file = (entries: unknown, version: unknown = 2) =>
    JSON.stringify({ format: 'akin-people', version, entries });
  it.each([
    ['nothing', '', 'bad-magic'],
    ['no text', undefined, 'bad-magic'],
    ['half a file', file([entry]).slice(0, -3), 'bad-magic'],
    ['a list', '[]', 'bad-magic'],
    ['null', 'null', 'bad-magic'],
    ['another format', '{"format":"people","version":2,"entries":[]}', 'bad-magic'],
    ['a later version', file([entry], 3), 'too-new'],
    ['no version', file([entry], 'x'), 'corrupt'],
    ['no entries', file(undefined), 'corrupt'],
    ['a good entry and a bad one', file([entry, { id: 2, at: 1, assertions: [{}] }]), 'corrupt'],
    ['an entry twice', file([entry, entry]), 'corrupt'],
    ['a revert of what is not there', file([entry, { id: 3, at: 1, reverts: 2 }]), 'corrupt'],
    ['a revert of itself', file([entry, { id: 2, at: 1, reverts: 2 }]), 'corrupt'],
    ['a time that is none', file([{ ...entry, at: 1e300 }]), 'corrupt'],
    [
      'half a character',
      file([{ ...entry, assertions: [{ kind: 'name', person: 'p', name: '\ud800' }] }]),
      'corrupt',
    ],
    [
      'a person of a strange name',
      file([{ ...entry, assertions: [{ kind: 'name', person: '<b>', name: 'Bob' }] }]),
      'corrupt',
    ],
    [
      'a face of a strange name',
      file([{ ...entry, assertions: [{ kind: 'notFace', faces: ['../x'] }] }]),
      'corrupt',
    ],
  ])('is rejected and changes nothing: %s', async (_what, text, code) => {
    const { store, tab, name } = await desk();
    await name(0, 'Ana');
    const before = tab.library.log.entries;
    await expect(tab.service.importLog(text as string)).rejects.toMatchObject({ code });
    expect(tab.library.log.entries).toBe(before);
    expect(await store.faces.log()).toEqual(before.map(toVersion1));
    expect(names(tab)).toEqual(['Ana']);
  });

  it('treats __proto__ and constructor as plain names', async () => {
    const { tab } = await desk();
    const text =
      '{"format":"akin-people","version":1,"steps":[{"id":1,"at":1,"words":' +
      '[{"kind":"name","person":"__proto__","name":"constructor","__proto__":{"x":1}}]}]}';
    expect(await tab.service.importLog(text)).toBe(1);
    expect(names(tab)).toEqual(['constructor']);
    expect(Object.hasOwn(Object.prototype, 'x')).toBe(false);
  });
});

describe('the entries missing from a log', () => {
  const say = (name: string) => ({ kind: 'name', person: 'p', name }) as const;

  it('exclude its own entries, whatever their ids', () => {
    const log = logOf(say('a'), say('b'), 1, 3);
    const moved = log.map((entry) =>
      'reverts' in entry
        ? { ...entry, id: entry.id + 10, reverts: entry.reverts + 10 }
        : { ...entry, id: entry.id + 10 },
    );
    expect(missing(log, moved)).toEqual([]);
    expect(missing(moved, log)).toEqual([]);
  });

  it('include only the surplus of identical entries', () => {
    const log = logOf(say('a'), say('a'));
    expect(missing(log, logOf(say('a')))).toEqual([]);
    expect(missing(log, logOf(say('a'), say('a'), say('a')))).toMatchObject([{ id: 3 }]);
    // Order tells which of two identical entries is reverted.
    const back = missing(log, logOf(say('a'), say('a'), 2));
    expect(back).toEqual([{ id: 3, at: 5, reverts: 2 }]);
  });

  it('include the same assertion made at another time', () => {
    const log = logOf(say('a'));
    const later = log.map((entry) => ({ ...entry, at: entry.at + 1 }));
    expect(missing(log, later)).toMatchObject([{ id: 2, at: 6 }]);
  });
});
