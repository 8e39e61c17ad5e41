import { expect, it } from 'vitest';
import { Clusters } from '../clusters/clusters.ts';
import { buildConstraints } from '../constraints/buildConstraints.ts';
import type { Assertion } from '../log/assertions.ts';
import { assignPeople } from '../people/assignPeople.ts';
import { placedFaces } from '../testing/library.ts';
import { logOf } from '../testing/logOf.ts';
import { questions } from './questions.ts';

it('does not ask about people who are almost certainly different', async () => {
  const at = { Ana: [0, 0.08], Eva: [-0.55, -0.59], Ida: [0.72, 0.76] };
  const names = Object.keys(at) as (keyof typeof at)[];
  const placed = placedFaces(
    Object.values(at).flatMap((xs, i) => xs.map((x, j) => ({ x, photo: 2 * i + j }))),
  );
  const gathered = new Clusters(placed.vectors, buildConstraints([]));
  for (const face of placed.faces) gathered.add(face);
  const labels = names.map(
    (person, i): Assertion => ({
      kind: 'labelCluster',
      person,
      faces: placed.faces.slice(2 * i, 2 * i + 2).map(({ id }) => id),
    }),
  );
  const constraints = buildConstraints(logOf(labels));
  gathered.setConstraints(constraints);
  const asked = await questions(
    {
      people: assignPeople(gathered.faces(), constraints),
      constraints,
      vectors: placed.vectors,
    },
    10,
  );
  // Ana and Ida are near enough for a question, but on average 0.70 apart, which is 1 %.
  expect(asked.map(({ a, b }) => [a.id, b.id].sort())).toEqual([['Ana', 'Eva']]);
});
