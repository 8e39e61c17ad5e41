import { describe, expect, it } from 'vitest';
import { faceId, photoHash } from '../testing/ids.ts';
import { logOf } from '../testing/logOf.ts';
import { forgetPhotos } from './forget.ts';
import { type Log, readLog } from './log.ts';

const GREATEST = 2 ** 52;
const gone = new Set([photoHash(1), photoHash(2)]);

/** The log as stored afterwards. */
function keptAfter(rows: readonly unknown[]): unknown[] {
  const { changed, removed } = forgetPhotos(rows, gone, GREATEST);
  const byId = new Map(changed.map((entry) => [entry.id, entry]));
  const idOf = (row: unknown) => (row as { id: number }).id;
  return rows
    .filter((row) => !removed.includes(idOf(row)))
    .map((row) => byId.get(idOf(row)) ?? row);
}

/** Reads both rewritten rows, which use the stored names, and unchanged ones. */
const assertionsOf = (rows: unknown[]) =>
  readLog(rows).map((entry) => ('assertions' in entry ? entry.assertions : entry));

describe('forgetPhotos', () => {
  it('removes assertions about the photos and the name of a person with no other face', () => {
    const log = logOf(
      [
        { kind: 'labelCluster', person: 'ana', faces: [faceId(1), faceId(2)] },
        { kind: 'name', person: 'ana', name: 'Ana' },
      ],
      { kind: 'hide', person: 'ana', hidden: true },
      { kind: 'exclude', person: 'ana', faces: [faceId(3)] },
      { kind: 'distinct', a: 'ana', b: 'bob' },
      { kind: 'collage', photoHash: photoHash(2), collage: true },
      { kind: 'cannotLink', a: faceId(1), b: faceId(3) },
    );
    expect(keptAfter(log)).toEqual([]);
  });

  it('keeps an assertion’s other faces and a person who has other faces', () => {
    const log = logOf(
      [
        { kind: 'labelCluster', person: 'ana', faces: [faceId(1), faceId(3)] },
        { kind: 'name', person: 'ana', name: 'Ana' },
      ],
      { kind: 'cover', person: 'ana', face: faceId(1) },
      { kind: 'notFace', faces: [faceId(2), faceId(4)] },
      { kind: 'distinct', a: 'ana', b: 'bob' },
    );
    expect(assertionsOf(keptAfter(log))).toEqual([
      [
        { kind: 'labelCluster', person: 'ana', faces: [faceId(3)] },
        { kind: 'name', person: 'ana', name: 'Ana' },
      ],
      [{ kind: 'notFace', faces: [faceId(4)] }],
      [{ kind: 'distinct', a: 'ana', b: 'bob' }],
    ]);
  });

  it('treats two people who were ever merged as one', () => {
    const log = logOf(
      { kind: 'labelCluster', person: 'ana', faces: [faceId(1)] },
      { kind: 'labelCluster', person: 'eva', faces: [faceId(3)] },
      { kind: 'name', person: 'ana', name: 'Ana' },
      { kind: 'merge', into: 'eva', from: 'ana' },
      4,
    );
    const left = keptAfter(log);
    expect((left as Log).map(({ id }) => id)).toEqual([2, 3, 4, 5]);
    const alone = logOf(
      { kind: 'labelCluster', person: 'ana', faces: [faceId(1)] },
      { kind: 'labelCluster', person: 'eva', faces: [faceId(2)] },
      { kind: 'name', person: 'mia', name: 'Mia' },
      { kind: 'merge', into: 'mia', from: 'ana' },
      { kind: 'merge', into: 'eva', from: 'mia' },
    );
    expect(keptAfter(alone)).toEqual([]);
  });

  it('removes an entry with its reverts and keeps the other ids and their order', () => {
    const log = logOf(
      { kind: 'name', person: 'bob', name: 'Bob' },
      { kind: 'notFace', faces: [faceId(1)] },
      2,
      3,
      1,
      5,
    );
    const left = keptAfter(log);
    expect(left).toEqual([log[0], log[4], log[5]]);
    expect(readLog(left)).toEqual(left);
  });

  it('keeps assertions about photos that were never here and people without faces', () => {
    const log = logOf(
      { kind: 'labelCluster', person: 'far', faces: [faceId(99)] },
      { kind: 'name', person: 'far', name: 'Far' },
      { kind: 'name', person: 'faceless', name: 'Nobody yet' },
      { kind: 'collage', photoHash: photoHash(7), collage: true },
    );
    expect(forgetPhotos(log, gone, GREATEST)).toEqual({ changed: [], removed: [] });
  });

  it('removes unparsed entries that name a deleted photo', () => {
    const rows = [
      { id: 1, at: 0, assertions: [{ kind: 'later', of: { [faceId(1)]: true } }] },
      { id: 2, at: 0, assertions: [{ kind: 'later', of: faceId(3) }] },
      { id: 3, at: 0, reverts: 1, confirmed: [`x${photoHash(2)}`] },
    ];
    expect(keptAfter(rows)).toEqual([rows[1]]);
  });
});
