import { describe, expect, it } from 'vitest';
import { createPrng } from '../base/prng.ts';
import { Clusters } from './clusters.ts';
import type { Face } from './face.ts';
import { DLIB_SETTINGS } from './linker.ts';
import { pairwise } from './pairwise.ts';
import { resolve } from './resolve.ts';
import { placedFaces, type TestLibrary, testLibrary } from './testing/library.ts';
import { logOf } from './testing/logOf.ts';
import type { Word } from './words.ts';

const NOTHING = resolve([]);
const library = testLibrary(600, 15);

function shuffled<T>(list: readonly T[], seed: number): T[] {
  const prng = createPrng(seed);
  const copy = [...list];
  for (let i = copy.length - 1; i > 0; i--) {
    const j = prng.below(i + 1);
    [copy[i], copy[j]] = [copy[j]!, copy[i]!];
  }
  return copy;
}

function clustersOf(
  faces: readonly Face[],
  from: Pick<TestLibrary, 'vectors'> = library,
): Clusters {
  const clusters = new Clusters(from.vectors, NOTHING);
  for (const face of faces) clusters.add(face);
  return clusters;
}

function score(clusters: Clusters) {
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

describe('adding face by face', () => {
  it('gathers people in any order', () => {
    for (const seed of [1, 2, 3]) {
      const { precision, recall } = score(clustersOf(shuffled(library.faces, seed)));
      expect(precision).toBeGreaterThan(0.98);
      expect(recall).toBeGreaterThan(0.9);
    }
  });

  it('asks for the neighbours of few faces, however many there are', () => {
    let asked = 0;
    const vectors = {
      ...library.vectors,
      neighbours: (...args: Parameters<typeof library.vectors.neighbours>) => {
        asked++;
        return library.vectors.neighbours(...args);
      },
    };
    const clusters = new Clusters(vectors, NOTHING);
    for (const face of library.faces) clusters.add(face);
    expect(asked).toBeLessThan(2 * library.faces.length);
  });

  it('needs three to begin, and good ones', () => {
    const places = [0, 0.1, 0.2].map((x, photo) => ({ x, photo }));
    expect(clustersOf(placedFaces(places.slice(0, 2)).faces).clusters()).toEqual([]);
    const three = placedFaces(places);
    expect(clustersOf(three.faces, three).clusters()).toEqual([[1, 2, 3]]);
    const dim = placedFaces(places.map((place, i) => ({ ...place, unsure: i === 1 })));
    expect(clustersOf(dim.faces, dim).clusters()).toEqual([]);
  });

  it('does not chain two people by a face between them', () => {
    const at = (x: number, i: number) => ({ x, photo: i });
    const placed = placedFaces([0, 0.05, 0.1, 0.15, 0.44, 0.75, 0.8, 0.85, 0.9].map(at));
    const clusters = clustersOf(placed.faces, placed);
    const apart = clusters.clusters();
    expect(apart.some((rows) => rows.includes(1) && rows.includes(9))).toBe(false);
    expect(apart).toHaveLength(2);
  });

  it('keeps two faces of one photo apart, however alike', () => {
    const at = (x: number, photo: number) => ({ x, photo });
    const placed = placedFaces([at(0, 1), at(0.1, 2), at(0.2, 3), at(0.1, 3), at(0.12, 1)]);
    for (const rows of clustersOf(placed.faces, placed).clusters()) {
      const photos = rows.map((row) => placed.faces[row - 1]!.photo);
      expect(new Set(photos).size).toBe(photos.length);
    }
  });

  it('replaces the face of a row', () => {
    const clusters = clustersOf(library.faces);
    const before = clusters.clusters();
    clusters.add(library.faces[0]!);
    expect(clusters.size).toBe(library.faces.length);
    expect(clusters.clusters()).toEqual(before);
  });
});

describe('removing a face', () => {
  it('takes it out and leaves the others', () => {
    const clusters = clustersOf(library.faces);
    const before = clusters.clusters();
    const [row] = before[0]!;
    clusters.remove(row!);
    const left = before.map((rows) => rows.filter((other) => other !== row));
    expect(clusters.clusters()).toEqual(left.sort((a, b) => a[0]! - b[0]!));
    clusters.remove(row!);
    expect(clusters.size).toBe(library.faces.length - 1);
  });

  it('of everything leaves nothing, also where the vectors are gone already', () => {
    const own = testLibrary(100, 4);
    const clusters = clustersOf(own.faces, own);
    own.index.remove(own.faces.slice(0, 50).map(({ row }) => row));
    for (const { row } of own.faces) clusters.remove(row);
    expect(clusters.size).toBe(0);
    expect(clusters.clusters()).toEqual([]);
  });
});

describe('clustering all anew', () => {
  it('does not depend on the order of adding, nor on the rows', async () => {
    const expected = clustersOf(library.faces);
    await expected.recluster();
    for (const seed of [4, 5]) {
      const other = clustersOf(shuffled(library.faces, seed));
      await other.recluster();
      expect(other.clusters()).toEqual(expected.clusters());
    }
    // The same faces under other rows, in an index that has them in another order.
    const { faces } = library;
    const from = shuffled(faces, 6);
    const moved = testLibrary(1, 1);
    moved.index.addAll(
      from.map((_, i) => i + 1),
      Float32Array.from(from.flatMap(({ row }) => [...library.vector(row)])),
    );
    const renumbered = from.map((face, i) => ({ ...face, row: i + 1 }));
    const clusters = clustersOf(renumbered, moved);
    await clusters.recluster();
    const ids = (rows: number[][], list: readonly Face[]) =>
      rows.map((cluster) => cluster.map((row) => list[row - 1]!.id).sort()).sort();
    expect(ids(clusters.clusters(), renumbered)).toEqual(ids(expected.clusters(), faces));
  });

  it('is as good as can be told', async () => {
    const clusters = clustersOf(library.faces);
    await clusters.recluster();
    const { precision, recall } = score(clusters);
    expect(precision).toBeGreaterThan(0.98);
    expect(recall).toBeGreaterThan(0.95);
  });

  it('takes along what comes and goes while it runs', async () => {
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
        .some((row) => row > 500),
    ).toBe(true);
  });

  it('tells how far it is, and stops when it is told to, with the old clusters kept', async () => {
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

  it('gathers around a face with a name, though it is the only one', async () => {
    const placed = placedFaces([
      { x: 0, photo: 1 },
      { x: 0.2, photo: 2 },
    ]);
    const clusters = clustersOf(placed.faces, placed);
    const word = { kind: 'group', person: 'ana', faces: [placed.faces[0]!.id] } as const;
    clusters.setConstraints(resolve(logOf(word)));
    await clusters.recluster();
    expect(clusters.clusters()).toEqual([[1, 2]]);
  });
});

describe('the word', () => {
  const line = [0, 0.05, 0.1, 0.15, 0.2, 0.25].map((x, photo) => ({ x, photo }));
  const placed = placedFaces(line);
  const id = (row: number) => placed.faces[row - 1]!.id;

  /** The clusters under some words, all anew and one by one. */
  async function under(...words: Word[]): Promise<number[][][]> {
    const constraints = resolve(logOf(words));
    const oneByOne = new Clusters(placed.vectors, constraints);
    for (const face of placed.faces) oneByOne.add(face);
    const anew = clustersOf(placed.faces, placed);
    anew.setConstraints(constraints);
    expect(anew.clusters()).toEqual([[1, 2, 3, 4, 5, 6]]);
    await anew.recluster();
    return [oneByOne.clusters(), anew.clusters()];
  }

  const together = (clusters: number[][], a: number, b: number) =>
    clusters.some((rows) => rows.includes(a) && rows.includes(b));

  it('moves no face by itself, and parts what it names when all is clustered', async () => {
    for (const clusters of await under({ kind: 'different', a: id(3), b: id(4) })) {
      expect(together(clusters, 3, 4)).toBe(false);
      expect(clusters.flat().length).toBeGreaterThan(4);
    }
  });

  it('parts two people, all the faces of each', async () => {
    const words: Word[] = [
      { kind: 'group', person: 'ana', faces: [id(1), id(3), id(5)] },
      { kind: 'is', person: 'eva', faces: [id(2), id(4)] },
    ];
    for (const clusters of await under(...words)) {
      for (const ana of [1, 3, 5]) {
        for (const eva of [2, 4]) expect(together(clusters, ana, eva)).toBe(false);
      }
    }
  });

  it('keeps a face from the person it is not', async () => {
    const words: Word[] = [
      { kind: 'group', person: 'ana', faces: [id(1), id(2)] },
      { kind: 'isNot', person: 'ana', faces: [id(3)] },
    ];
    for (const clusters of await under(...words)) {
      expect(together(clusters, 1, 3) || together(clusters, 2, 3)).toBe(false);
    }
  });

  it('leaves out what is no face, and takes in an unsure one that has a name', async () => {
    const dim = placedFaces([...line.slice(0, 3), { x: 0.12, photo: 9, unsure: true }]);
    const clusters = clustersOf(dim.faces, dim);
    const words: Word[] = [
      { kind: 'is', person: 'ana', faces: [dim.faces[3]!.id] },
      { kind: 'notFace', faces: [dim.faces[0]!.id] },
    ];
    clusters.setConstraints(resolve(logOf(words)));
    await clusters.recluster();
    expect(clusters.clusters()).toEqual([[2, 3, 4]]);
  });
});

describe('a face with more neighbours than are asked for', () => {
  it('is found by those at its border', async () => {
    const places = [0, 0.01, 0.02, 0.03, 0.04, 0.3].map((x, photo) => ({ x, photo }));
    const placed = placedFaces(places);
    const settings = { ...DLIB_SETTINGS, maxNeighbours: 3 };
    const clusters = new Clusters(placed.vectors, NOTHING, settings);
    for (const face of placed.faces) clusters.add(face);
    expect(clusters.clusters()).toEqual([[1, 2, 3, 4, 5, 6]]);
    await clusters.recluster();
    expect(clusters.clusters()).toEqual([[1, 2, 3, 4, 5, 6]]);
  });
});

describe('a snapshot', () => {
  it('gives the clusters back, and takes in what is new', () => {
    const clusters = clustersOf(library.faces);
    const snapshot = structuredClone(clusters.snapshot());
    const back = Clusters.restore(snapshot, library.faces, library.vectors, NOTHING);
    expect(back.clusters()).toEqual(clusters.clusters());
    const fewer = clustersOf(library.faces.slice(0, 590)).snapshot();
    const grown = Clusters.restore(fewer, library.faces, library.vectors, NOTHING);
    expect(grown.size).toBe(600);
    const smaller = Clusters.restore(snapshot, library.faces.slice(10), library.vectors, NOTHING);
    expect(
      smaller
        .clusters()
        .flat()
        .every((row) => row > 10),
    ).toBe(true);
  });

  it.each([
    ['nothing', undefined],
    ['plain lists', { rows: [1], clusters: [1], degrees: [0] }],
    [
      'columns of two lengths',
      { rows: Uint32Array.of(1, 2), clusters: Uint32Array.of(1), degrees: Uint8Array.of(0) },
    ],
    [
      'a row twice',
      { rows: Uint32Array.of(1, 1), clusters: Uint32Array.of(1, 1), degrees: Uint8Array.of(0, 0) },
    ],
    [
      'a degree that is none',
      { rows: Uint32Array.of(1), clusters: Uint32Array.of(1), degrees: Uint8Array.of(9) },
    ],
  ])('that is damaged is refused: %s', (_, snapshot) => {
    expect(() => Clusters.restore(snapshot, library.faces, library.vectors, NOTHING)).toThrow(
      expect.objectContaining({ code: 'corrupt' }),
    );
  });
});
