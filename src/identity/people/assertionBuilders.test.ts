import { describe, expect, it } from 'vitest';
import { Clusters } from '../clusters/clusters.ts';
import { buildConstraints } from '../constraints/buildConstraints.ts';
import type { Face } from '../faces/face.ts';
import type { Assertion } from '../log/assertions.ts';
import { type Log, nextEntry, revertEntry } from '../log/log.ts';
import { placedFaces } from '../testing/library.ts';
import { questions } from '../verdicts/questions.ts';
import {
  answerAssertions,
  confirmAssertions,
  coverAssertions,
  hideAssertions,
  mergeAssertions,
  nameAssertions,
  rejectAssertions,
  sharedPhotos,
  splitAssertions,
} from './assertionBuilders.ts';
import { assignPeople } from './assignPeople.ts';
import type { People, Person } from './people.ts';

/** A library with user commands, as in the app. */
class Desk {
  readonly #placed = placedFaces([
    ...[0, 0.1, 0.2, 0.15, 0.05].map((x, i) => ({ x, photo: i })),
    ...[2, 2.1, 2.2, 2.15].map((x, i) => ({ x, photo: 4 + i })),
    ...[0.4, 1].map((x, i) => ({ x, photo: 20 + i, unsure: true })),
  ]);
  readonly clusters = new Clusters(this.#placed.vectors, buildConstraints([]));
  #log: Log = [];

  constructor() {
    for (const face of this.#placed.faces) this.clusters.add(face);
  }

  do(assertions: readonly Assertion[]): this {
    this.#log = [...this.#log, nextEntry(this.#log, assertions, 0)];
    return this;
  }

  undo(entry: number): this {
    this.#log = [...this.#log, revertEntry(this.#log, entry, 0)];
    return this;
  }

  face(faceKey: number): Face {
    return this.#placed.faces[faceKey - 1]!;
  }

  known() {
    const constraints = buildConstraints(this.#log);
    this.clusters.setConstraints(constraints);
    const people = assignPeople(this.clusters.faces(), constraints);
    return { people, constraints, vectors: this.#placed.vectors };
  }

  get people(): People {
    return this.known().people;
  }

  /** The person or group of a face key. */
  of(faceKey: number): Person {
    return this.people.byFaceKey.get(faceKey)!;
  }

  faceKeysOf(faceKey: number): number[] {
    return this.of(faceKey).faces.map((face) => face.faceKey);
  }
}

describe('a command', () => {
  it('names a group and renames it', () => {
    const desk = new Desk();
    desk.do(nameAssertions(desk.of(1), 'Ana', 'a'));
    desk.do(nameAssertions(desk.of(2), 'Anna', 'unused'));
    expect(desk.of(3)).toMatchObject({ id: 'a', name: 'Anna' });
    expect(desk.undo(2).of(3).name).toBe('Ana');
    expect(desk.undo(1).of(3).id).toBeUndefined();
  });

  it('hides a person and picks a cover', () => {
    const desk = new Desk();
    desk
      .do(hideAssertions(desk.of(1), true, 'a'))
      .do(coverAssertions(desk.of(1), desk.face(3), 'unused'));
    expect(desk.of(1)).toMatchObject({ id: 'a', hidden: true, cover: desk.face(3) });
    expect(desk.do(hideAssertions(desk.of(1), false, 'unused')).of(1).hidden).toBe(false);
  });

  it.each([
    ['two groups', false, false],
    ['a person and a group', true, false],
    ['a group and a person', false, true],
    ['two people', true, true],
  ])('merges %s and can be undone', (_, first, second) => {
    const desk = new Desk();
    if (first) desk.do(nameAssertions(desk.of(1), 'Ana', 'a'));
    if (second) desk.do(nameAssertions(desk.of(6), 'Eva', 'e'));
    const before = desk.people;
    desk.do(mergeAssertions(desk.of(1), desk.of(9), 'new'));
    expect(desk.faceKeysOf(1)).toContain(9);
    expect(desk.of(1).name).toBe(first ? 'Ana' : second ? 'Eva' : '');
    const entry = Number(first) + Number(second) + 1;
    expect(desk.undo(entry).people).toEqual(before);
  });

  it('warns about a photo that shows both people', () => {
    const desk = new Desk();
    expect(sharedPhotos(desk.of(1), desk.of(6))).toEqual([4]);
  });

  it.each([true, false])(
    'splits a person (%s) or a group, and no other face follows',
    async (named) => {
      const desk = new Desk();
      if (named) desk.do(nameAssertions(desk.of(1), 'Ana', 'a'));
      const before = desk.people;
      const strangers = [desk.face(2), desk.face(3), desk.face(4)];
      desk.do(splitAssertions(desk.of(1), strangers, ['s', 'stay']));
      const check = () => {
        expect(desk.faceKeysOf(2)).toEqual([2, 3, 4]);
        expect(desk.of(2).id).toBe('s');
        expect(desk.faceKeysOf(1)).toEqual([1, 5]);
        expect(desk.of(1).id).toBe(named ? 'a' : 'stay');
      };
      check();
      await desk.clusters.recluster();
      check();
      desk.undo(named ? 2 : 1);
      // The assertion is effective immediately; unlabeled clusters after the next recluster.
      expect(desk.people.people).toEqual(before.people);
      await desk.clusters.recluster();
      expect(desk.people).toEqual(before);
    },
  );

  it('confirms and rejects faces', () => {
    const desk = new Desk();
    desk.do(nameAssertions(desk.of(1), 'Ana', 'a'));
    desk.do(confirmAssertions(desk.of(1), [desk.face(10), desk.face(6)], 'unused'));
    expect(desk.faceKeysOf(1)).toEqual([1, 2, 3, 4, 5, 6, 10]);
    expect(desk.faceKeysOf(7)).toEqual([7, 8, 9]);
    desk.do(rejectAssertions(desk.of(1), [desk.face(10), desk.face(2)], 'unused'));
    expect(desk.faceKeysOf(1)).not.toContain(10);
    expect(desk.faceKeysOf(1)).not.toContain(2);
    desk.do(rejectAssertions(desk.of(7), [desk.face(8)], 'e'));
    expect(desk.people.byFaceKey.get(8)).toBeUndefined();
    expect(desk.faceKeysOf(7)).toEqual([7, 9]);
  });

  it('answers a question so that it is not asked again', async () => {
    const near = placedFaces([
      ...[0, 0.05, 0.1].map((x, i) => ({ x, photo: i })),
      ...[0.62, 0.67, 0.72].map((x, i) => ({ x, photo: 10 + i })),
    ]);
    const clusters = new Clusters(near.vectors, buildConstraints([]));
    for (const face of near.faces) clusters.add(face);
    const ask = (log: Log) => {
      const constraints = buildConstraints(log);
      clusters.setConstraints(constraints);
      const people = assignPeople(clusters.faces(), constraints);
      return questions({ people, constraints, vectors: near.vectors }, 10);
    };
    const [question] = await ask([]);
    expect(question!.faceKeys).toEqual([3, 4]);
    const answer = (same: boolean) =>
      ask([nextEntry([], answerAssertions(question!, same, 'x'), 0)]);
    expect(await answer(false)).toEqual([]);
    expect(await answer(true)).toEqual([]);
  });
});
