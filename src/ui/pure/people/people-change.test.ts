import { afterEach, describe, expect, it } from 'vitest';
import type { PeopleChange } from '../../../protocol/index.ts';
import { de } from '../../text/de.ts';
import { en } from '../../text/en.ts';
import { setMessages } from '../../text/t.ts';
import { changeText } from './people-change.ts';

const CHANGES: [change: PeopleChange, english: string, german: string][] = [
  [{ kind: 'name', name: 'Ana' }, 'Named someone Ana', 'Person Ana benannt'],
  [{ kind: 'name', name: '' }, 'Removed a name', 'Name entfernt'],
  [
    { kind: 'confirm', faces: 1, name: 'Ana' },
    'Confirmed 1 face as Ana',
    '1 Gesicht als Ana bestätigt',
  ],
  [
    { kind: 'confirm', faces: 1200, name: '' },
    'Confirmed 1,200 faces of an unnamed person',
    '1.200 Gesichter einer unbenannten Person bestätigt',
  ],
  [
    { kind: 'reject', faces: 2, name: 'Ana' },
    'Marked 2 faces as not Ana',
    '2 Gesichter als „nicht Ana“ markiert',
  ],
  [
    { kind: 'merge', name: 'Ana' },
    'Merged two people into Ana',
    'Zwei Personen zu Ana zusammengeführt',
  ],
  [
    { kind: 'keep-separate', names: ['Eva', 'Ana'] },
    'Kept Eva and Ana separate',
    'Eva und Ana getrennt gelassen',
  ],
  [
    { kind: 'keep-separate', names: ['', 'Ana'] },
    'Kept Ana and an unnamed person separate',
    'Ana und eine unbenannte Person getrennt gelassen',
  ],
  [
    { kind: 'keep-separate', names: ['', ''] },
    'Kept two people separate',
    'Zwei Personen getrennt gelassen',
  ],
  [
    { kind: 'hide', hidden: false, name: '' },
    'Showed an unnamed person again',
    'Unbenannte Person wieder eingeblendet',
  ],
];

describe('changeText', () => {
  afterEach(() => setMessages('en', en));

  it.each(CHANGES)('describes %j as “%s”', (change, english, german) => {
    expect(changeText(change)).toBe(english);
    setMessages('de', de);
    expect(changeText(change)).toBe(german);
  });

  it('prevents a name from reversing the text', () => {
    expect(changeText({ kind: 'cover', name: 'A\u202ena' })).toBe('Changed the cover of A\ufffdna');
  });
});
