import { describe, expect, it } from 'vitest';
import type { LogEntry } from '../log/logEntry.ts';
import { runThrough } from '../log/slices.ts';
import { photoHash } from '../testing/ids.ts';
import { forgetPairPhotos } from './forgetPairPhotos.ts';
import { PAIR_LOG, type PairAssertion, readPairAssertion } from './pairAssertions.ts';
import { exportPairs, importingPairs } from './pairFile.ts';
import { groupPhotos, lastSaid } from './photoGroups.ts';

const [A, B, C, D] = [photoHash(1), photoHash(2), photoHash(3), photoHash(4)];
const alike = (a: string, b: string): PairAssertion => ({ kind: 'alike', a, b, source: 'answer' });
const different = (a: string, b: string): PairAssertion => ({
  ...alike(a, b),
  kind: 'different',
});
const marked = (pair: PairAssertion): PairAssertion => ({ ...pair, source: 'mark' });

/** An entry for each argument; a number reverts. */
function logOf(...entries: (number | PairAssertion)[]): LogEntry<PairAssertion>[] {
  return entries.map((entry, i) =>
    typeof entry === 'number'
      ? { id: i + 1, at: i, reverts: entry }
      : { id: i + 1, at: i, assertions: [entry] },
  );
}
const group = (
  log: LogEntry<PairAssertion>[],
  items: string[][] = [],
  excluded: [string, string][] = [],
) => groupPhotos(items, excluded, lastSaid(log));

describe('groupPhotos', () => {
  it('joins items by alike pairs, transitively', () => {
    const items = [
      [A, B],
      [C, D],
    ];
    expect(group(logOf(alike(B, C)), items).groups).toEqual([[A, B, C, D]]);
  });

  it('counts a pair as it was last answered, in either order', () => {
    expect(group(logOf(alike(A, B), different(B, A)))).toMatchObject({
      groups: [],
      contradicted: [],
    });
    expect(group(logOf(different(A, B), alike(B, A))).groups).toEqual([[B, A]]);
  });

  it('undoes one answer', () => {
    expect(group(logOf(alike(A, B), alike(B, C), 1)).groups).toEqual([[B, C]]);
  });

  it('lets a later answer win over the chain it contradicts, and tells which one lost', () => {
    const { groups, contradicted, sets } = group(
      logOf(alike(A, B), alike(B, C), alike(C, D), different(A, D)),
    );
    expect(groups).toEqual([[C, D, B]]);
    expect(contradicted).toEqual([alike(A, B)]);
    expect(sets.areApart(A, C)).toBe(true);
    // Answered the other way round, the chain is the later one.
    expect(group(logOf(different(A, C), alike(A, B), alike(B, C)))).toMatchObject({
      groups: [[B, C, A]],
      contradicted: [different(A, C)],
    });
  });

  it('keeps groups apart that were joined after they were kept apart', () => {
    const { sets } = group(logOf(alike(C, D), alike(A, B), different(B, C)));
    expect(sets.areApart(A, D)).toBe(true);
    expect(sets.areApart(A, B)).toBe(false);
  });

  it('believes items rather than answers, and answers rather than marks', () => {
    expect(group(logOf(different(A, B)), [[A, B]])).toMatchObject({
      groups: [[A, B]],
      contradicted: [different(A, B)],
    });
    expect(group(logOf(alike(C, A)), [[A, B]], [[C, A]])).toMatchObject({
      groups: [[A, B]],
      contradicted: [alike(C, A)],
    });
    const late = group(logOf(different(A, C), marked(alike(A, B)), marked(alike(B, C))));
    expect(late).toMatchObject({ groups: [[B, C]], contradicted: [marked(alike(A, B))] });
    expect(group(logOf(alike(A, B), marked(different(B, A))))).toMatchObject({
      groups: [[A, B]],
      contradicted: [],
    });
  });

  it('follows a long chain', () => {
    const chain = Array.from({ length: 20_000 }, (_, i) => alike(photoHash(i), photoHash(i + 1)));
    expect(group(logOf(...chain)).groups[0]).toHaveLength(20_001);
  });

  it('leaves out items with one photo, or none', () => {
    expect(group([], [[A], []]).groups).toEqual([]);
  });
});

describe('pair assertions', () => {
  it.each([
    null,
    { ...alike(A, B), kind: 'mustLink' },
    alike(A, A),
    { kind: 'alike', a: A, source: 'answer' },
    different(A, `${B}0`),
    { ...alike(A, B), source: 'guess' },
  ])('refuses %j', (value) => {
    expect(readPairAssertion(value)).toBeUndefined();
    expect(() => PAIR_LOG.nextEntry([], [value as PairAssertion], 0)).toThrow();
  });

  it('forgets the pairs of deleted photos', () => {
    const both = { id: 1, at: 0, assertions: [alike(A, B), alike(A, C)] };
    const { changed, removed } = forgetPairPhotos(
      [both, { id: 2, at: 0, assertions: [alike(B, D)] }, { id: 3, at: 0, reverts: 2 }],
      new Set([B]),
      10,
    );
    expect(changed).toEqual([{ ...both, assertions: [alike(A, C)] }]);
    expect(removed).toEqual([2, 3]);
  });
});

describe('a file of pairs', () => {
  const read = (text: string) => runThrough(importingPairs(text));

  it('is read as it was written, numbered anew', () => {
    const log = logOf(alike(A, B), different(B, C), 1).map((entry) => ({
      ...entry,
      id: entry.id + 5,
      ...('reverts' in entry && { reverts: entry.reverts + 5 }),
    }));
    expect(read(exportPairs(log))).toEqual(logOf(alike(A, B), different(B, C), 1));
  });

  it.each([
    ['no JSON', '{', 'bad-magic'],
    ['another file', '{"format":"akin-people","version":2,"entries":[]}', 'bad-magic'],
    ['no object', 'null', 'bad-magic'],
    ['no version', '{"format":"akin-pairs","entries":[]}', 'corrupt'],
    ['a newer version', '{"format":"akin-pairs","version":2,"entries":[]}', 'too-new'],
    ['no list', '{"format":"akin-pairs","version":1,"entries":{}}', 'corrupt'],
    ['a wrong entry', '{"format":"akin-pairs","version":1,"entries":[{"id":1}]}', 'corrupt'],
  ])('is refused with %s', (_, text, code) => {
    expect(() => read(text)).toThrow(expect.objectContaining({ code }));
  });
});
