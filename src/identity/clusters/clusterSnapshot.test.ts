import { describe, expect, it } from 'vitest';
import { clustersOf, library, NOTHING } from '../testing/clusters.ts';
import { Clusters } from './clusters.ts';

describe('a snapshot of the clusters', () => {
  it('restores the clusters, adding new faces and dropping missing ones', () => {
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
  ])('is rejected if damaged: %s', (_, snapshot) => {
    expect(() => Clusters.restore(snapshot, library.faces, library.vectors, NOTHING)).toThrow(
      expect.objectContaining({ code: 'corrupt' }),
    );
  });
});
