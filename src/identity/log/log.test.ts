import { describe, expect, it } from 'vitest';
import { buildConstraints } from '../constraints/buildConstraints.ts';
import { faceId, photoHash } from '../testing/ids.ts';
import { logOf } from '../testing/logOf.ts';
import type { Assertion } from './assertions.ts';
import {
  appendLog,
  effectiveEntries,
  type Log,
  nextEntry,
  readLog,
  renameFaces,
  revertEntry,
} from './log.ts';
import { exportLog, importLog } from './logFile.ts';
import { parseLog } from './parseLog.ts';

const ASSERTIONS: Assertion[] = [
  { kind: 'labelCluster', person: 'ana', faces: [faceId(1), faceId(2)] },
  { kind: 'labelFace', person: 'ana', faces: [faceId(3)] },
  { kind: 'exclude', person: 'ana', faces: [faceId(4)] },
  { kind: 'mustLink', a: faceId(1), b: faceId(5) },
  { kind: 'cannotLink', a: faceId(1), b: faceId(6) },
  { kind: 'merge', into: 'ana', from: 'eva' },
  { kind: 'distinct', a: 'ana', b: 'ida' },
  { kind: 'notFace', faces: [faceId(9)] },
  { kind: 'name', person: 'ana', name: 'Ana 🌻' },
  { kind: 'hide', person: 'ida', hidden: true },
  { kind: 'cover', person: 'ana', face: faceId(2) },
  { kind: 'collage', photoHash: photoHash(3), collage: true },
];

const assertion = ASSERTIONS[0]!;
const DAMAGED: [string, unknown][] = [
  ['null', null],
  ['no id', { at: 1, assertions: [assertion] }],
  ['id 0', { id: 0, at: 1, assertions: [assertion] }],
  ['id NaN', { id: 'NaN', at: 1, assertions: [assertion] }],
  ['no time', { id: 1, assertions: [assertion] }],
  ['no assertions', { id: 1, at: 1, assertions: [] }],
  ['assertions and a revert', { id: 2, at: 1, assertions: [assertion], reverts: 1 }],
  ['a revert of itself', { id: 1, at: 1, reverts: 1 }],
  ['a revert of a later entry', { id: 1, at: 1, reverts: 2 }],
  ['a revert of an entry that is not there', { id: 3, at: 1, reverts: 2 }],
  ['an unknown assertion', { id: 1, at: 1, assertions: [{ kind: 'sing' }] }],
  ['an assertion that is null', { id: 1, at: 1, assertions: [null] }],
  ['a person with a blank', { id: 1, at: 1, assertions: [{ ...assertion, person: 'a b' }] }],
  ['a person that is a prototype', { id: 1, at: 1, assertions: [{ ...assertion, person: {} }] }],
  ['no faces', { id: 1, at: 1, assertions: [{ ...assertion, faces: [] }] }],
  ['a face that is none', { id: 1, at: 1, assertions: [{ ...assertion, faces: ['x'] }] }],
  [
    'a pair of one',
    { id: 1, at: 1, assertions: [{ kind: 'mustLink', a: faceId(1), b: faceId(1) }] },
  ],
  ['a merger of one', { id: 1, at: 1, assertions: [{ kind: 'merge', into: 'a', from: 'a' }] }],
  [
    'a long name',
    { id: 1, at: 1, assertions: [{ kind: 'name', person: 'a', name: 'x'.repeat(201) }] },
  ],
  [
    'half a character',
    { id: 1, at: 1, assertions: [{ kind: 'name', person: 'a', name: '\ud83c' }] },
  ],
  [
    'a hash of capitals',
    { id: 1, at: 1, assertions: [{ kind: 'collage', photoHash: 'A', collage: true }] },
  ],
];
/** The highest valid entry id in these tests. */
const GREATEST = 1_000;

const idsOf = (log: Log) => effectiveEntries(log).map(({ id }) => id);

