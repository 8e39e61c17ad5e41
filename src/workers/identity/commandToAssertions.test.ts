import 'fake-indexeddb/auto';
import { beforeEach, describe, expect, it } from 'vitest';
import type { FaceKey, PeopleCommand } from '../../protocol/index.ts';
import {
  type FacedLibrary,
  type FacedTab,
  facedLibrary,
  openFacedTab,
} from '../testing/facedLibrary.ts';

let made: FacedLibrary;
let tab: FacedTab;
const face = (photo: number, person: number) => made.face(photo, person);
const keyOf = (person: number) => tab.whose(face(1, person)).key;
const all = (person: number, photos = [1, 2, 3, 4]) => photos.map((photo) => face(photo, person));
const broadcast = (command: PeopleCommand) => tab.service.apply(command);
const changes = () => tab.service.entries().map((command) => command.change);

beforeEach(async () => {
  made = await facedLibrary(4, 3);
  tab = await openFacedTab(made.store);
});

/** Each person's name, hidden flag, cover and faces, in a stable order. */
function whole(): (string | number)[][] {
  const { people, groups } = tab.service.people();
  const shown = [...people, ...groups].map(({ key, name, hidden, cover }) => [
    name,
    Number(hidden),
    cover ?? 0,
    ...tab.facesOf(key),
  ]);
  return shown.sort((a, b) => (a.join() < b.join() ? -1 : 1));
}

/** Applies a command, checks the result, and checks that undoing it restores the previous state. */
async function told(command: PeopleCommand, check: (key: string | null) => void): Promise<void> {
  const before = whole();
  const { entry, person } = await broadcast(command);
  check(person);
  const after = whole();
  expect(after).not.toEqual(before);
  const reopened = await openFacedTab(made.store);
  expect(reopened.library.log.entries).toEqual(tab.library.log.entries);
  await tab.service.undo(entry);
  expect(whole()).toEqual(before);
  await tab.service.undo(entry);
  expect(whole()).toEqual(after);
}

