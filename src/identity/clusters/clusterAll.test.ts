import { describe, expect, it } from 'vitest';
import { buildConstraints } from '../constraints/buildConstraints.ts';
import type { Face } from '../faces/face.ts';
import type { Assertion } from '../log/assertions.ts';
import { clustersOf, library, score, shuffled } from '../testing/clusters.ts';
import { placedFaces, testLibrary } from '../testing/library.ts';
import { logOf } from '../testing/logOf.ts';
import { Clusters } from './clusters.ts';

describe('Clusters.recluster', () => {
  it('does not depend on insertion order or face keys', async () => {
    const expected = clustersOf(library.faces);
    await expected.recluster();
    for (const seed of [4, 5]) {
      const other = clustersOf(shuffled(library.faces, seed));
      await other.recluster();
      expect(other.clusters()).toEqual(expected.clusters());
    }
    // The same faces with different face keys, in an index with a different order.
    const { faces } = library;
    const from = shuffled(faces, 6);
    const moved = testLibrary(1, 1);
    moved.index.addAll(
      from.map((_, i) => i + 1),
      Float32Array.from(from.flatMap(({ faceKey }) => [...library.vector(faceKey)])),
    );
    const renumbered = from.map((face, i) => ({ ...face, faceKey: i + 1 }));
    const clusters = clustersOf(renumbered, moved);
    await clusters.recluster();
    const ids = (faceKeys: number[][], list: readonly Face[]) =>
      faceKeys.map((cluster) => cluster.map((faceKey) => list[faceKey - 1]!.id).sort()).sort();
    expect(ids(clusters.clusters(), renumbered)).toEqual(ids(expected.clusters(), faces));
  });

  it('exceeds 0.98 precision and 0.95 recall', async () => {
    const clusters = clustersOf(library.faces);
    await clusters.recluster();
    const { precision, recall } = score(clusters);
    expect(precision).toBeGreaterThan(0.98);
    expect(recall).toBeGreaterThan(0.95);
  });

  it('picks up faces added and removed while it runs', async () => {
    const clusters = clustersOf(library.faces.slice(0, 500));
    let pauses = 0;
    await clusters.recluster({
      pause: async () => {
        if (++pauses !== 3) return;
        for (const face of library.faces.slice(500)) clusters.add(face);
        clusters.remove(1);
      },
    });
    expect(clusters.size).toBe(library.faces.length - 1);
    expect(clusters.clusters().flat()).not.toContain(1);
    expect(
      clusters
        .clusters()
        .flat()
        .some((faceKey) => faceKey > 500),
    ).toBe(true);
  });

  it('reports progress and keeps the old clusters when aborted', async () => {
    const clusters = clustersOf(library.faces);
    const before = clusters.clusters();
    const shares: number[] = [];
    await expect(
      clusters.recluster({
        progress: (_, share) => shares.push(share),
        aborted: () => shares.length > 5,
      }),
    ).rejects.toMatchObject({ code: 'aborted' });
    expect(shares).toEqual(shares.toSorted((a, b) => a - b));
    expect(shares.at(-1)).toBeLessThan(1);
    expect(clusters.clusters()).toEqual(before);
  });

  it('forms a cluster around a single named face', async () => {
    const placed = placedFaces([
      { x: 0, photo: 1 },
      { x: 0.2, photo: 2 },
    ]);
    const clusters = clustersOf(placed.faces, placed);
    const assertion = {
      kind: 'labelCluster',
      person: 'ana',
      faces: [placed.faces[0]!.id],
    } as const;
    clusters.setConstraints(buildConstraints(logOf(assertion)));
    await clusters.recluster();
    expect(clusters.clusters()).toEqual([[1, 2]]);
  });
});

describe('constraints', () => {
  const line = [0, 0.05, 0.1, 0.15, 0.2, 0.25].map((x, photo) => ({ x, photo }));
  const placed = placedFaces(line);
  const id = (faceKey: number) => placed.faces[faceKey - 1]!.id;

  /** The clusters under some assertions, from scratch and incrementally. */
  async function under(...assertions: Assertion[]): Promise<number[][][]> {
    const constraints = buildConstraints(logOf(assertions));
    const oneByOne = new Clusters(placed.vectors, constraints);
    for (const face of placed.faces) oneByOne.add(face);
    const anew = clustersOf(placed.faces, placed);
    anew.setConstraints(constraints);
    expect(anew.clusters()).toEqual([[1, 2, 3, 4, 5, 6]]);
    await anew.recluster();
    return [oneByOne.clusters(), anew.clusters()];
  }

  const together = (clusters: number[][], a: number, b: number) =>
    clusters.some((faceKeys) => faceKeys.includes(a) && faceKeys.includes(b));

  it('move no other face, and separate cannot-link faces on reclustering', async () => {
    for (const clusters of await under({ kind: 'cannotLink', a: id(3), b: id(4) })) {
      expect(together(clusters, 3, 4)).toBe(false);
      expect(clusters.flat().length).toBeGreaterThan(4);
    }
  });

  it('separate every labeled face of two people', async () => {
    const assertions: Assertion[] = [
      { kind: 'labelCluster', person: 'ana', faces: [id(1), id(3), id(5)] },
      { kind: 'labelFace', person: 'eva', faces: [id(2), id(4)] },
    ];
    for (const clusters of await under(...assertions)) {
      for (const ana of [1, 3, 5]) {
        for (const eva of [2, 4]) expect(together(clusters, ana, eva)).toBe(false);
      }
    }
  });

  it('keep a face apart from a person it is excluded from', async () => {
    const assertions: Assertion[] = [
      { kind: 'labelCluster', person: 'ana', faces: [id(1), id(2)] },
      { kind: 'exclude', person: 'ana', faces: [id(3)] },
    ];
    for (const clusters of await under(...assertions)) {
      expect(together(clusters, 1, 3) || together(clusters, 2, 3)).toBe(false);
    }
  });

  it('leave out a notFace face and include an unsure face that has a name', async () => {
    const dim = placedFaces([...line.slice(0, 3), { x: 0.12, photo: 9, unsure: true }]);
    const clusters = clustersOf(dim.faces, dim);
    const assertions: Assertion[] = [
      { kind: 'labelFace', person: 'ana', faces: [dim.faces[3]!.id] },
      { kind: 'notFace', faces: [dim.faces[0]!.id] },
    ];
    clusters.setConstraints(buildConstraints(logOf(assertions)));
    await clusters.recluster();
    expect(clusters.clusters()).toEqual([[2, 3, 4]]);
  });
});
