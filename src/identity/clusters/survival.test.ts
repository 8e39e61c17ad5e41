import { expect, it } from 'vitest';
import { SegmentedIndex, scalarKernels } from '../../ann/index.ts';
import { createPrng } from '../../base/prng.ts';
import { buildConstraints } from '../constraints/buildConstraints.ts';
import { boxOf, photoHashOf } from '../faces/faceId.ts';
import { engineVectors } from '../faces/faceVectors.ts';
import { matchFaces } from '../faces/matchFaces.ts';
import type { Assertion } from '../log/assertions.ts';
import { nextEntry, renameFaces } from '../log/log.ts';
import { exportLog, importLog } from '../log/logFile.ts';
import { assignPeople } from '../people/assignPeople.ts';
import { faceIdOf } from '../testing/ids.ts';
import { testLibrary } from '../testing/library.ts';
import { Clusters } from './clusters.ts';

it('names and rejections survive a change of detector, model and library', async () => {
  const library = testLibrary(400, 10, 9);
  const { d } = library;
  const first = new Clusters(library.vectors, buildConstraints([]));
  for (const face of library.faces) first.add(face);
  await first.recluster();
  const idOf = (faceKey: number) => library.faces[faceKey - 1]!.id;
  const assertions = first.clusters().flatMap((faceKeys, i): Assertion[] => [
    { kind: 'labelCluster', person: `p${i}`, faces: faceKeys.map(idOf) },
    { kind: 'name', person: `p${i}`, name: `Person ${i}` },
    { kind: 'exclude', person: `p${i}`, faces: [idOf(faceKeys.at(-1)!)] },
  ]);
  const log = [nextEntry([], assertions, 0)];
  const constraints = buildConstraints(log);
  first.setConstraints(constraints);
  const before = assignPeople(first.faces(), constraints);

  // The other library detects the faces slightly elsewhere, numbers them in reverse order, and
  // permutes their vectors with some noise.
  const prng = createPrng(10);
  const index = new SegmentedIndex(scalarKernels(), { spaceId: 'other', metric: 'l2sq', d });
  const moved = library.faces.map((face, i) => {
    const faceKey = library.faces.length - i;
    const vector = library.vector(face.faceKey).map((_, j, all) => all[(j + 7) % d]!);
    index.add(
      faceKey,
      vector.map((x) => x + 0.008 * prng.normal()),
    );
    const box = boxOf(face.id);
    const photo = Number.parseInt(photoHashOf(face.id), 16);
    const id = faceIdOf(photo, { ...box, x: box.x + 0.01, height: box.height + 0.01 });
    return { ...face, id, faceKey, was: face.faceKey };
  });
  const received = importLog(exportLog(log));
  const confirmed = assertions.flatMap((assertion) =>
    'faces' in assertion ? assertion.faces : [],
  );
  const names = matchFaces(
    confirmed,
    moved.map(({ id }) => id),
  );
  expect(names.size).toBe(new Set(confirmed).size);
  const after = buildConstraints(renameFaces(received, names));
  const second = new Clusters(engineVectors(index), after);
  for (const face of moved) second.add(face);
  await second.recluster();
  const now = assignPeople(second.faces(), after);

  expect(now.people.map(({ name }) => name)).toEqual(before.people.map(({ name }) => name));
  const wasKey = new Map(moved.map(({ faceKey, was }) => [faceKey, was]));
  for (const [i, person] of now.people.entries()) {
    const faceKeys = new Set(person.faces.map(({ faceKey }) => wasKey.get(faceKey)!));
    const kept = before.people[i]!.faces.filter(({ faceKey }) => faceKeys.has(faceKey));
    expect(kept).toHaveLength(before.people[i]!.faces.length);
    expect(person.faces.some(({ id }) => after.rejects(id, person.id!))).toBe(false);
  }
});
