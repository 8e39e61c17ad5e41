import { describe, expect, it } from 'vitest';
import { buildConstraints } from '../constraints/buildConstraints.ts';
import { faceId } from '../testing/ids.ts';
import { logOf } from '../testing/logOf.ts';
import type { Assertion } from './assertions.ts';
import { effectiveEntries, nextEntry, revertEntry } from './log.ts';
import { exportLog, importLog } from './logFile.ts';
import { parseLog } from './parseLog.ts';

const NAMED: Assertion = { kind: 'name', person: 'ana', name: 'Ana 🌻' };
const HIDDEN: Assertion = { kind: 'hide', person: 'ida', hidden: true };
/** The highest valid entry id in these tests. */
const GREATEST = 1_000;

describe('a stored log', () => {
  const read = (...rows: unknown[]) => parseLog(rows, GREATEST);
  const say = (id: number, assertion: Assertion = NAMED) => ({
    id,
    at: 1,
    assertions: [assertion],
  });
  const strange = (id: number) => ({
    id,
    at: 1,
    assertions: [NAMED, { kind: 'sing', song: 'la' }],
  });

  it('is returned unchanged if every entry can be parsed', () => {
    const log = logOf([NAMED, HIDDEN], [NAMED], 1);
    expect(read(...log)).toEqual({ log, unparsed: [], maxId: 3 });
    expect(read()).toEqual({ log: [], unparsed: [], maxId: 0 });
  });

  it('leaves reverts of an unparsed entry unparsed, and reverts of those', () => {
    const rows = [say(1), strange(2), { id: 3, at: 1, reverts: 2 }, { id: 4, at: 1, reverts: 3 }];
    const kept = read(...rows, { id: 5, at: 1, reverts: 1 });
    expect(kept.log.map(({ id }) => id)).toEqual([1, 5]);
    expect(kept.unparsed).toEqual(rows.slice(1));
    expect(effectiveEntries(kept.log)).toEqual([]);
  });

  it('may refer to people and faces that only an unparsed entry introduces', () => {
    const { log } = read(
      strange(1),
      say(2, { kind: 'merge', into: 'ana', from: 'gone' }),
      say(3, { kind: 'distinct', a: 'ana', b: 'nobody' }),
      say(4, { kind: 'cover', person: 'nobody', face: faceId(7) }),
      say(5, { kind: 'exclude', person: 'nobody', faces: [faceId(8)] }),
      say(6),
    );
    const { people } = buildConstraints(log);
    expect(people.get('ana')).toMatchObject({ name: 'Ana 🌻', merged: ['gone'] });
    expect(people.get('nobody')).toMatchObject({ name: '' });
  });

  it('never reuses an id, and ignores ids above the maximum', () => {
    expect(read(say(1), strange(7)).maxId).toBe(7);
    expect(read(say(1), { id: 4.5 }, { id: 'x' }, { id: -3 }, say(GREATEST + 1)).maxId).toBe(4);
    const { log, maxId } = read(say(1), strange(7));
    expect(nextEntry(log, [HIDDEN], 1, maxId).id).toBe(8);
    expect(revertEntry(log, 1, 1, maxId)).toEqual({ id: 8, at: 1, reverts: 1 });
  });

  it('is exported with its unparsed entries and imports unchanged', () => {
    const { log, unparsed } = read(say(1), strange(2), { id: 3, huge: 1n }, say(4));
    const text = exportLog(log, unparsed);
    expect(JSON.parse(text).unparsed).toEqual([strange(2)]);
    expect(importLog(text).map((entry) => 'assertions' in entry && entry.assertions)).toEqual([
      [NAMED],
      [NAMED],
    ]);
  });

  it('is imported with entries that an older version couldn’t parse, each in its place', () => {
    const entries = [say(1), say(4)];
    const unparsed = [
      { id: 3, at: 1, reverts: 2 },
      say(2, HIDDEN),
      say(4, HIDDEN),
      { id: 'x' },
      null,
    ];
    const file = { format: 'akin-people', version: 2, entries, unparsed };
    const log = importLog(JSON.stringify(file));
    expect(log).toEqual([say(1), say(2, HIDDEN), { id: 3, at: 1, reverts: 2 }, say(4)]);
    expect(importLog(JSON.stringify({ ...file, unparsed: 'x' }))).toHaveLength(2);
  });
});