describe('a command', () => {
  it('names a group and renames a person', async () => {
    await told({ kind: 'name', person: keyOf(0), name: '  Ana\u0301 ' }, (key) => {
      expect(tab.personOf(key!)).toMatchObject({ name: 'An\u00e1', faces: 4 });
      expect(key).toBe(keyOf(0));
    });
    await told({ kind: 'name', person: keyOf(0), name: 'Eva' }, (key) => {
      expect(key).toBe(keyOf(0));
      expect(tab.service.people().people).toMatchObject([{ name: 'Eva', edited: true }]);
    });
    await told({ kind: 'name', person: keyOf(0), name: '' }, () => {
      expect(tab.service.people().people).toMatchObject([{ name: '', edited: true, faces: 4 }]);
      expect(changes()[0]).toEqual({ kind: 'name', name: '' });
    });
  });

  it('hides and shows a person', async () => {
    await told({ kind: 'hide', person: keyOf(1), hidden: true }, (key) => {
      expect(tab.personOf(key!)).toMatchObject({ hidden: true, faces: 4 });
    });
    await told({ kind: 'hide', person: keyOf(1), hidden: false }, (key) => {
      expect(tab.personOf(key!).hidden).toBe(false);
    });
  });

  it('sets the cover', async () => {
    await told({ kind: 'cover', person: keyOf(1), face: face(3, 1) }, (key) => {
      expect(tab.personOf(key!).cover).toBe(face(3, 1));
    });
  });

  it('merges groups and people', async () => {
    // The user may assert that two people in one photo are the same person.
    await told({ kind: 'merge', into: keyOf(0), from: keyOf(1) }, (key) => {
      expect(tab.facesOf(key!)).toEqual([...all(0), ...all(1)].sort((a, b) => a - b));
      expect(changes()[0]).toEqual({ kind: 'merge', name: '' });
    });
    await broadcast({ kind: 'name', person: keyOf(2), name: 'Eva' });
    const into = keyOf(0);
    await told({ kind: 'merge', into, from: keyOf(2) }, (key) => {
      expect(key).toBe(into);
      expect(tab.personOf(key!)).toMatchObject({ name: 'Eva', faces: 12 });
    });
  });

  it('splits faces off into another person', async () => {
    await broadcast({ kind: 'name', person: keyOf(0), name: 'Ana' });
    await told({ kind: 'split', person: keyOf(0), faces: all(0, [3, 4]) }, (key) => {
      expect(tab.facesOf(key!)).toEqual(all(0, [3, 4]));
      expect(tab.facesOf(keyOf(0))).toEqual(all(0, [1, 2]));
      expect(tab.whose(face(1, 0)).name).toBe('Ana');
      expect(changes()[0]).toEqual({ kind: 'split', faces: 2 });
    });
  });

  it('rejects and confirms faces', async () => {
    await broadcast({ kind: 'name', person: keyOf(0), name: 'Ana' });
    const key = keyOf(0);
    await told({ kind: 'reject', person: key, faces: all(0, [1]) }, (about) => {
      expect(about).toBe(key);
      expect(tab.facesOf(key)).toEqual(all(0, [2, 3, 4]));
    });
    await told({ kind: 'confirm', person: key, faces: all(0, [1]) }, (about) => {
      expect(about).toBe(key);
      expect(tab.facesOf(key)).toEqual(all(0));
    });
  });

  it('marks faces as not a face', async () => {
    await told({ kind: 'not-face', faces: [face(1, 2), face(1, 2)] }, (key) => {
      expect(key).toBeNull();
      expect(tab.facesOf(tab.whose(face(2, 2)).key)).toEqual(all(2, [2, 3, 4]));
    });
    const shown = await tab.service.facesOf(1);
    expect(shown.map(({ id }) => id)).toEqual([face(1, 0), face(1, 1)]);
  });

  it('names one face after a new or an existing person', async () => {
    await told({ kind: 'name-face', face: face(1, 0), name: 'Ana' }, (key) => {
      expect(tab.whose(face(1, 0))).toMatchObject({ key, name: 'Ana' });
    });
    const key = keyOf(0);
    await told({ kind: 'name-face', face: face(1, 1), name: ' Ana ' }, (about) => {
      expect(about).toBe(key);
      expect(tab.facesOf(key)).toContain(face(1, 1));
    });
  });

  it('answers whether two are the same, in either order', async () => {
    const [a, b] = [keyOf(0), keyOf(1)];
    const { entry } = await broadcast({ kind: 'answer', a: b, b: a, same: false });
    expect(changes()[0]).toEqual({ kind: 'different-faces' });
    expect(tab.library.constraints.forbids(...idsOf(face(1, 0), face(1, 1)))).toBe(true);
    expect([keyOf(0), keyOf(1)]).toEqual([a, b]);
    await tab.service.undo(entry);
    expect(tab.library.constraints.forbids(...idsOf(face(1, 0), face(1, 1)))).toBe(false);
    await broadcast({ kind: 'name', person: keyOf(0), name: 'Ana' });
    await broadcast({ kind: 'name', person: keyOf(1), name: 'Eva' });
    await broadcast({ kind: 'answer', a: keyOf(1), b: keyOf(0), same: false });
    expect(changes()[0]).toEqual({ kind: 'keep-separate', names: ['Eva', 'Ana'] });
    await told({ kind: 'answer', a: keyOf(1), b: keyOf(0), same: true }, (key) => {
      expect(tab.personOf(key!)).toMatchObject({ name: 'Eva', faces: 8 });
    });
  });

  it('finds a person who has no faces left', async () => {
    const named = await broadcast({ kind: 'name', person: keyOf(0), name: 'Ana' });
    await broadcast({ kind: 'reject', person: named.person!, faces: all(0) });
    const again = await broadcast({ kind: 'name', person: named.person!, name: 'Anna' });
    expect(again.person).toBe(named.person);
    expect(tab.personOf(named.person!)).toMatchObject({ faces: 0, cover: null });
  });
});

function idsOf(a: FaceKey, b: FaceKey): [string, string] {
  return [tab.library.face(a).id, tab.library.face(b).id];
}

const NOBODY = 'nobody';
/** No face has this key. */
const NONE = 2 ** 31 + 999;

