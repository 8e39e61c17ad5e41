import { describe, expect, it } from 'vitest';
import type { LogEntry } from '../log/logEntry.ts';
import { photoHash } from '../testing/ids.ts';
import { forgetPairPhotos } from './forgetPairPhotos.ts';
import { PAIR_LOG, type PairAssertion, readPairAssertion } from './pairAssertions.ts';
import { groupPhotos } from './photoGroups.ts';

const [A, B, C, D] = [photoHash(1), photoHash(2), photoHash(3), photoHash(4)];
const alike = (a: string, b: string): PairAssertion => ({ kind: 'alike', a, b });
const different = (a: string, b: string): PairAssertion => ({ kind: 'different', a, b });

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
  rejected: [string, string][] = [],
  isUsable = (_: string) => true,
) => groupPhotos(items, rejected, log, isUsable);

describe('groupPhotos', () => {
  it('joins items by alike pairs, transitively', () => {
    const { groups } = group(logOf(alike(B, C)), [
      [A, B],
      [C, D],
    ]);
    expect(groups).toEqual([[A, B, C, D]]);
  });

  it('counts a pair as it was last answered, in either order', () => {
    expect(group(logOf(alike(A, B), different(B, A)))).toEqual({ groups: [], different: [[B, A]] });
    expect(group(logOf(different(A, B), alike(B, A))).groups).toEqual([[B, A]]);
  });

  it('undoes one answer', () => {
    expect(group(logOf(alike(A, B), alike(B, C), 1)).groups).toEqual([[B, C]]);
  });

  it('leaves out pairs that contradict their group', () => {
    expect(group(logOf(different(A, B)), [[A, B]]).different).toEqual([]);
  });

  it('keeps rejected photos apart once', () => {
    const { different: pairs } = group(logOf(different(C, A)), [[A, B]], [[A, C]]);
    expect(pairs).toEqual([[C, A]]);
  });

  it('connects through unusable photos, and leaves these out', () => {
    const log = logOf(alike(A, B), alike(B, C), different(B, D));
    expect(group(log, [], [], (photo) => photo !== B)).toEqual({ groups: [[A, C]], different: [] });
  });

  it('leaves out items with one usable photo, or none', () => {
    expect(group([], [[A], []]).groups).toEqual([]);
  });
});

describe('pair assertions', () => {
  it.each([
    null,
    { kind: 'mustLink', a: A, b: B },
    { kind: 'alike', a: A, b: A },
    { kind: 'alike', a: A },
    { kind: 'different', a: A, b: `${B}0` },
  ])('refuses %j', (value) => {
    expect(readPairAssertion(value)).toBeUndefined();
    expect(() => PAIR_LOG.nextEntry([], [value as PairAssertion], 0)).toThrow();
  });

  it('forgets the pairs of deleted photos', () => {
    const { removed } = forgetPairPhotos(logOf(alike(A, B), alike(C, D)), new Set([B]), 10);
    expect(removed).toEqual([1]);
  });
});
