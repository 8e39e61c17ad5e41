import { describe, expect, it } from 'vitest';
import { createPrng, type Prng } from '../../base/prng.ts';
import { Clusters } from '../clusters/clusters.ts';
import type { Constraints } from '../constraints/constraints.ts';
import { resolve } from '../constraints/resolve.ts';
import { photoHashOf } from '../faces/faceId.ts';
import { type Log, nextStep, undoStep } from '../log/log.ts';
import type { Word } from '../log/words.ts';
import { placedFaces, type TestLibrary, testLibrary } from '../testing/library.ts';
import { logOf } from '../testing/logOf.ts';
import { randomWord } from '../testing/randomWord.ts';
import type { People } from './people.ts';
import { peopleOf } from './peopleOf.ts';

/** Five faces of one person and four of another, each in a photo of its own. */
const two = placedFaces([
  ...[0, 0.1, 0.2, 0.15, 0.05].map((x, i) => ({ x, photo: i })),
  ...[2, 2.1, 2.2, 2.15].map((x, i) => ({ x, photo: 10 + i })),
]);
const id = (row: number) => two.faces[row - 1]!.id;
const ids = (...rows: number[]) => rows.map(id);

function clustersOf(library: Pick<TestLibrary, 'faces' | 'vectors'>): Clusters {
  const clusters = new Clusters(library.vectors, resolve([]));
  for (const face of library.faces) clusters.add(face);
  return clusters;
}

const clusters = clustersOf(two);

function people(...steps: (Word | readonly Word[] | number)[]): People {
  const constraints = resolve(logOf(...steps));
  clusters.setConstraints(constraints);
  return peopleOf(clusters.faces(), constraints);
}

const rowsOf = (all: People, person: string) =>
  all.people.find((one) => one.id === person)?.faces.map(({ row }) => row);
const groupsOf = (all: People) => all.groups.map(({ faces }) => faces.map(({ row }) => row));
const looseOf = (all: People) => all.loose.map(({ row }) => row).sort((a, b) => a - b);