describe('a log', () => {
  it('survives export and import with every kind of assertion', () => {
    const log = logOf(ASSERTIONS, [ASSERTIONS[0]!], 1);
    expect(importLog(exportLog(log))).toEqual(log);
  });

  it('drops unknown fields of an entry', () => {
    const entry = {
      id: 1,
      at: 2,
      assertions: [{ ...ASSERTIONS[3], extra: { deep: 1 } }],
      more: 'x',
    };
    expect(readLog([entry])).toEqual([{ id: 1, at: 2, assertions: [ASSERTIONS[3]] }]);
  });

  it('reverts any entry, not only the last', () => {
    const log = logOf([ASSERTIONS[0]!], [ASSERTIONS[1]!], [ASSERTIONS[2]!], 2);
    expect(idsOf(log)).toEqual([1, 3]);
  });

  it('restores an entry when its revert is reverted', () => {
    const log = logOf([ASSERTIONS[0]!], [ASSERTIONS[1]!], 1, 3);
    expect(idsOf(log)).toEqual([1, 2]);
    expect(idsOf([...log, revertEntry(log, 4, 6)])).toEqual([2]);
  });

  it('reverts an entry once, even if two reverts name it', () => {
    expect(idsOf(logOf([ASSERTIONS[0]!], [ASSERTIONS[1]!], 1, 1))).toEqual([2]);
  });

  it('can’t revert a missing entry', () => {
    expect(() => revertEntry(logOf([ASSERTIONS[0]!]), 2, 5)).toThrow(
      expect.objectContaining({ code: 'not-found' }),
    );
  });

  it('keeps the targets of reverts in an appended log', () => {
    const log = appendLog(logOf([ASSERTIONS[0]!]), logOf([ASSERTIONS[1]!], [ASSERTIONS[2]!], 1));
    expect(idsOf(log)).toEqual([1, 3]);
    expect(readLog(log)).toEqual(log);
  });

  it('is renumbered on import, leaving room for the next entry', () => {
    const most = Number.MAX_SAFE_INTEGER;
    const entries = [
      { id: 7, at: 1, assertions: [ASSERTIONS[0]] },
      { id: most, at: 1, reverts: 7 },
    ];
    const log = importLog(JSON.stringify({ format: 'akin-people', version: 2, entries }));
    expect(log.map(({ id }) => id)).toEqual([1, 2]);
    expect(idsOf(log)).toEqual([]);
    expect(nextEntry(log, [ASSERTIONS[1]!], 1).id).toBe(3);
  });

  it('renames faces in every assertion', () => {
    const log = renameFaces(logOf(ASSERTIONS), new Map([[faceId(1), faceId(100)]]));
    const text = JSON.stringify(log);
    expect(text).toContain(faceId(100));
    expect(text).not.toContain(faceId(1));
    expect(text).toContain(faceId(2));
  });
});

describe('an invalid people file', () => {
  const file = (entries: unknown, version: unknown = 2) =>
    JSON.stringify({ format: 'akin-people', version, entries });

  it.each([
    ['no JSON', 'no', 'bad-magic'],
    ['null', 'null', 'bad-magic'],
    ['another format', '{"format":"x","version":2,"entries":[]}', 'bad-magic'],
    ['no version', file([], '1'), 'corrupt'],
    ['a newer version', file([], 3), 'too-new'],
    ['no entries', file({}), 'corrupt'],
  ])('is rejected: %s', (_, text, code) => {
    expect(() => importLog(text)).toThrow(expect.objectContaining({ code }));
  });

  it.each(DAMAGED)('is rejected for a damaged entry: %s', (_, entry) => {
    expect(() => importLog(file([entry]))).toThrow(expect.objectContaining({ code: 'corrupt' }));
  });

  it.each(DAMAGED)('has a damaged entry that a stored log keeps unparsed: %s', (_, entry) => {
    const next = { id: 9, at: 1, assertions: [ASSERTIONS[8]] };
    const kept = parseLog([entry, next], GREATEST);
    expect(kept.log).toEqual([next]);
    expect(kept.unparsed).toEqual([entry]);
    expect(kept.unparsed[0]).toBe(entry);
    expect(buildConstraints(kept.log).people.get('ana')?.name).toBe('Ana 🌻');
  });

  it('is rejected for two entries with one id', () => {
    const entry = { id: 1, at: 1, assertions: [assertion] };
    expect(() => readLog([entry, entry])).toThrow(expect.objectContaining({ code: 'corrupt' }));
  });
});
