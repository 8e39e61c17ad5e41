import { expect, it } from 'vitest';
import { SegmentedIndex, scalarKernels } from '../../ann/index.ts';
import { createPrng } from '../../base/prng.ts';
import { resolve } from '../constraints/resolve.ts';
import { boxOf, photoHashOf } from '../faces/faceId.ts';
import { engineVectors } from '../faces/faceVectors.ts';
import { matchFaces } from '../faces/matchFaces.ts';
import { nextStep, renameFaces } from '../log/log.ts';
import { exportLog, importLog } from '../log/logFile.ts';
import type { Word } from '../log/words.ts';
import { peopleOf } from '../people/peopleOf.ts';
import { faceIdOf } from '../testing/ids.ts';
import { testLibrary } from '../testing/library.ts';
import { Clusters } from './clusters.ts';

it('names and rejections outlive another detector, another net and another library', async () => {
  const library = testLibrary(400, 10, 9);
  const { d } = library;
  const first = new Clusters(library.vectors, resolve([]));
  for (const face of library.faces) first.add(face);
  await first.recluster();
  const idOf = (row: number) => library.faces[row - 1]!.id;
  const words = first.clusters().flatMap((rows, i): Word[] => [
    { kind: 'group', person: `p${i}`, faces: rows.map(idOf) },
    { kind: 'name', person: `p${i}`, name: `Person ${i}` },
    { kind: 'isNot', person: `p${i}`, faces: [idOf(rows.at(-1)!)] },
  ]);
  const log = [nextStep([], words, 0)];
  const constraints = resolve(log);
  first.setConstraints(constraints);
  const before = peopleOf(first.faces(), constraints);

  // The other library finds the faces a little elsewhere, numbers them the other way round, and
  // turns their vectors by a permutation and some noise.
  const prng = createPrng(10);
  const index = new SegmentedIndex(scalarKernels(), { spaceId: 'other', metric: 'l2sq', d });
  const moved = library.faces.map((face, i) => {
    const row = library.faces.length - i;
    const vector = library.vector(face.row).map((_, j, all) => all[(j + 7) % d]!);
    index.add(
      row,
      vector.map((x) => x + 0.008 * prng.normal()),
    );
    const box = boxOf(face.id);
    const photo = Number.parseInt(photoHashOf(face.id), 16);
    const id = faceIdOf(photo, { ...box, x: box.x + 0.01, height: box.height + 0.01 });
    return { ...face, id, row, was: face.row };
  });
  const received = importLog(exportLog(log));
  const said = words.flatMap((word) => ('faces' in word ? word.faces : []));
  const names = matchFaces(
    said,
    moved.map(({ id }) => id),
  );
  expect(names.size).toBe(new Set(said).size);
  const after = resolve(renameFaces(received, names));
  const second = new Clusters(engineVectors(index), after);
  for (const face of moved) second.add(face);
  await second.recluster();
  const now = peopleOf(second.faces(), after);

  expect(now.people.map(({ name }) => name)).toEqual(before.people.map(({ name }) => name));
  const wasRow = new Map(moved.map(({ row, was }) => [row, was]));
  for (const [i, person] of now.people.entries()) {
    const rows = new Set(person.faces.map(({ row }) => wasRow.get(row)!));
    const kept = before.people[i]!.faces.filter(({ row }) => rows.has(row));
    expect(kept).toHaveLength(before.people[i]!.faces.length);
    expect(person.faces.some(({ id }) => after.rejects(id, person.id!))).toBe(false);
  }
});
