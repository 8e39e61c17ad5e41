import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { buildConstraints } from '../constraints/buildConstraints.ts';
import { faceId } from '../testing/ids.ts';
import { logOf } from '../testing/logOf.ts';
import type { Assertion } from './assertions.ts';
import { type Log, readLog } from './log.ts';
import { exportLog, importLog } from './logFile.ts';
import { fromVersion1, toVersion1 } from './version1.ts';

/** Written by the last code before version 2. */
const FILE = readFileSync(new URL('../testing/people-v1.json', import.meta.url), 'utf8');
const { steps, unread } = JSON.parse(FILE) as { steps: unknown[]; unread: unknown[] };

const kindsOf = (log: Log) =>
  log.flatMap((entry) => ('assertions' in entry ? entry.assertions.map(({ kind }) => kind) : []));

describe('a version 1 people log', () => {
  it('is read from its file with every kind under its current name', () => {
    const log = importLog(FILE);
    expect(kindsOf(log)).toEqual([
      'labelCluster',
      'name',
      'labelFace',
      'exclude',
      'mustLink',
      'cannotLink',
      'labelCluster',
      'labelCluster',
      'distinct',
      'merge',
      'notFace',
      'hide',
      'cover',
      'collage',
    ] satisfies Assertion['kind'][]);
    expect(log.at(-1)).toEqual({ id: 13, at: 1_767_225_600_012, reverts: 10 });
  });

  it('keeps its meaning', () => {
    const { people, notFaces, collages, overridden } = buildConstraints(importLog(FILE));
    expect(people.get('ana')).toMatchObject({ name: 'Ana', hidden: false });
    expect(people.get('ben')).toMatchObject({ merged: ['cleo'], hidden: false });
    expect([notFaces.size, collages.size, overridden]).toEqual([1, 1, []]);
  });

  it('is stored under its old names, byte for byte', () => {
    expect(JSON.stringify(readLog(steps).map(toVersion1))).toBe(JSON.stringify(steps));
  });

  it('is exported as version 2 and imports unchanged', () => {
    const log = importLog(FILE);
    const file = JSON.parse(exportLog(log, unread));
    expect(Object.keys(file)).toEqual(['format', 'version', 'entries', 'unparsed']);
    expect(file.version).toBe(2);
    expect(kindsOf(file.entries)).toEqual(kindsOf(log));
    expect(file.unparsed).toEqual(unread);
    expect(importLog(JSON.stringify(file))).toEqual(log);
  });

  it('is also read from the unparsed entries of a version 2 file', () => {
    const unparsed = [{ id: 2, at: 1, words: [{ kind: 'is', person: 'p', faces: [faceId(1)] }] }];
    const log = logOf({ kind: 'name', person: 'p', name: 'Ana' });
    const read = importLog(exportLog(log, unparsed));
    expect(kindsOf(read)).toEqual(['name', 'labelFace']);
  });

  it.each([
    ['null', null],
    ['a text', 'words'],
    ['another object', { id: 1 }],
    ['an entry of now', { id: 1, at: 1, assertions: [{ kind: 'is' }] }],
  ])('conversion leaves %s unchanged', (_, value) => {
    expect(fromVersion1(value)).toBe(value);
  });

  it('keeps damaged entries for the reader to reject', () => {
    expect(fromVersion1({ id: 1, words: 'x' })).toEqual({ id: 1, assertions: 'x' });
    expect(fromVersion1({ words: [null, { kind: {} }, { kind: '__proto__' }] })).toEqual({
      assertions: [null, { kind: {} }, { kind: '__proto__' }],
    });
    expect(() => readLog([{ id: 1, at: 1, words: [{ kind: 'is' }], undo: 1 }])).toThrow(
      expect.objectContaining({ code: 'corrupt' }),
    );
  });
});
