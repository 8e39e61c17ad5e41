import { expect, it } from 'vitest';
import { Clusters } from '../clusters/clusters.ts';
import { buildConstraints } from '../constraints/buildConstraints.ts';
import type { Assertion } from '../log/assertions.ts';
import { assignPeople } from '../people/assignPeople.ts';
import { placedFaces } from '../testing/library.ts';
import { logOf } from '../testing/logOf.ts';
import { questions } from './questions.ts';
import { suggestionsFor } from './suggest.ts';

type Placed = ReturnType<typeof placedFaces>;

/** Names the people whose faces are at these places, and asks. */
async function asking(at: Record<string, readonly number[]>, named: readonly string[]) {
  const names = Object.keys(at);
  let photo = 0;
  const placed = placedFaces(
    names.flatMap((name) => at[name]!.map((x) => ({ x, photo: photo++ }))),
  );
  const idsOf = (name: string) => {
    const from = names.slice(0, names.indexOf(name)).flatMap((other) => at[other]!).length;
    return placed.faces.slice(from, from + at[name]!.length).map(({ id }) => id);
  };
  const assertions = names.flatMap((person): Assertion[] => [
    { kind: 'labelCluster', person, faces: idsOf(person) },
    ...(named.includes(person) ? [{ kind: 'name', person, name: person } as const] : []),
  ]);
  return { placed, asked: await questions(library(placed, assertions), 10) };
}

function library(placed: Placed, assertions: readonly Assertion[]) {
  const { vectors } = placed;
  const constraints = buildConstraints(logOf(assertions));
  const gathered = new Clusters(vectors, constraints);
  for (const face of placed.faces) gathered.add(face);
  return { people: assignPeople(gathered.faces(), constraints), constraints, vectors };
}

it('does not ask about people who are almost certainly different', async () => {
  const at = { Ana: [0, 0.08], Eva: [-0.55, -0.59], Ida: [0.72, 0.76] };
  const { asked } = await asking(at, []);
  // Ana and Ida are near enough for a question, but on average 0.70 apart, which is 1 %.
  expect(asked.map(({ a, b }) => [a.id, b.id].sort())).toEqual([['Ana', 'Eva']]);
});

it('does not ask about pairs below one in five', async () => {
  // 0.60 apart is 30 %, 0.62 apart 17 %.
  expect((await asking({ Ana: [0], Eva: [0.6] }, [])).asked).toHaveLength(1);
  expect((await asking({ Ana: [0], Eva: [0.62] }, [])).asked).toEqual([]);
});

it('asks the likeliest of equally large groups first', async () => {
  const { asked } = await asking({ Ana: [0], Eva: [0.6], Ida: [-0.52] }, []);
  expect(asked.map(({ a, b }) => [a.id, b.id].sort())).toEqual([
    ['Ana', 'Ida'],
    ['Ana', 'Eva'],
  ]);
});

it('asks whether the one without a name is the one with a name', async () => {
  const { asked } = await asking({ Ana: [0], other: [0.56, 0.57] }, ['Ana']);
  expect(asked.map(({ a, b }) => [a.id, b.id])).toEqual([['Ana', 'other']]);
});

it('gives the same probability as the suggestions of the person', async () => {
  const placed = placedFaces([0, 0.02, 0.58, 0.6, 0.62].map((x, photo) => ({ x, photo })));
  const ids = placed.faces.map(({ id }) => id);
  const known = library(placed, [
    { kind: 'labelCluster', person: 'Ana', faces: ids.slice(0, 2) },
    { kind: 'name', person: 'Ana', name: 'Ana' },
  ]);
  const [question] = await questions(known, 10);
  const faceOf = (faceKey: number) => placed.faces[faceKey - 1];
  const suggested = suggestionsFor(question!.a, { ...known, faceOf }, { limit: 10 });
  const [suggestion] = suggested.filter(({ face }) => face.faceKey === question!.faceKeys[1]);
  expect(question!.a.name).toBe('Ana');
  expect(question!.probability).toBe(suggestion!.probability);
});
