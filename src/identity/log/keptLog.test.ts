import { describe, expect, it } from 'vitest';
import { resolve } from '../constraints/resolve.ts';
import { faceId } from '../testing/ids.ts';
import { logOf } from '../testing/logOf.ts';
import { readKeptLog } from './keptLog.ts';
import { liveSteps, nextStep, undoStep } from './log.ts';
import { exportLog, importLog } from './logFile.ts';
import type { Word } from './words.ts';

const NAMED: Word = { kind: 'name', person: 'ana', name: 'Ana 🌻' };
const HIDDEN: Word = { kind: 'hide', person: 'ida', hidden: true };
/** The greatest number of a step of these tests. */
const GREATEST = 1_000;

describe('a log that is kept', () => {
  const read = (...rows: unknown[]) => readKeptLog(rows, GREATEST);
  const say = (id: number, word: Word = NAMED) => ({ id, at: 1, words: [word] });
  const strange = (id: number) => ({ id, at: 1, words: [NAMED, { kind: 'sing', song: 'la' }] });

  it('is the same where all of it can be read', () => {
    const log = logOf([NAMED, HIDDEN], [NAMED], 1);
    expect(read(...log)).toEqual({ log, unread: [], taken: 3 });
    expect(read()).toEqual({ log: [], unread: [], taken: 0 });
  });

  it('sets aside what takes back a step that can’t be read, and what takes back that', () => {
    const rows = [say(1), strange(2), { id: 3, at: 1, undo: 2 }, { id: 4, at: 1, undo: 3 }];
    const kept = read(...rows, { id: 5, at: 1, undo: 1 });
    expect(kept.log.map(({ id }) => id)).toEqual([1, 5]);
    expect(kept.unread).toEqual(rows.slice(1));
    expect(liveSteps(kept.log)).toEqual([]);
  });

  it('speaks of people and faces that only such a step would have made', () => {
    const { log } = read(
      strange(1),
      say(2, { kind: 'merge', into: 'ana', from: 'gone' }),
      say(3, { kind: 'apart', a: 'ana', b: 'nobody' }),
      say(4, { kind: 'cover', person: 'nobody', face: faceId(7) }),
      say(5, { kind: 'isNot', person: 'nobody', faces: [faceId(8)] }),
      say(6),
    );
    const { people } = resolve(log);
    expect(people.get('ana')).toMatchObject({ name: 'Ana 🌻', merged: ['gone'] });
    expect(people.get('nobody')).toMatchObject({ name: '' });
  });

  it('takes no number twice, and none from beyond all steps', () => {
    expect(read(say(1), strange(7)).taken).toBe(7);
    expect(read(say(1), { id: 4.5 }, { id: 'x' }, { id: -3 }, say(GREATEST + 1)).taken).toBe(4);
    const { log, taken } = read(say(1), strange(7));
    expect(nextStep(log, [HIDDEN], 1, taken).id).toBe(8);
    expect(undoStep(log, 1, 1, taken)).toEqual({ id: 8, at: 1, undo: 1 });
  });

  it('is exported with what can’t be read, and is read again as it was', () => {
    const { log, unread } = read(say(1), strange(2), { id: 3, huge: 1n }, say(4));
    const text = exportLog(log, unread);
    expect(JSON.parse(text).unread).toEqual([strange(2)]);
    expect(importLog(text).map((step) => 'words' in step && step.words)).toEqual([
      [NAMED],
      [NAMED],
    ]);
  });

  it('comes in with what an older version could not read, each step in its place', () => {
    const steps = [say(1), say(4)];
    const unread = [{ id: 3, at: 1, undo: 2 }, say(2, HIDDEN), say(4, HIDDEN), { id: 'x' }, null];
    const file = { format: 'akin-people', version: 1, steps, unread };
    const log = importLog(JSON.stringify(file));
    expect(log).toEqual([say(1), say(2, HIDDEN), { id: 3, at: 1, undo: 2 }, say(4)]);
    expect(importLog(JSON.stringify({ ...file, unread: 'x' }))).toHaveLength(2);
  });
});
