import { describe, expect, it } from 'vitest';
import { clustersOf, library, NOTHING, score, shuffled } from '../testing/clusters.ts';
import { placedFaces, testLibrary } from '../testing/library.ts';
import { Clusters } from './clusters.ts';
import { DLIB_SETTINGS } from './linker.ts';

describe('adding faces one by one', () => {
  it('clusters people in any order', () => {
    for (const seed of [1, 2, 3]) {
      const { precision, recall } = score(clustersOf(shuffled(library.faces, seed)));
      expect(precision).toBeGreaterThan(0.98);
      expect(recall).toBeGreaterThan(0.9);
    }
  });

  it('runs fewer than two neighbor queries per face', () => {
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

  it('needs three good faces to start a cluster', () => {
    const places = [0, 0.1, 0.2].map((x, photo) => ({ x, photo }));
    expect(clustersOf(placedFaces(places.slice(0, 2)).faces).clusters()).toEqual([]);
    const three = placedFaces(places);
    expect(clustersOf(three.faces, three).clusters()).toEqual([[1, 2, 3]]);
    const dim = placedFaces(places.map((place, i) => ({ ...place, unsure: i === 1 })));
    expect(clustersOf(dim.faces, dim).clusters()).toEqual([]);
  });

  it('does not chain two people through a face between them', () => {
    const at = (x: number, i: number) => ({ x, photo: i });
    const placed = placedFaces([0, 0.05, 0.1, 0.15, 0.44, 0.75, 0.8, 0.85, 0.9].map(at));
    const clusters = clustersOf(placed.faces, placed);
    const apart = clusters.clusters();
    expect(apart.some((faceKeys) => faceKeys.includes(1) && faceKeys.includes(9))).toBe(false);
    expect(apart).toHaveLength(2);
  });

  it('keeps two faces in one photo apart, however similar', () => {
    const at = (x: number, photo: number) => ({ x, photo });
    const placed = placedFaces([at(0, 1), at(0.1, 2), at(0.2, 3), at(0.1, 3), at(0.12, 1)]);
    for (const faceKeys of clustersOf(placed.faces, placed).clusters()) {
      const photos = faceKeys.map((faceKey) => placed.faces[faceKey - 1]!.photo);
      expect(new Set(photos).size).toBe(photos.length);
    }
  });

  it('replaces the face with the same face key', () => {
    const clusters = clustersOf(library.faces);
    const before = clusters.clusters();
    clusters.add(library.faces[0]!);
    expect(clusters.size).toBe(library.faces.length);
    expect(clusters.clusters()).toEqual(before);
  });
});

describe('removing a face', () => {
  it('leaves the other faces in their clusters', () => {
    const clusters = clustersOf(library.faces);
    const before = clusters.clusters();
    const [faceKey] = before[0]!;
    clusters.remove(faceKey!);
    const left = before.map((faceKeys) => faceKeys.filter((other) => other !== faceKey));
    expect(clusters.clusters()).toEqual(left.sort((a, b) => a[0]! - b[0]!));
    clusters.remove(faceKey!);
    expect(clusters.size).toBe(library.faces.length - 1);
  });

  it('leaves nothing once all are removed, even if vectors are already gone', () => {
    const own = testLibrary(100, 4);
    const clusters = clustersOf(own.faces, own);
    own.index.remove(own.faces.slice(0, 50).map(({ faceKey }) => faceKey));
    for (const { faceKey } of own.faces) clusters.remove(faceKey);
    expect(clusters.size).toBe(0);
    expect(clusters.clusters()).toEqual([]);
  });
});

describe('a face with more neighbors than the query limit', () => {
  it('is still found by its border points', async () => {
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
