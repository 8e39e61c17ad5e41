import { createPrng } from '../../base/prng.ts';
import { shuffle } from '../../base/shuffle.ts';
import { Clusters } from '../clusters/clusters.ts';
import { pairwise } from '../clusters/pairwise.ts';
import { resolve } from '../constraints/resolve.ts';
import type { Face } from '../faces/face.ts';
import { type TestLibrary, testLibrary } from './library.ts';

/** What holds where nobody has said anything. */
export const NOTHING = resolve([]);
export const library = testLibrary(600, 15);

/** The same in another order. */
export function shuffled<T>(list: readonly T[], seed: number): T[] {
  const prng = createPrng(seed);
  const copy = [...list];
  shuffle(copy, prng);
  return copy;
}

/** Faces gathered one by one, nothing being said of them. */
export function clustersOf(
  faces: readonly Face[],
  from: Pick<TestLibrary, 'vectors'> = library,
): Clusters {
  const clusters = new Clusters(from.vectors, NOTHING);
  for (const face of faces) clusters.add(face);
  return clusters;
}

/** How well the good faces of the library are gathered. */
export function score(clusters: Clusters) {
  const good = library.faces.filter(({ quality }) => quality === 'good');
  const clusterOf = new Map<number, number>();
  clusters.clusters().forEach((rows, i) => {
    for (const row of rows) clusterOf.set(row, i);
  });
  return pairwise(
    good.map(({ row }) => clusterOf.get(row)),
    good.map(({ row }) => library.person[row - 1]!),
  );
}
