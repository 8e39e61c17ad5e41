import { describe, expect, it } from 'vitest';
import { Clusters } from '../clusters/clusters.ts';
import { resolve } from '../constraints/resolve.ts';
import type { Face } from '../faces/face.ts';
import { type Log, nextStep, undoStep } from '../log/log.ts';
import type { Word } from '../log/words.ts';
import { placedFaces } from '../testing/library.ts';
import { questions } from '../verdicts/questions.ts';
import {
  answerWords,
  confirmWords,
  coverWords,
  hideWords,
  mergeWords,
  nameWords,
  rejectWords,
  sharedPhotos,
  splitWords,
} from './deeds.ts';
import type { People, Person } from './people.ts';
import { peopleOf } from './peopleOf.ts';

/** A library in which one can do things, as the app will. */
class Desk {
  readonly #placed = placedFaces([
    ...[0, 0.1, 0.2, 0.15, 0.05].map((x, i) => ({ x, photo: i })),
    ...[2, 2.1, 2.2, 2.15].map((x, i) => ({ x, photo: 4 + i })),
    ...[0.4, 1].map((x, i) => ({ x, photo: 20 + i, unsure: true })),
  ]);
  readonly clusters = new Clusters(this.#placed.vectors, resolve([]));
  #log: Log = [];

  constructor() {
    for (const face of this.#placed.faces) this.clusters.add(face);
  }

  do(words: readonly Word[]): this {
    this.#log = [...this.#log, nextStep(this.#log, words, 0)];
    return this;
  }

  undo(step: number): this {
    this.#log = [...this.#log, undoStep(this.#log, step, 0)];
    return this;
  }

  face(row: number): Face {
    return this.#placed.faces[row - 1]!;
  }

  known() {
    const constraints = resolve(this.#log);
    this.clusters.setConstraints(constraints);
    const people = peopleOf(this.clusters.faces(), constraints);
    return { people, constraints, vectors: this.#placed.vectors };
  }

  get people(): People {
    return this.known().people;
  }

  /** The person or group of a row. */
  of(row: number): Person {
    return this.people.ofRow.get(row)!;
  }

  rowsOf(row: number): number[] {
    return this.of(row).faces.map((face) => face.row);
  }
}

describe('a deed', () => {
  it('names a group, and names it otherwise', () => {
    const desk = new Desk();
    desk.do(nameWords(desk.of(1), 'Ana', 'a'));
    desk.do(nameWords(desk.of(2), 'Anna', 'unused'));
    expect(desk.of(3)).toMatchObject({ id: 'a', name: 'Anna' });
    expect(desk.undo(2).of(3).name).toBe('Ana');
    expect(desk.undo(1).of(3).id).toBeUndefined();
  });

  it('hides, and picks a cover', () => {
    const desk = new Desk();
    desk.do(hideWords(desk.of(1), true, 'a')).do(coverWords(desk.of(1), desk.face(3), 'unused'));
    expect(desk.of(1)).toMatchObject({ id: 'a', hidden: true, cover: desk.face(3) });
    expect(desk.do(hideWords(desk.of(1), false, 'unused')).of(1).hidden).toBe(false);
  });

  it.each([
    ['two groups', false, false],
    ['a person and a group', true, false],
    ['a group and a person', false, true],
    ['two people', true, true],
  ])('merges %s, and undoes it', (_, first, second) => {
    const desk = new Desk();
    if (first) desk.do(nameWords(desk.of(1), 'Ana', 'a'));
    if (second) desk.do(nameWords(desk.of(6), 'Eva', 'e'));
    const before = desk.people;
    desk.do(mergeWords(desk.of(1), desk.of(9), 'new'));
    expect(desk.rowsOf(1)).toContain(9);
    expect(desk.of(1).name).toBe(first ? 'Ana' : second ? 'Eva' : '');
    const step = Number(first) + Number(second) + 1;
    expect(desk.undo(step).people).toEqual(before);
  });

  it('warns of a photo that shows both', () => {
    const desk = new Desk();
    expect(sharedPhotos(desk.of(1), desk.of(6))).toEqual([4]);
  });

  it.each([true, false])(
    'splits, of a person (%s) or a group, and nobody follows',
    async (named) => {
      const desk = new Desk();
      if (named) desk.do(nameWords(desk.of(1), 'Ana', 'a'));
      const before = desk.people;
      const strangers = [desk.face(2), desk.face(3), desk.face(4)];
      desk.do(splitWords(desk.of(1), strangers, ['s', 'stay']));
      const check = () => {
        expect(desk.rowsOf(2)).toEqual([2, 3, 4]);
        expect(desk.of(2).id).toBe('s');
        expect(desk.rowsOf(1)).toEqual([1, 5]);
        expect(desk.of(1).id).toBe(named ? 'a' : 'stay');
      };
      check();
      await desk.clusters.recluster();
      check();
      desk.undo(named ? 2 : 1);
      // The word is as it was at once; what lies together without one, when all is clustered anew.
      expect(desk.people.people).toEqual(before.people);
      await desk.clusters.recluster();
      expect(desk.people).toEqual(before);
    },
  );

  it('confirms and rejects', () => {
    const desk = new Desk();
    desk.do(nameWords(desk.of(1), 'Ana', 'a'));
    desk.do(confirmWords(desk.of(1), [desk.face(10), desk.face(6)], 'unused'));
    expect(desk.rowsOf(1)).toEqual([1, 2, 3, 4, 5, 6, 10]);
    expect(desk.rowsOf(7)).toEqual([7, 8, 9]);
    desk.do(rejectWords(desk.of(1), [desk.face(10), desk.face(2)], 'unused'));
    expect(desk.rowsOf(1)).not.toContain(10);
    expect(desk.rowsOf(1)).not.toContain(2);
    desk.do(rejectWords(desk.of(7), [desk.face(8)], 'e'));
    expect(desk.people.ofRow.get(8)).toBeUndefined();
    expect(desk.rowsOf(7)).toEqual([7, 9]);
  });

  it('answers: different is not asked again', async () => {
    const near = placedFaces([
      ...[0, 0.05, 0.1].map((x, i) => ({ x, photo: i })),
      ...[0.62, 0.67, 0.72].map((x, i) => ({ x, photo: 10 + i })),
    ]);
    const clusters = new Clusters(near.vectors, resolve([]));
    for (const face of near.faces) clusters.add(face);
    const ask = (log: Log) => {
      const constraints = resolve(log);
      clusters.setConstraints(constraints);
      const people = peopleOf(clusters.faces(), constraints);
      return questions({ people, constraints, vectors: near.vectors }, 10);
    };
    const [question] = await ask([]);
    expect(question!.rows).toEqual([3, 4]);
    const answer = (same: boolean) => ask([nextStep([], answerWords(question!, same, 'x'), 0)]);
    expect(await answer(false)).toEqual([]);
    expect(await answer(true)).toEqual([]);
  });
});