describe('an invalid command', () => {
  const cases: [string, string, () => unknown][] = [
    ['a name for nobody', 'not-found', () => ({ kind: 'name', person: NOBODY, name: 'Ana' })],
    ['no person', 'not-found', () => ({ kind: 'name', name: 'Ana' })],
    [
      'a name too long',
      'invalid-argument',
      () => ({ kind: 'name', person: keyOf(0), name: 'a'.repeat(201) }),
    ],
    [
      'half a character',
      'invalid-argument',
      () => ({ kind: 'name', person: keyOf(0), name: 'Ana \ud83d' }),
    ],
    ['a name that is no text', 'invalid-argument', () => ({ kind: 'name', person: keyOf(0) })],
    [
      'to hide by an assertion',
      'invalid-argument',
      () => ({ kind: 'hide', person: keyOf(0), hidden: 1 }),
    ],
    [
      'a cover that is no face',
      'not-found',
      () => ({ kind: 'cover', person: keyOf(0), face: NONE }),
    ],
    [
      'the cover of another',
      'invalid-argument',
      () => ({ kind: 'cover', person: keyOf(0), face: face(1, 1) }),
    ],
    [
      'to merge with oneself',
      'invalid-argument',
      () => ({ kind: 'merge', into: keyOf(0), from: keyOf(0) }),
    ],
    ['to merge with nobody', 'not-found', () => ({ kind: 'merge', into: keyOf(0), from: NOBODY })],
    [
      'to split off nobody',
      'invalid-argument',
      () => ({ kind: 'split', person: keyOf(0), faces: [] }),
    ],
    [
      'to split off a face of another',
      'invalid-argument',
      () => ({ kind: 'split', person: keyOf(0), faces: [face(1, 0), face(1, 1)] }),
    ],
    [
      'no list of faces',
      'invalid-argument',
      () => ({ kind: 'confirm', person: keyOf(0), faces: 7 }),
    ],
    ['no faces', 'invalid-argument', () => ({ kind: 'reject', person: keyOf(0) })],
    [
      'a face that is not here',
      'not-found',
      () => ({ kind: 'confirm', person: keyOf(0), faces: [face(1, 0), NONE] }),
    ],
    ['nothing that is no face', 'invalid-argument', () => ({ kind: 'not-face', faces: [] })],
    [
      'an empty name for a face',
      'invalid-argument',
      () => ({ kind: 'name-face', face: face(1, 0), name: ' \t' }),
    ],
    [
      'a face alone, perhaps',
      'invalid-argument',
      () => ({ kind: 'name-face', face: face(1, 0), name: 'Ana', only: 'yes' }),
    ],
    [
      'another one, perhaps',
      'invalid-argument',
      () => ({ kind: 'name-face', face: face(1, 0), name: 'Ana', another: 1 }),
    ],
    [
      'an answer about one alone',
      'not-found',
      () => ({ kind: 'answer', a: keyOf(0), b: keyOf(0), same: true }),
    ],
    [
      'an answer about nobody',
      'not-found',
      () => ({ kind: 'answer', a: keyOf(0), b: NOBODY, same: true }),
    ],
    [
      'an answer without a yes or no',
      'invalid-argument',
      () => ({ kind: 'answer', a: keyOf(0), b: keyOf(1) }),
    ],
    ['no command', 'invalid-argument', () => ({ kind: 'praise' })],
    ['nothing', 'invalid-argument', () => null],
  ];

  it.each(cases)('is rejected and changes nothing: %s', async (_what, code, command) => {
    const before = whole();
    await expect(broadcast(command() as PeopleCommand)).rejects.toMatchObject({ code });
    expect(await made.store.faces.log()).toEqual([]);
    expect(tab.told).toEqual([]);
    expect(whole()).toEqual(before);
  });

  it('is rejected if it is an answer about groups merged in the meantime', async () => {
    const [a, b] = [keyOf(0), keyOf(1)];
    await broadcast({ kind: 'merge', into: a, from: b });
    await expect(broadcast({ kind: 'answer', a, b, same: false })).rejects.toMatchObject({
      code: 'not-found',
    });
    expect(tab.library.log.entries).toHaveLength(1);
  });
});
