import { describe, expect, it } from 'vitest';
import { createPrng, type Prng } from '../../base/prng.ts';
import { Clusters } from '../clusters/clusters.ts';
import { buildConstraints } from '../constraints/buildConstraints.ts';
import type { Constraints } from '../constraints/constraints.ts';
import { photoHashOf } from '../faces/faceId.ts';
import type { Assertion } from '../log/assertions.ts';
import { type Log, nextEntry, revertEntry } from '../log/log.ts';
import { placedFaces, type TestLibrary, testLibrary } from '../testing/library.ts';
import { logOf } from '../testing/logOf.ts';
import { randomAssertion } from '../testing/randomAssertion.ts';
import { assignPeople } from './assignPeople.ts';
import type { People } from './people.ts';

/** Five faces of one person and four of another, each in a separate photo. */
const two = placedFaces([
  ...[0, 0.1, 0.2, 0.15, 0.05].map((x, i) => ({ x, photo: i })),
  ...[2, 2.1, 2.2, 2.15].map((x, i) => ({ x, photo: 10 + i })),
]);
const id = (faceKey: number) => two.faces[faceKey - 1]!.id;
const ids = (...faceKeys: number[]) => faceKeys.map(id);

function clustersOf(library: Pick<TestLibrary, 'faces' | 'vectors'>): Clusters {
  const clusters = new Clusters(library.vectors, buildConstraints([]));
  for (const face of library.faces) clusters.add(face);
  return clusters;
}

const clusters = clustersOf(two);

function people(...entries: (Assertion | readonly Assertion[] | number)[]): People {
  const constraints = buildConstraints(logOf(...entries));
  clusters.setConstraints(constraints);
  return assignPeople(clusters.faces(), constraints);
}

const keysOf = (all: People, person: string) =>
  all.people.find((one) => one.id === person)?.faces.map(({ faceKey }) => faceKey);
const groupsOf = (all: People) =>
  all.groups.map(({ faces }) => faces.map(({ faceKey }) => faceKey));
const looseOf = (all: People) => all.unassigned.map(({ faceKey }) => faceKey).sort((a, b) => a - b);

