import { beforeAll, describe, expect, it } from 'vitest';
import { Clusters } from '../clusters/clusters.ts';
import { buildConstraints } from '../constraints/buildConstraints.ts';
import type { Face } from '../faces/face.ts';
import { photoHashOf } from '../faces/faceId.ts';
import type { Assertion } from '../log/assertions.ts';
import { assignPeople } from '../people/assignPeople.ts';
import type { People, Person } from '../people/people.ts';
import { placedFaces, testLibrary } from '../testing/library.ts';
import { logOf } from '../testing/logOf.ts';
import { questions } from './questions.ts';
import { photosWithFace, rankPeople } from './rank.ts';
import { suggestionsFor } from './suggest.ts';

/** 24 people; the even ones have names. */
const library = testLibrary(960, 24, 5);
const { faces, vectors, vector } = library;
const trueOf = (faceKey: number) => library.person[faceKey - 1]!;
const nameOf = (person: number) => `p${person}`;
const clusters = new Clusters(vectors, buildConstraints([]));
const names: Assertion[] = [];
const faceOf = (faceKey: number) => clusters.face(faceKey)?.face;

beforeAll(async () => {
  for (const face of faces) clusters.add(face);
  await clusters.recluster();
  for (const faceKeys of clusters.clusters()) {
    const person = trueOf(faceKeys[0]!);
    if (faceKeys.length < 5 || person % 2 !== 0) continue;
    const id = nameOf(person);
    names.push({
      kind: 'labelCluster',
      person: id,
      faces: faceKeys.map((faceKey) => faces[faceKey - 1]!.id),
    });
    names.push({ kind: 'name', person: id, name: `Person ${person}` });
  }
});

function known(...more: Assertion[]) {
  const constraints = buildConstraints(logOf(names, ...more));
  clusters.setConstraints(constraints);
  return { people: assignPeople(clusters.faces(), constraints), constraints, vectors, faceOf };
}

function personIn(people: People, person: number): Person {
  return people.people.find(({ id }) => id === nameOf(person))!;
}

/** A face of a person that is in no group, or else in any, per the assignment. */
function faceOfPerson(people: People, person: number, where: 'loose' | 'in'): Face {
  return faces.find(
    ({ faceKey }) =>
      trueOf(faceKey) === person && people.byFaceKey.has(faceKey) === (where === 'in'),
  )!;
}

