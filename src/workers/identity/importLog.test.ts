import 'fake-indexeddb/auto';
import { describe, expect, it } from 'vitest';
import { exportLog, type Log, runThrough } from '../../identity/index.ts';
import { faceId } from '../../identity/testing/ids.ts';
import { logOf } from '../../identity/testing/logOf.ts';
import { type FacedTab, facedLibrary, openFacedTab } from '../testing/facedLibrary.ts';
import { missingSteps as slicesOfMissing } from './logSteps.ts';

async function desk() {
  const { store, face } = await facedLibrary(4, 3);
  const tab = await openFacedTab(store);
  const name = (person: number, text: string) =>
    tab.service.tell({ kind: 'name', person: tab.whose(face(1, person)).key, name: text });
  return { store, face, tab, name };
}

const names = (tab: FacedTab) => tab.service.people().people.map(({ name }) => name);
const missingSteps = (log: Log, other: Log) => runThrough(slicesOfMissing(log, other));
const words = (log: Log) => log.map((step) => ('undo' in step ? step.undo : step.words));

describe('a log that is brought in', () => {
  it('means on another device what it meant here', async () => {
    const here = await desk();
    await here.name(0, 'Ana');
    const wrong = await here.name(1, 'Eve');
    await here.tab.service.undo(wrong.step);
    const there = await desk();
    expect(await there.tab.service.importLog(here.tab.service.exportLog())).toBe(3);
    expect(there.tab.library.told.log).toEqual(here.tab.library.told.log);
    expect(names(there.tab)).toEqual(['Ana']);
    expect(names(await openFacedTab(there.store))).toEqual(['Ana']);
    expect(there.tab.told.map(({ type }) => type)).toEqual(['people', 'people-seen']);
  });

  it('finds its faces where their boxes came out a little differently', async () => {
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
    // And so it is known to be here already.
    expect(await there.tab.service.importLog(here.tab.service.exportLog())).toBe(0);
  });

  it('adds nothing the second time, nor where it is older', async () => {
    const { tab, name } = await desk();
    await name(0, 'Ana');
    const older = tab.service.exportLog();
    const eva = await name(1, 'Eva');
    await tab.service.undo(eva.step);
    const same = tab.service.exportLog();
    const { log } = tab.library.told;
    tab.told.length = 0;
    for (const text of [older, same, older]) expect(await tab.service.importLog(text)).toBe(0);
    expect(tab.library.told.log).toBe(log);
    expect(tab.told).toEqual([]);
  });

  it('adds what is new of one that begins as this does, and no more', async () => {
    const here = await desk();
    await here.name(0, 'Ana');
    const there = await desk();
    await there.tab.service.importLog(here.tab.service.exportLog());
    await there.name(1, 'Eva');
    await here.name(2, 'Eve');
    const back = await here.tab.service.undo(1);
    expect(back.step).toBe(3);
    expect(await there.tab.service.importLog(here.tab.service.exportLog())).toBe(2);
    expect(names(there.tab)).toEqual(['Eva', 'Eve']);
    // The taking back is of the step that it took back there, by its number here.
    expect(there.tab.library.told.log.at(-1)).toMatchObject({ id: 4, undo: 1 });
    expect(await here.tab.service.importLog(there.tab.service.exportLog())).toBe(1);
    expect(names(here.tab)).toEqual(['Eva', 'Eve']);
    for (const [one, other] of [
      [here, there],
      [there, here],
    ] as const) {
      expect(await one.tab.service.importLog(other.tab.service.exportLog())).toBe(0);
    }
  });

  it('of strangers comes after this one, numbered on', async () => {
    const { store, tab, name } = await desk();
    await name(0, 'Ana');
    const foreign = logOf(
      { kind: 'name', person: 'p', name: 'Bob' },
      { kind: 'group', person: 'p', faces: [faceId(99)] },
      1,
      3,
    );
    expect(await tab.service.importLog(exportLog(foreign))).toBe(4);
    const { log } = tab.library.told;
    expect(log.map(({ id }) => id)).toEqual([1, 2, 3, 4, 5]);
    expect(words(log).slice(3)).toEqual([2, 4]);
    expect(await store.faces.log()).toEqual(log);
    expect(names(tab)).toContain('Bob');
  });

  it('loses nothing that another tab has said meanwhile', async () => {
    const here = await desk();
    await here.name(0, 'Ana');
    const other = await openFacedTab(here.store);
    const foreign = logOf({ kind: 'name', person: 'p', name: 'Bob' });
    await here.name(1, 'Eva');
    expect(await other.service.importLog(exportLog(foreign))).toBe(1);
    expect(await here.store.faces.log()).toHaveLength(3);
    expect(names(other).toSorted()).toEqual(['Ana', 'Bob', 'Eva']);
  });

  const step = { id: 1, at: 1, words: [{ kind: 'name', person: 'p', name: 'Bob' }] };
  const file = (steps: unknown, version: unknown = 1) =>
    JSON.stringify({ format: 'akin-people', version, steps });
  it.each([
    ['nothing', '', 'bad-magic'],
    ['no text', undefined, 'bad-magic'],
    ['half a file', file([step]).slice(0, -3), 'bad-magic'],
    ['a list', '[]', 'bad-magic'],
    ['null', 'null', 'bad-magic'],
    ['another format', '{"format":"people","version":1,"steps":[]}', 'bad-magic'],
    ['a later version', file([step], 2), 'too-new'],
    ['no version', file([step], 'x'), 'corrupt'],
    ['no steps', file(undefined), 'corrupt'],
    ['a good step and a bad one', file([step, { id: 2, at: 1, words: [{}] }]), 'corrupt'],
    ['a step twice', file([step, step]), 'corrupt'],
    ['an undo of what is not there', file([step, { id: 3, at: 1, undo: 2 }]), 'corrupt'],
    ['an undo of itself', file([step, { id: 2, at: 1, undo: 2 }]), 'corrupt'],
    ['a time that is none', file([{ ...step, at: 1e300 }]), 'corrupt'],
    [
      'half a character',
      file([{ ...step, words: [{ kind: 'name', person: 'p', name: '\ud800' }] }]),
      'corrupt',
    ],
    [
      'a person of a strange name',
      file([{ ...step, words: [{ kind: 'name', person: '<b>', name: 'Bob' }] }]),
      'corrupt',
    ],
    [
      'a face of a strange name',
      file([{ ...step, words: [{ kind: 'notFace', faces: ['../x'] }] }]),
      'corrupt',
    ],
  ])('that is %s changes nothing', async (_what, text, code) => {
    const { store, tab, name } = await desk();
    await name(0, 'Ana');
    const before = tab.library.told.log;
    await expect(tab.service.importLog(text as string)).rejects.toMatchObject({ code });
    expect(tab.library.told.log).toBe(before);
    expect(await store.faces.log()).toEqual(before);
    expect(names(tab)).toEqual(['Ana']);
  });

  it('reads a name that would be another thing’s prototype as a name', async () => {
    const { tab } = await desk();
    const text =
      '{"format":"akin-people","version":1,"steps":[{"id":1,"at":1,"words":' +
      '[{"kind":"name","person":"__proto__","name":"constructor","__proto__":{"x":1}}]}]}';
    expect(await tab.service.importLog(text)).toBe(1);
    expect(names(tab)).toEqual(['constructor']);
    expect(Object.hasOwn(Object.prototype, 'x')).toBe(false);
  });
});

