import { createPrng } from '../../base/prng.ts';
import { shuffle } from '../../base/shuffle.ts';
import { Clusters } from '../clusters/clusters.ts';
import { pairwise } from '../clusters/pairwise.ts';
import { buildConstraints } from '../constraints/buildConstraints.ts';
import type { Face } from '../faces/face.ts';
import { type TestLibrary, testLibrary } from './library.ts';

/** The constraints without any assertion. */
export const NOTHING = buildConstraints([]);
export const library = testLibrary(600, 15);

/** A shuffled copy. */
export function shuffled<T>(list: readonly T[], seed: number): T[] {
  const prng = createPrng(seed);
  const copy = [...list];
  shuffle(copy, prng);
  return copy;
}

/** Clusters built by adding faces one by one, without assertions. */
export function clustersOf(
  faces: readonly Face[],
  from: Pick<TestLibrary, 'vectors'> = library,
): Clusters {
  const clusters = new Clusters(from.vectors, NOTHING);
  for (const face of faces) clusters.add(face);
  return clusters;
}

/** Pairwise score of the library's good faces. */
export function score(clusters: Clusters) {
  const good = library.faces.filter(({ quality }) => quality === 'good');
  const clusterOf = new Map<number, number>();
  clusters.clusters().forEach((faceKeys, i) => {
    for (const faceKey of faceKeys) clusterOf.set(faceKey, i);
  });
  return pairwise(
    good.map(({ faceKey }) => clusterOf.get(faceKey)),
    good.map(({ faceKey }) => library.person[faceKey - 1]!),
  );
}
