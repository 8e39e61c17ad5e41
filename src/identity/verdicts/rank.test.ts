import { beforeAll, describe, expect, it } from 'vitest';
import { Clusters } from '../clusters/clusters.ts';
import { resolve } from '../constraints/resolve.ts';
import type { Face } from '../faces/face.ts';
import { photoHashOf } from '../faces/faceId.ts';
import type { Word } from '../log/words.ts';
import type { People, Person } from '../people/people.ts';
import { peopleOf } from '../people/peopleOf.ts';
import { placedFaces, testLibrary } from '../testing/library.ts';
import { logOf } from '../testing/logOf.ts';
import { questions } from './questions.ts';
import { photosWithFace, rankPeople } from './rank.ts';
import { suggestionsFor } from './suggest.ts';

/** 24 people, of whom those of even number have names. */
const library = testLibrary(960, 24, 5);
const { faces, vectors, vector } = library;
const trueOf = (row: number) => library.person[row - 1]!;
const nameOf = (person: number) => `p${person}`;
const clusters = new Clusters(vectors, resolve([]));
const names: Word[] = [];
const faceOf = (row: number) => clusters.face(row)?.face;

beforeAll(async () => {
  for (const face of faces) clusters.add(face);
  await clusters.recluster();
  for (const rows of clusters.clusters()) {
    const person = trueOf(rows[0]!);
    if (rows.length < 5 || person % 2 !== 0) continue;
    const id = nameOf(person);
    names.push({ kind: 'group', person: id, faces: rows.map((row) => faces[row - 1]!.id) });
    names.push({ kind: 'name', person: id, name: `Person ${person}` });
  }
});

function known(...more: Word[]) {
  const constraints = resolve(logOf(names, ...more));
  clusters.setConstraints(constraints);
  return { people: peopleOf(clusters.faces(), constraints), constraints, vectors, faceOf };
}

function personIn(people: People, person: number): Person {
  return people.people.find(({ id }) => id === nameOf(person))!;
}

/** A face of somebody that is in no group, or else any, by what is known. */
function faceOfPerson(people: People, person: number, where: 'loose' | 'in'): Face {
  return faces.find(
    ({ row }) => trueOf(row) === person && people.ofRow.has(row) === (where === 'in'),
  )!;
}