describe('peopleOf', () => {
  it('shows the clusters as groups where nothing was said', () => {
    const all = people();
    expect(all.people).toEqual([]);
    expect(groupsOf(all)).toEqual([
      [1, 2, 3, 4, 5],
      [6, 7, 8, 9],
    ]);
    expect(all.loose).toEqual([]);
    expect(all.ofRow.get(7)?.key).toBe(id(6));
  });

  it('names a group by any of its faces, and the others follow', () => {
    const all = people([
      { kind: 'group', person: 'ana', faces: ids(2) },
      { kind: 'name', person: 'ana', name: 'Ana' },
    ]);
    expect(rowsOf(all, 'ana')).toEqual([1, 2, 3, 4, 5]);
    expect(all.people[0]).toMatchObject({ name: 'Ana', said: new Set([2]) });
  });

  it('moves one face alone: what lies with it stays', () => {
    const all = people(
      { kind: 'group', person: 'ana', faces: ids(1, 2, 3, 4, 5) },
      { kind: 'is', person: 'ana', faces: ids(6) },
    );
    expect(rowsOf(all, 'ana')).toEqual([1, 2, 3, 4, 5, 6]);
    expect(groupsOf(all)).toEqual([[7, 8, 9]]);
  });

  it('moves strangers out together', () => {
    const all = people(
      { kind: 'group', person: 'ana', faces: ids(1) },
      { kind: 'isNot', person: 'ana', faces: ids(3, 4, 5) },
    );
    expect(rowsOf(all, 'ana')).toEqual([1, 2]);
    expect(groupsOf(all)).toEqual([
      [6, 7, 8, 9],
      [3, 4, 5],
    ]);
  });

  it('merges and, taken back, is as it was', () => {
    const named: Word[] = [
      { kind: 'group', person: 'ana', faces: ids(1) },
      { kind: 'group', person: 'eva', faces: ids(6) },
    ];
    const merge: Word = { kind: 'merge', into: 'ana', from: 'eva' };
    const merged = people(named, merge);
    expect(rowsOf(merged, 'ana')).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9]);
    expect(rowsOf(merged, 'eva')).toBeUndefined();
    expect(people(named, merge, 2)).toEqual(people(named));
  });

  it('puts two clusters together by one pair, and no named one with another', () => {
    const same: Word = { kind: 'same', a: id(1), b: id(6) };
    expect(groupsOf(people(same))).toEqual([[1, 2, 3, 4, 5, 6, 7, 8, 9]]);
    const all = people(
      { kind: 'group', person: 'ana', faces: ids(2) },
      { kind: 'group', person: 'eva', faces: ids(7) },
      same,
    );
    expect(rowsOf(all, 'ana')).not.toContain(8);
    expect(rowsOf(all, 'eva')).not.toContain(3);
    expect(all.ofRow.get(1)).toBe(all.ofRow.get(6));
  });

  it('leaves out what is no face', () => {
    const all = people({ kind: 'notFace', faces: ids(6, 7) });
    expect(groupsOf(all)).toEqual([[1, 2, 3, 4, 5]]);
    expect(looseOf(all)).toEqual([8, 9]);
    expect(all.ofRow.has(6)).toBe(false);
  });

  it('keeps a person whose faces are all gone', () => {
    const all = people([
      { kind: 'group', person: 'ida', faces: [testLibrary(1, 1).faces[0]!.id] },
      { kind: 'name', person: 'ida', name: 'Ida' },
    ]);
    expect(all.people).toMatchObject([{ id: 'ida', name: 'Ida', faces: [], cover: undefined }]);
  });

  it('has the cover that was chosen while it is the person’s', () => {
    const words: Word[] = [
      { kind: 'group', person: 'ana', faces: ids(1) },
      { kind: 'cover', person: 'ana', face: id(4) },
    ];
    expect(people(words).people[0]?.cover?.row).toBe(4);
    const without = people(words, { kind: 'isNot', person: 'ana', faces: ids(4) });
    expect(without.people[0]?.cover?.row).toBe(1);
  });
});

describe('two faces of one photo', () => {
  // The third and the fourth lie in two clusters of Ana's, and in one photo.
  const placed = placedFaces([
    ...[0, 0.1, 0.2].map((x, i) => ({ x, photo: i })),
    ...[2, 2.1, 2.2, 2.3].map((x, i) => ({ x, photo: 2 + i })),
  ]);
  const both = clustersOf(placed);
  const words: Word[] = [
    { kind: 'group', person: 'ana', faces: [placed.faces[0]!.id] },
    { kind: 'group', person: 'ana', faces: [placed.faces[5]!.id] },
  ];
  const show = (...more: Word[]) => {
    const constraints = resolve(logOf(...words, ...more));
    both.setConstraints(constraints);
    const all = peopleOf(both.faces(), constraints);
    return {
      rows: rowsOf(all, 'ana'),
      doubtful: all.people[0]!.doubtful.map(({ row }) => row),
    };
  };

  it('are two people: the likelier one counts, the other is asked about', () => {
    expect(show()).toEqual({ rows: [1, 2, 4, 5, 6, 7], doubtful: [3] });
  });

  it('are one person in a collage', () => {
    const photoHash = photoHashOf(placed.faces[2]!.id);
    const shown = show({ kind: 'collage', photoHash, collage: true });
    expect(shown).toEqual({ rows: [1, 2, 3, 4, 5, 6, 7], doubtful: [] });
  });

  it('are one person where the user says so, before what only lies there', () => {
    expect(show({ kind: 'is', person: 'ana', faces: [placed.faces[2]!.id] }).rows).toEqual([
      1, 2, 3, 5, 6, 7,
    ]);
    const shown = show({
      kind: 'is',
      person: 'ana',
      faces: [2, 3].map((i) => placed.faces[i]!.id),
    });
    expect(shown).toEqual({ rows: [1, 2, 3, 4, 5, 6, 7], doubtful: [] });
  });
});