describe('the steps that a log lacks', () => {
  const say = (name: string) => ({ kind: 'name', person: 'p', name }) as const;

  it('are none of its own, whatever their numbers', () => {
    const log = logOf(say('a'), say('b'), 1, 3);
    const moved = log.map((step) =>
      'undo' in step
        ? { ...step, id: step.id + 10, undo: step.undo + 10 }
        : { ...step, id: step.id + 10 },
    );
    expect(missingSteps(log, moved)).toEqual([]);
    expect(missingSteps(moved, log)).toEqual([]);
  });

  it('are as many of those alike as there are more of', () => {
    const log = logOf(say('a'), say('a'));
    expect(missingSteps(log, logOf(say('a')))).toEqual([]);
    expect(missingSteps(log, logOf(say('a'), say('a'), say('a')))).toMatchObject([{ id: 3 }]);
    // Which of two alike is taken back is told by their order.
    const back = missingSteps(log, logOf(say('a'), say('a'), 2));
    expect(back).toEqual([{ id: 3, at: 5, undo: 2 }]);
  });

  it('are those said at another time', () => {
    const log = logOf(say('a'));
    const later = log.map((step) => ({ ...step, at: step.at + 1 }));
    expect(missingSteps(log, later)).toMatchObject([{ id: 2, at: 6 }]);
  });
});