describe('assignPeople', () => {
  it('shows clusters as groups without any assertions', () => {
    const all = people();
    expect(all.people).toEqual([]);
    expect(groupsOf(all)).toEqual([
      [1, 2, 3, 4, 5],
      [6, 7, 8, 9],
    ]);
    expect(all.unassigned).toEqual([]);
    expect(all.byFaceKey.get(7)?.key).toBe(id(6));
  });

  it('names a whole group by any of its faces', () => {
    const all = people([
      { kind: 'labelCluster', person: 'ana', faces: ids(2) },
      { kind: 'name', person: 'ana', name: 'Ana' },
    ]);
    expect(keysOf(all, 'ana')).toEqual([1, 2, 3, 4, 5]);
    expect(all.people[0]).toMatchObject({ name: 'Ana', confirmed: new Set([2]) });
  });

  it('moves a single face and leaves the rest of its cluster', () => {
    const all = people(
      { kind: 'labelCluster', person: 'ana', faces: ids(1, 2, 3, 4, 5) },
      { kind: 'labelFace', person: 'ana', faces: ids(6) },
    );
    expect(keysOf(all, 'ana')).toEqual([1, 2, 3, 4, 5, 6]);
    expect(groupsOf(all)).toEqual([[7, 8, 9]]);
  });

  it('moves excluded faces out together', () => {
    const all = people(
      { kind: 'labelCluster', person: 'ana', faces: ids(1) },
      { kind: 'exclude', person: 'ana', faces: ids(3, 4, 5) },
    );
    expect(keysOf(all, 'ana')).toEqual([1, 2]);
    expect(groupsOf(all)).toEqual([
      [6, 7, 8, 9],
      [3, 4, 5],
    ]);
  });

  it('merges people and separates them when the merge is reverted', () => {
    const named: Assertion[] = [
      { kind: 'labelCluster', person: 'ana', faces: ids(1) },
      { kind: 'labelCluster', person: 'eva', faces: ids(6) },
    ];
    const merge: Assertion = { kind: 'merge', into: 'ana', from: 'eva' };
    const merged = people(named, merge);
    expect(keysOf(merged, 'ana')).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9]);
    expect(keysOf(merged, 'eva')).toBeUndefined();
    expect(people(named, merge, 2)).toEqual(people(named));
  });

  it('joins two clusters by one must-link unless both are named', () => {
    const same: Assertion = { kind: 'mustLink', a: id(1), b: id(6) };
    expect(groupsOf(people(same))).toEqual([[1, 2, 3, 4, 5, 6, 7, 8, 9]]);
    const all = people(
      { kind: 'labelCluster', person: 'ana', faces: ids(2) },
      { kind: 'labelCluster', person: 'eva', faces: ids(7) },
      same,
    );
    expect(keysOf(all, 'ana')).not.toContain(8);
    expect(keysOf(all, 'eva')).not.toContain(3);
    expect(all.byFaceKey.get(1)).toBe(all.byFaceKey.get(6));
  });

  it('leaves out notFace faces', () => {
    const all = people({ kind: 'notFace', faces: ids(6, 7) });
    expect(groupsOf(all)).toEqual([[1, 2, 3, 4, 5]]);
    expect(looseOf(all)).toEqual([8, 9]);
    expect(all.byFaceKey.has(6)).toBe(false);
  });

  it('keeps a person whose faces are all gone', () => {
    const all = people([
      { kind: 'labelCluster', person: 'ida', faces: [testLibrary(1, 1).faces[0]!.id] },
      { kind: 'name', person: 'ida', name: 'Ida' },
    ]);
    expect(all.people).toMatchObject([{ id: 'ida', name: 'Ida', faces: [], cover: undefined }]);
  });

  it('shows the chosen cover while that face belongs to the person', () => {
    const assertions: Assertion[] = [
      { kind: 'labelCluster', person: 'ana', faces: ids(1) },
      { kind: 'cover', person: 'ana', face: id(4) },
    ];
    expect(people(assertions).people[0]?.cover?.faceKey).toBe(4);
    const without = people(assertions, { kind: 'exclude', person: 'ana', faces: ids(4) });
    expect(without.people[0]?.cover?.faceKey).toBe(1);
  });
});

describe('two faces in one photo', () => {
  // The third and fourth are in the same photo, in two different clusters of Ana's.
  const placed = placedFaces([
    ...[0, 0.1, 0.2].map((x, i) => ({ x, photo: i })),
    ...[2, 2.1, 2.2, 2.3].map((x, i) => ({ x, photo: 2 + i })),
  ]);
  const both = clustersOf(placed);
  const assertions: Assertion[] = [
    { kind: 'labelCluster', person: 'ana', faces: [placed.faces[0]!.id] },
    { kind: 'labelCluster', person: 'ana', faces: [placed.faces[5]!.id] },
  ];
  const show = (...more: Assertion[]) => {
    const constraints = buildConstraints(logOf(...assertions, ...more));
    both.setConstraints(constraints);
    const all = assignPeople(both.faces(), constraints);
    return {
      faceKeys: keysOf(all, 'ana'),
      conflicting: all.people[0]!.conflicting.map(({ faceKey }) => faceKey),
    };
  };

  it('are two people: the likelier face counts and the other is conflicting', () => {
    expect(show()).toEqual({ faceKeys: [1, 2, 4, 5, 6, 7], conflicting: [3] });
  });

  it('are one person in a collage', () => {
    const photoHash = photoHashOf(placed.faces[2]!.id);
    const shown = show({ kind: 'collage', photoHash, collage: true });
    expect(shown).toEqual({ faceKeys: [1, 2, 3, 4, 5, 6, 7], conflicting: [] });
  });

  it('are one person if the user says so, and confirmed faces win over inferred ones', () => {
    expect(
      show({ kind: 'labelFace', person: 'ana', faces: [placed.faces[2]!.id] }).faceKeys,
    ).toEqual([1, 2, 3, 5, 6, 7]);
    const shown = show({
      kind: 'labelFace',
      person: 'ana',
      faces: [2, 3].map((i) => placed.faces[i]!.id),
    });
    expect(shown).toEqual({ faceKeys: [1, 2, 3, 4, 5, 6, 7], conflicting: [] });
  });
});