describe('rankPeople', () => {
  it('is almost always right when almost sure, and rarely sure about a stranger', () => {
    const all = known();
    let sure = 0;
    let sureAndRight = 0;
    let named = 0;
    let firstRight = 0;
    let strangers = 0;
    let sureOfStranger = 0;
    for (const face of faces) {
      // Treat the face as new: no assertions, and it can't be its own evidence.
      const { ranked, verdict } = rankPeople(vector(face.faceKey), all, {
        ...face,
        id: faces[0]!.id.replace(/^0/, 'f'),
        photo: -1,
      });
      const isNamed = trueOf(face.faceKey) % 2 === 0;
      const total = ranked.reduce((sum, { probability }) => sum + probability, 0);
      expect(total).toBeLessThanOrEqual(1 + 1e-9);
      if (isNamed) {
        named++;
        if (ranked[0]?.person.id === nameOf(trueOf(face.faceKey))) firstRight++;
      } else strangers++;
      if (verdict.kind !== 'almost-surely') continue;
      if (!isNamed) sureOfStranger++;
      sure++;
      if (verdict.person.id === nameOf(trueOf(face.faceKey))) sureAndRight++;
    }
    expect(firstRight / named).toBeGreaterThan(0.97);
    expect(sure / named).toBeGreaterThan(0.7);
    expect(sureAndRight / sure).toBeGreaterThan(0.97);
    expect(sureOfStranger / strangers).toBeLessThan(0.03);
  });

  it('gives the person’s nearest faces as evidence, never the face itself', () => {
    const all = known();
    const face = faceOfPerson(all.people, 2, 'in');
    const [first] = rankPeople(vector(face.faceKey), all, face).ranked;
    expect(first!.evidence.length).toBe(5);
    const own = new Set(first!.person.faces.map(({ faceKey }) => faceKey));
    expect(
      first!.evidence.every(({ faceKey }) => own.has(faceKey) && faceKey !== face.faceKey),
    ).toBe(true);
    const l2s = first!.evidence.map(({ l2 }) => l2);
    expect(l2s).toEqual(l2s.toSorted((a, b) => a - b));
  });

  it('skips people who are ruled out, hidden or unnamed', () => {
    const face = faceOfPerson(known().people, 2, 'loose');
    const ask = (...assertions: Assertion[]) =>
      rankPeople(vector(face.faceKey), known(...assertions), face).ranked.map(
        ({ person }) => person.id,
      );
    expect(ask()[0]).toBe('p2');
    expect(ask({ kind: 'exclude', person: 'p2', faces: [face.id] })).not.toContain('p2');
    expect(ask({ kind: 'hide', person: 'p2', hidden: true })).not.toContain('p2');
    expect(ask({ kind: 'name', person: 'p2', name: '' })).not.toContain('p2');
  });

  it('returns the person that the user confirmed', () => {
    const face = faceOfPerson(known().people, 3, 'in');
    const assertion: Assertion = { kind: 'labelFace', person: 'p4', faces: [face.id] };
    const all = known(assertion);
    const { verdict } = rankPeople(vector(face.faceKey), all, face);
    expect(verdict).toMatchObject({ kind: 'almost-surely', person: { id: 'p4' } });
    for (const { person, probability } of rankPeople(vector(face.faceKey), all, face).ranked) {
      expect(probability).toBe(Number(person.id === 'p4'));
    }
  });

  it('doubts that a person appears twice in a photo unless it is a collage', () => {
    const all = known();
    const person = personIn(all.people, 2);
    const face = faceOfPerson(all.people, 2, 'loose');
    const twin = { ...face, photo: person.faces[0]!.photo };
    const once = rankPeople(vector(face.faceKey), all, face).ranked[0]!;
    const twice = rankPeople(vector(face.faceKey), all, twin).ranked.find(
      (one) => one.person === person,
    )!;
    expect(twice.inPhoto).toBe(true);
    expect(twice.probability).toBeLessThan(once.probability);
    // A near-identical face: still another person until the user says otherwise.
    const mirrored = rankPeople(vector(person.faces[0]!.faceKey), all, twin);
    expect(mirrored.ranked[0]).toMatchObject({ person, inPhoto: true });
    expect(mirrored.ranked[0]!.probability).toBeGreaterThan(0.95);
    expect(mirrored.verdict).toEqual({ kind: 'perhaps', people: [person] });
    const collage: Assertion = { kind: 'collage', photoHash: photoHashOf(face.id), collage: true };
    const other = rankPeople(vector(face.faceKey), known(collage), twin).ranked[0]!;
    expect(other.inPhoto).toBe(false);
  });

  it('ranks nobody if there are no people', () => {
    const constraints = buildConstraints([]);
    const people = assignPeople([], constraints);
    const { ranked, verdict } = rankPeople(vector(1), { people, constraints, vectors });
    expect(ranked).toEqual([]);
    expect(verdict).toEqual({ kind: 'nobody-named' });
  });
});

describe('photosWithFace', () => {
  it('lists each photo once, best first, and mostly the right ones', () => {
    const all = known();
    const face = faceOfPerson(all.people, 2, 'in');
    const matches = photosWithFace(vector(face.faceKey), all, 100, face);
    const photos = matches.map(({ photo }) => photo);
    expect(new Set(photos).size).toBe(photos.length);
    const p = matches.map(({ probability }) => probability);
    expect(p).toEqual(p.toSorted((a, b) => b - a));
    const likely = matches.filter(({ probability }) => probability > 0.9);
    const right = likely.filter(({ faceKey }) => trueOf(faceKey) === 2);
    expect(likely.length).toBeGreaterThan(10);
    expect(right.length / likely.length).toBeGreaterThan(0.95);
  });

  it('leaves out cannot-link and notFace faces', () => {
    const face = faceOfPerson(known().people, 3, 'in');
    const [first, second] = photosWithFace(vector(face.faceKey), known(), 50, face);
    const idOf = (faceKey: number) => faces[faceKey - 1]!.id;
    const all = known(
      { kind: 'cannotLink', a: face.id, b: idOf(first!.faceKey) },
      { kind: 'notFace', faces: [idOf(second!.faceKey)] },
    );
    const faceKeys = photosWithFace(vector(face.faceKey), all, 50, face).map(
      ({ faceKey }) => faceKey,
    );
    expect(faceKeys).not.toContain(first!.faceKey);
    expect(faceKeys).not.toContain(second!.faceKey);
  });
});

