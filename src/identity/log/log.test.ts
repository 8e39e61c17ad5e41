import { describe, expect, it } from 'vitest';
import { resolve } from '../constraints/resolve.ts';
import { faceId, photoHash } from '../testing/ids.ts';
import { logOf } from '../testing/logOf.ts';
import { readKeptLog } from './keptLog.ts';
import { appendLog, type Log, liveSteps, nextStep, readLog, renameFaces, undoStep } from './log.ts';
import { exportLog, importLog } from './logFile.ts';
import type { Word } from './words.ts';

const WORDS: Word[] = [
  { kind: 'group', person: 'ana', faces: [faceId(1), faceId(2)] },
  { kind: 'is', person: 'ana', faces: [faceId(3)] },
  { kind: 'isNot', person: 'ana', faces: [faceId(4)] },
  { kind: 'same', a: faceId(1), b: faceId(5) },
  { kind: 'different', a: faceId(1), b: faceId(6) },
  { kind: 'merge', into: 'ana', from: 'eva' },
  { kind: 'apart', a: 'ana', b: 'ida' },
  { kind: 'notFace', faces: [faceId(9)] },
  { kind: 'name', person: 'ana', name: 'Ana 🌻' },
  { kind: 'hide', person: 'ida', hidden: true },
  { kind: 'cover', person: 'ana', face: faceId(2) },
  { kind: 'collage', photoHash: photoHash(3), collage: true },
];

const word = WORDS[0]!;
const DAMAGED: [string, unknown][] = [
  ['null', null],
  ['no id', { at: 1, words: [word] }],
  ['id 0', { id: 0, at: 1, words: [word] }],
  ['id NaN', { id: 'NaN', at: 1, words: [word] }],
  ['no time', { id: 1, words: [word] }],
  ['no words', { id: 1, at: 1, words: [] }],
  ['words and undo', { id: 2, at: 1, words: [word], undo: 1 }],
  ['undo of itself', { id: 1, at: 1, undo: 1 }],
  ['undo of a later step', { id: 1, at: 1, undo: 2 }],
  ['undo of a step that is not there', { id: 3, at: 1, undo: 2 }],
  ['an unknown word', { id: 1, at: 1, words: [{ kind: 'sing' }] }],
  ['a word that is null', { id: 1, at: 1, words: [null] }],
  ['a person with a blank', { id: 1, at: 1, words: [{ ...word, person: 'a b' }] }],
  ['a person that is a prototype', { id: 1, at: 1, words: [{ ...word, person: {} }] }],
  ['no faces', { id: 1, at: 1, words: [{ ...word, faces: [] }] }],
  ['a face that is none', { id: 1, at: 1, words: [{ ...word, faces: ['x'] }] }],
  ['a pair of one', { id: 1, at: 1, words: [{ kind: 'same', a: faceId(1), b: faceId(1) }] }],
  ['a merger of one', { id: 1, at: 1, words: [{ kind: 'merge', into: 'a', from: 'a' }] }],
  ['a long name', { id: 1, at: 1, words: [{ kind: 'name', person: 'a', name: 'x'.repeat(201) }] }],
  ['half a character', { id: 1, at: 1, words: [{ kind: 'name', person: 'a', name: '\ud83c' }] }],
  [
    'a hash of capitals',
    { id: 1, at: 1, words: [{ kind: 'collage', photoHash: 'A', collage: true }] },
  ],
];
/** The greatest number of a step of these tests. */
const GREATEST = 1_000;

const idsOf = (log: Log) => liveSteps(log).map(({ id }) => id);

describe('a log', () => {
  it('comes back from its file as it was, every kind of word', () => {
    const log = logOf(WORDS, [WORDS[0]!], 1);
    expect(importLog(exportLog(log))).toEqual(log);
  });

  it('drops what does not belong to a step', () => {
    const step = { id: 1, at: 2, words: [{ ...WORDS[3], extra: { deep: 1 } }], more: 'x' };
    expect(readLog([step])).toEqual([{ id: 1, at: 2, words: [WORDS[3]] }]);
  });

  it('takes back any step, not only the last', () => {
    const log = logOf([WORDS[0]!], [WORDS[1]!], [WORDS[2]!], 2);
    expect(idsOf(log)).toEqual([1, 3]);
  });

  it('brings back what was taken back, when that is taken back', () => {
    const log = logOf([WORDS[0]!], [WORDS[1]!], 1, 3);
    expect(idsOf(log)).toEqual([1, 2]);
    expect(idsOf([...log, undoStep(log, 4, 6)])).toEqual([2]);
  });

  it('takes a step back once, however often it is told to', () => {
    expect(idsOf(logOf([WORDS[0]!], [WORDS[1]!], 1, 1))).toEqual([2]);
  });

  it('can’t take back what is not there', () => {
    expect(() => undoStep(logOf([WORDS[0]!]), 2, 5)).toThrow(
      expect.objectContaining({ code: 'not-found' }),
    );
  });

  it('keeps what the steps of an appended log take back', () => {
    const log = appendLog(logOf([WORDS[0]!]), logOf([WORDS[1]!], [WORDS[2]!], 1));
    expect(idsOf(log)).toEqual([1, 3]);
    expect(readLog(log)).toEqual(log);
  });

  it('is numbered anew when it comes in, so that there is room for the next step', () => {
    const most = Number.MAX_SAFE_INTEGER;
    const steps = [
      { id: 7, at: 1, words: [WORDS[0]] },
      { id: most, at: 1, undo: 7 },
    ];
    const log = importLog(JSON.stringify({ format: 'akin-people', version: 1, steps }));
    expect(log.map(({ id }) => id)).toEqual([1, 2]);
    expect(idsOf(log)).toEqual([]);
    expect(nextStep(log, [WORDS[1]!], 1).id).toBe(3);
  });

  it('renames faces in every word', () => {
    const log = renameFaces(logOf(WORDS), new Map([[faceId(1), faceId(100)]]));
    const text = JSON.stringify(log);
    expect(text).toContain(faceId(100));
    expect(text).not.toContain(faceId(1));
    expect(text).toContain(faceId(2));
  });
});

describe('a file that holds no people', () => {
  const file = (steps: unknown, version: unknown = 1) =>
    JSON.stringify({ format: 'akin-people', version, steps });

  it.each([
    ['no JSON', 'no', 'bad-magic'],
    ['null', 'null', 'bad-magic'],
    ['another format', '{"format":"x","version":1,"steps":[]}', 'bad-magic'],
    ['no version', file([], '1'), 'corrupt'],
    ['a newer version', file([], 2), 'too-new'],
    ['no steps', file({}), 'corrupt'],
  ])('is refused: %s', (_, text, code) => {
    expect(() => importLog(text)).toThrow(expect.objectContaining({ code }));
  });

  it.each(DAMAGED)('has a step that is refused: %s', (_, step) => {
    expect(() => importLog(file([step]))).toThrow(expect.objectContaining({ code: 'corrupt' }));
  });

  it.each(DAMAGED)('has a step that is set aside where it is kept: %s', (_, step) => {
    const next = { id: 9, at: 1, words: [WORDS[8]] };
    const kept = readKeptLog([step, next], GREATEST);
    expect(kept.log).toEqual([next]);
    expect(kept.unread).toEqual([step]);
    expect(kept.unread[0]).toBe(step);
    expect(resolve(kept.log).people.get('ana')?.name).toBe('Ana 🌻');
  });

  it('has two steps of one id', () => {
    const step = { id: 1, at: 1, words: [word] };
    expect(() => readLog([step, step])).toThrow(expect.objectContaining({ code: 'corrupt' }));
  });
});