describe('rankPeople', () => {
  it('is almost always right where it is almost sure, and seldom sure of a stranger', () => {
    const all = known();
    let sure = 0;
    let sureAndRight = 0;
    let named = 0;
    let firstRight = 0;
    let strangers = 0;
    let sureOfStranger = 0;
    for (const face of faces) {
      // As if the face had not been seen before: nothing was said of it, and it is no evidence.
      const { ranked, verdict } = rankPeople(vector(face.row), all, {
        ...face,
        id: faces[0]!.id.replace(/^0/, 'f'),
        photo: -1,
      });
      const isNamed = trueOf(face.row) % 2 === 0;
      const total = ranked.reduce((sum, { probability }) => sum + probability, 0);
      expect(total).toBeLessThanOrEqual(1 + 1e-9);
      if (isNamed) {
        named++;
        if (ranked[0]?.person.id === nameOf(trueOf(face.row))) firstRight++;
      } else strangers++;
      if (verdict.kind !== 'almost-surely') continue;
      if (!isNamed) sureOfStranger++;
      sure++;
      if (verdict.person.id === nameOf(trueOf(face.row))) sureAndRight++;
    }
    expect(firstRight / named).toBeGreaterThan(0.97);
    expect(sure / named).toBeGreaterThan(0.7);
    expect(sureAndRight / sure).toBeGreaterThan(0.97);
    expect(sureOfStranger / strangers).toBeLessThan(0.03);
  });

  it('shows the person’s own nearest faces as evidence, never the face itself', () => {
    const all = known();
    const face = faceOfPerson(all.people, 2, 'in');
    const [first] = rankPeople(vector(face.row), all, face).ranked;
    expect(first!.evidence.length).toBe(5);
    const own = new Set(first!.person.faces.map(({ row }) => row));
    expect(first!.evidence.every(({ row }) => own.has(row) && row !== face.row)).toBe(true);
    const l2s = first!.evidence.map(({ l2 }) => l2);
    expect(l2s).toEqual(l2s.toSorted((a, b) => a - b));
  });

  it('passes over whom the user has ruled out, and who is hidden', () => {
    const face = faceOfPerson(known().people, 2, 'loose');
    const ask = (...words: Word[]) =>
      rankPeople(vector(face.row), known(...words), face).ranked.map(({ person }) => person.id);
    expect(ask()[0]).toBe('p2');
    expect(ask({ kind: 'isNot', person: 'p2', faces: [face.id] })).not.toContain('p2');
    expect(ask({ kind: 'hide', person: 'p2', hidden: true })).not.toContain('p2');
    expect(ask({ kind: 'name', person: 'p2', name: '' })).not.toContain('p2');
  });

  it('says what the user has said', () => {
    const face = faceOfPerson(known().people, 3, 'in');
    const word: Word = { kind: 'is', person: 'p4', faces: [face.id] };
    const all = known(word);
    const { verdict } = rankPeople(vector(face.row), all, face);
    expect(verdict).toMatchObject({ kind: 'almost-surely', person: { id: 'p4' } });
    for (const { person, probability } of rankPeople(vector(face.row), all, face).ranked) {
      expect(probability).toBe(Number(person.id === 'p4'));
    }
  });

  it('doubts that a person is in a photo twice, but in a collage', () => {
    const all = known();
    const person = personIn(all.people, 2);
    const face = faceOfPerson(all.people, 2, 'loose');
    const twin = { ...face, photo: person.faces[0]!.photo };
    const once = rankPeople(vector(face.row), all, face).ranked[0]!;
    const twice = rankPeople(vector(face.row), all, twin).ranked.find(
      (one) => one.person === person,
    )!;
    expect(twice.inPhoto).toBe(true);
    expect(twice.probability).toBeLessThan(once.probability);
    // As like as a mirror image: still somebody else until the user says so.
    const mirrored = rankPeople(vector(person.faces[0]!.row), all, twin);
    expect(mirrored.ranked[0]).toMatchObject({ person, inPhoto: true });
    expect(mirrored.ranked[0]!.probability).toBeGreaterThan(0.95);
    expect(mirrored.verdict).toEqual({ kind: 'perhaps', people: [person] });
    const collage: Word = { kind: 'collage', photoHash: photoHashOf(face.id), collage: true };
    const other = rankPeople(vector(face.row), known(collage), twin).ranked[0]!;
    expect(other.inPhoto).toBe(false);
  });

  it('knows nobody where there is nobody', () => {
    const constraints = resolve([]);
    const people = peopleOf([], constraints);
    const { ranked, verdict } = rankPeople(vector(1), { people, constraints, vectors });
    expect(ranked).toEqual([]);
    expect(verdict).toEqual({ kind: 'nobody-named' });
  });
});

describe('photosWithFace', () => {
  it('has each photo once, best first, and mostly the right ones', () => {
    const all = known();
    const face = faceOfPerson(all.people, 2, 'in');
    const matches = photosWithFace(vector(face.row), all, 100, face);
    const photos = matches.map(({ photo }) => photo);
    expect(new Set(photos).size).toBe(photos.length);
    const p = matches.map(({ probability }) => probability);
    expect(p).toEqual(p.toSorted((a, b) => b - a));
    const likely = matches.filter(({ probability }) => probability > 0.9);
    const right = likely.filter(({ row }) => trueOf(row) === 2);
    expect(likely.length).toBeGreaterThan(10);
    expect(right.length / likely.length).toBeGreaterThan(0.95);
  });

  it('leaves out what the user keeps apart, and what is no face', () => {
    const face = faceOfPerson(known().people, 3, 'in');
    const [first, second] = photosWithFace(vector(face.row), known(), 50, face);
    const idOf = (row: number) => faces[row - 1]!.id;
    const all = known(
      { kind: 'different', a: face.id, b: idOf(first!.row) },
      { kind: 'notFace', faces: [idOf(second!.row)] },
    );
    const rows = photosWithFace(vector(face.row), all, 50, face).map(({ row }) => row);
    expect(rows).not.toContain(first!.row);
    expect(rows).not.toContain(second!.row);
  });
});