describe('after any sequence of words, undoings, additions, removals and re-clusterings', () => {
  const FACES = 120;

  /** What is wrong with who is whom, in words. */
  function faults(all: People, library: TestLibrary, constraints: Constraints): string[] {
    const wrong: string[] = [];
    const places = [...all.people, ...all.groups];
    const seen = new Set<number>();
    for (const { faces } of places) {
      for (const face of faces) {
        if (seen.has(face.row)) wrong.push(`${face.row} is in two places`);
        seen.add(face.row);
      }
      const photos = new Map<string, string>();
      for (const a of faces) {
        for (const b of faces) {
          if (constraints.forbids(a.id, b.id)) wrong.push(`${a.row} and ${b.row} are together`);
        }
        const hash = photoHashOf(a.id);
        const other = photos.get(hash);
        photos.set(hash, a.id);
        if (other === undefined || constraints.collages.has(hash)) continue;
        const bond = constraints.bondOf(a.id);
        if (bond === undefined || bond !== constraints.bondOf(other)) {
          wrong.push(`${a.row} is twice in a photo`);
        }
      }
    }
    for (const { id: person, faces } of all.people) {
      for (const face of faces) {
        if (constraints.rejects(face.id, person!)) wrong.push(`${face.row} is rejected`);
      }
    }
    const placeOf = (row: number) => all.ofRow.get(row) ?? 'loose';
    for (const a of library.faces) {
      for (const b of library.faces) {
        const bond = constraints.bondOf(a.id);
        if (bond === undefined || bond !== constraints.bondOf(b.id)) continue;
        const here = all.ofRow.has(a.row) || all.loose.includes(a);
        const there = all.ofRow.has(b.row) || all.loose.includes(b);
        if (here && there && placeOf(a.row) !== placeOf(b.row)) {
          wrong.push(`${a.row} and ${b.row} are not together`);
        }
      }
    }
    return wrong;
  }

  async function change(all: Clusters, library: TestLibrary, log: Log, prng: Prng): Promise<Log> {
    const face = library.faces[prng.below(FACES)]!;
    switch (prng.below(6)) {
      case 0:
        all.add(face);
        return log;
      case 1:
        all.remove(face.row);
        return log;
      case 2:
        await all.recluster();
        return log;
      case 3:
        return log.length > 0 ? [...log, undoStep(log, log[prng.below(log.length)]!.id, 0)] : log;
      default: {
        const idOf = (n: number) => library.faces[n]!.id;
        return [...log, nextStep(log, [randomWord(prng, FACES, idOf)], 0)];
      }
    }
  }

  it('the word holds, and a photo shows nobody twice', async () => {
    for (let seed = 1; seed <= 12; seed++) {
      const prng = createPrng(seed);
      const library = testLibrary(FACES, 4, seed);
      const all = clustersOf(library);
      let log: Log = [];
      for (let step = 0; step < 25; step++) {
        log = await change(all, library, log, prng);
        const constraints = resolve(log);
        all.setConstraints(constraints);
        const shown = peopleOf(all.faces(), constraints);
        expect([seed, step, faults(shown, library, constraints)]).toEqual([seed, step, []]);
        expect(shown.ofRow.size + shown.loose.length).toBe(
          [...all.faces()].filter(({ dismissed }) => !dismissed).length,
        );
      }
    }
  });

  it('a word that is taken back leaves no trace', () => {
    for (let seed = 1; seed <= 30; seed++) {
      const prng = createPrng(seed);
      const library = testLibrary(FACES, 4, 1 + (seed % 3));
      const all = clustersOf(library);
      const idOf = (n: number) => library.faces[n]!.id;
      const words = Array.from({ length: 12 }, () => randomWord(prng, FACES, idOf));
      const show = (log: Log) => {
        const constraints = resolve(log);
        all.setConstraints(constraints);
        return peopleOf(all.faces(), constraints);
      };
      const before = show(logOf(...words));
      const merge: Word = { kind: 'merge', into: 'p0', from: 'p1' };
      show(logOf(...words, merge));
      expect(show(logOf(...words, merge, 13))).toEqual(before);
    }
  });
});