describe('suggestionsFor', () => {
  it('finds faces that were too poor to cluster, likeliest first', () => {
    const all = known();
    const suggestions = suggestionsFor(personIn(all.people, 2), all, { limit: 20 });
    const right = suggestions.filter(({ face }) => trueOf(face.faceKey) === 2);
    expect(right.length).toBeGreaterThan(1);
    const p = suggestions.map(({ probability }) => probability);
    expect(p).toEqual(p.toSorted((a, b) => b - a));
    expect(
      suggestions.every(({ face }) => all.people.byFaceKey.get(face.faceKey)?.id === undefined),
    ).toBe(true);
  });

  it('does not repeat faces that were rejected, confirmed or marked notFace', () => {
    const before = known();
    const [a, b, c] = suggestionsFor(personIn(before.people, 2), before, { limit: 20 });
    const after = known(
      { kind: 'exclude', person: 'p2', faces: [a!.face.id] },
      { kind: 'notFace', faces: [b!.face.id] },
      ...(c ? [{ kind: 'labelFace', person: 'p2', faces: [c.face.id] } as const] : []),
    );
    const again = suggestionsFor(personIn(after.people, 2), after, { limit: 1000, floor: 0 });
    const faceKeys = again.map(({ face }) => face.faceKey);
    for (const one of [a, b, c]) if (one) expect(faceKeys).not.toContain(one.face.faceKey);
  });
});

describe('a face in the same photo as the person', () => {
  const placed = placedFaces([
    ...[0, 0.05, 0.1].map((x, photo) => ({ x, photo })),
    { x: 0.2, photo: 1, unsure: true },
  ]);
  const few = new Clusters(placed.vectors, buildConstraints([]));
  for (const face of placed.faces) few.add(face);
  const suggested = (...more: Assertion[]) => {
    const group: Assertion = { kind: 'labelCluster', person: 'ana', faces: [placed.faces[0]!.id] };
    const constraints = buildConstraints(logOf([group, ...more]));
    few.setConstraints(constraints);
    const all = assignPeople(few.faces(), constraints);
    const about = {
      people: all,
      constraints,
      vectors: placed.vectors,
      faceOf: (faceKey: number) => few.face(faceKey)?.face,
    };
    return suggestionsFor(all.people[0]!, about, { limit: 9 }).map(({ face }) => face.faceKey);
  };

  it('is suggested only in a collage', () => {
    expect(suggested()).toEqual([]);
    const photoHash = photoHashOf(placed.faces[3]!.id);
    expect(suggested({ kind: 'collage', photoHash, collage: true })).toEqual([4]);
  });
});

describe('questions', () => {
  it('asks whether two similar people are the same, but not once answered', async () => {
    // One person split into two halves with different names.
    const faceKeys = clusters
      .clusters()
      .find((list) => trueOf(list[0]!) === 3 && list.length > 20)!;
    const ids = faceKeys.map((faceKey) => faces[faceKey - 1]!.id);
    const halves: Assertion[] = [
      { kind: 'labelCluster', person: 'left', faces: ids.filter((_, i) => i % 2 === 0) },
      { kind: 'labelFace', person: 'right', faces: ids.filter((_, i) => i % 2 === 1) },
    ];
    const isHalves = ({ a, b }: { a: Person; b: Person }) =>
      [a.id, b.id].sort().join() === 'left,right';
    const asked = await questions(known(...halves), 100);
    const pair = asked.find(isHalves)!;
    expect(pair.probability).toBeGreaterThan(0.8);
    expect(pair.faceKeys.map(trueOf)).toEqual([3, 3]);
    const answer: Assertion = {
      kind: 'cannotLink',
      a: faces[pair.faceKeys[0] - 1]!.id,
      b: faces[pair.faceKeys[1] - 1]!.id,
    };
    const apart: Assertion = { kind: 'distinct', a: 'left', b: 'right' };
    for (const assertion of [answer, apart]) {
      expect((await questions(known(...halves, assertion), 100)).some(isHalves)).toBe(false);
    }
    const merge: Assertion = { kind: 'merge', into: 'left', from: 'right' };
    expect((await questions(known(...halves, merge), 100)).some(isHalves)).toBe(false);
  });

  it('can be aborted', async () => {
    await expect(questions(known(), 10, { aborted: () => true })).rejects.toMatchObject({
      code: 'aborted',
    });
  });
});