describe('after any sequence of assertions, reverts, additions, removals and reclusterings', () => {
  const FACES = 120;

  /** Violations of the assignment's guarantees, as messages. */
  function faults(all: People, library: TestLibrary, constraints: Constraints): string[] {
    const wrong: string[] = [];
    const places = [...all.people, ...all.groups];
    const seen = new Set<number>();
    for (const { faces } of places) {
      for (const face of faces) {
        if (seen.has(face.faceKey)) wrong.push(`${face.faceKey} is in two places`);
        seen.add(face.faceKey);
      }
      const photos = new Map<string, string>();
      for (const a of faces) {
        for (const b of faces) {
          if (constraints.forbids(a.id, b.id))
            wrong.push(`${a.faceKey} and ${b.faceKey} are together`);
        }
        const hash = photoHashOf(a.id);
        const other = photos.get(hash);
        photos.set(hash, a.id);
        if (other === undefined || constraints.collages.has(hash)) continue;
        const component = constraints.componentOf(a.id);
        if (component === undefined || component !== constraints.componentOf(other)) {
          wrong.push(`${a.faceKey} is twice in a photo`);
        }
      }
    }
    for (const { id: person, faces } of all.people) {
      for (const face of faces) {
        if (constraints.rejects(face.id, person!)) wrong.push(`${face.faceKey} is rejected`);
      }
    }
    const placeOf = (faceKey: number) => all.byFaceKey.get(faceKey) ?? 'loose';
    for (const a of library.faces) {
      for (const b of library.faces) {
        const component = constraints.componentOf(a.id);
        if (component === undefined || component !== constraints.componentOf(b.id)) continue;
        const here = all.byFaceKey.has(a.faceKey) || all.unassigned.includes(a);
        const there = all.byFaceKey.has(b.faceKey) || all.unassigned.includes(b);
        if (here && there && placeOf(a.faceKey) !== placeOf(b.faceKey)) {
          wrong.push(`${a.faceKey} and ${b.faceKey} are not together`);
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
        all.remove(face.faceKey);
        return log;
      case 2:
        await all.recluster();
        return log;
      case 3:
        return log.length > 0
          ? [...log, revertEntry(log, log[prng.below(log.length)]!.id, 0)]
          : log;
      default: {
        const idOf = (n: number) => library.faces[n]!.id;
        return [...log, nextEntry(log, [randomAssertion(prng, FACES, idOf)], 0)];
      }
    }
  }

  it('assertions hold and no photo shows a person twice', async () => {
    for (let seed = 1; seed <= 12; seed++) {
      const prng = createPrng(seed);
      const library = testLibrary(FACES, 4, seed);
      const all = clustersOf(library);
      let log: Log = [];
      for (let entry = 0; entry < 25; entry++) {
        log = await change(all, library, log, prng);
        const constraints = buildConstraints(log);
        all.setConstraints(constraints);
        const shown = assignPeople(all.faces(), constraints);
        expect([seed, entry, faults(shown, library, constraints)]).toEqual([seed, entry, []]);
        expect(shown.byFaceKey.size + shown.unassigned.length).toBe(
          [...all.faces()].filter(({ dismissed }) => !dismissed).length,
        );
      }
    }
  });

  it('a reverted assertion leaves no trace', () => {
    for (let seed = 1; seed <= 30; seed++) {
      const prng = createPrng(seed);
      const library = testLibrary(FACES, 4, 1 + (seed % 3));
      const all = clustersOf(library);
      const idOf = (n: number) => library.faces[n]!.id;
      const assertions = Array.from({ length: 12 }, () => randomAssertion(prng, FACES, idOf));
      const show = (log: Log) => {
        const constraints = buildConstraints(log);
        all.setConstraints(constraints);
        return assignPeople(all.faces(), constraints);
      };
      const before = show(logOf(...assertions));
      const merge: Assertion = { kind: 'merge', into: 'p0', from: 'p1' };
      show(logOf(...assertions, merge));
      expect(show(logOf(...assertions, merge, 13))).toEqual(before);
    }
  });
});