describe('suggestionsFor', () => {
  it('finds the faces that were not good enough to gather, likeliest first', () => {
    const all = known();
    const suggestions = suggestionsFor(personIn(all.people, 2), all, { limit: 20 });
    const right = suggestions.filter(({ face }) => trueOf(face.row) === 2);
    expect(right.length).toBeGreaterThan(1);
    const p = suggestions.map(({ probability }) => probability);
    expect(p).toEqual(p.toSorted((a, b) => b - a));
    expect(suggestions.every(({ face }) => all.people.ofRow.get(face.row)?.id === undefined)).toBe(
      true,
    );
  });

  it('does not come again with what was rejected, confirmed or is no face', () => {
    const before = known();
    const [a, b, c] = suggestionsFor(personIn(before.people, 2), before, { limit: 20 });
    const after = known(
      { kind: 'isNot', person: 'p2', faces: [a!.face.id] },
      { kind: 'notFace', faces: [b!.face.id] },
      ...(c ? [{ kind: 'is', person: 'p2', faces: [c.face.id] } as const] : []),
    );
    const again = suggestionsFor(personIn(after.people, 2), after, { limit: 1000, floor: 0 });
    const rows = again.map(({ face }) => face.row);
    for (const one of [a, b, c]) if (one) expect(rows).not.toContain(one.face.row);
  });
});

describe('a face beside the person in one photo', () => {
  const placed = placedFaces([
    ...[0, 0.05, 0.1].map((x, photo) => ({ x, photo })),
    { x: 0.2, photo: 1, unsure: true },
  ]);
  const few = new Clusters(placed.vectors, resolve([]));
  for (const face of placed.faces) few.add(face);
  const suggested = (...more: Word[]) => {
    const group: Word = { kind: 'group', person: 'ana', faces: [placed.faces[0]!.id] };
    const constraints = resolve(logOf([group, ...more]));
    few.setConstraints(constraints);
    const all = peopleOf(few.faces(), constraints);
    const about = {
      people: all,
      constraints,
      vectors: placed.vectors,
      faceOf: (row: number) => few.face(row)?.face,
    };
    return suggestionsFor(all.people[0]!, about, { limit: 9 }).map(({ face }) => face.row);
  };

  it('is not suggested, but in a collage', () => {
    expect(suggested()).toEqual([]);
    const photoHash = photoHashOf(placed.faces[3]!.id);
    expect(suggested({ kind: 'collage', photoHash, collage: true })).toEqual([4]);
  });
});

describe('questions', () => {
  it('asks first what is least certain and moves most, and not again what was answered', async () => {
    // Somebody in two halves: one has a name, the other another.
    const rows = clusters.clusters().find((list) => trueOf(list[0]!) === 3 && list.length > 20)!;
    const ids = rows.map((row) => faces[row - 1]!.id);
    const halves: Word[] = [
      { kind: 'group', person: 'left', faces: ids.filter((_, i) => i % 2 === 0) },
      { kind: 'is', person: 'right', faces: ids.filter((_, i) => i % 2 === 1) },
    ];
    const isHalves = ({ a, b }: { a: Person; b: Person }) =>
      [a.id, b.id].sort().join() === 'left,right';
    const asked = await questions(known(...halves), 100);
    const pair = asked.find(isHalves)!;
    expect(pair.probability).toBeGreaterThan(0.8);
    expect(pair.rows.map(trueOf)).toEqual([3, 3]);
    const answer: Word = {
      kind: 'different',
      a: faces[pair.rows[0] - 1]!.id,
      b: faces[pair.rows[1] - 1]!.id,
    };
    const apart: Word = { kind: 'apart', a: 'left', b: 'right' };
    for (const word of [answer, apart]) {
      expect((await questions(known(...halves, word), 100)).some(isHalves)).toBe(false);
    }
    const merge: Word = { kind: 'merge', into: 'left', from: 'right' };
    expect((await questions(known(...halves, merge), 100)).some(isHalves)).toBe(false);
  });

  it('can be ended', async () => {
    await expect(questions(known(), 10, { aborted: () => true })).rejects.toMatchObject({
      code: 'aborted',
    });
  });
});
