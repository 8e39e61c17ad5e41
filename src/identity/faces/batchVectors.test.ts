import { describe, expect, it } from 'vitest';
import { nodeSimdKernels } from '../../../bench/nodeKernels.ts';
import { Clusters } from '../clusters/clusters.ts';
import { pairwise } from '../clusters/pairwise.ts';
import { buildConstraints } from '../constraints/buildConstraints.ts';
import { testLibrary } from '../testing/library.ts';
import { batchVectors } from './batchVectors.ts';
import type { FaceVectors } from './faceVectors.ts';

const kernels = nodeSimdKernels();
const library = testLibrary(5_500, 140, 2, kernels);

describe('batchVectors', () => {
  it('clusters like an exact search and frees its memory', async () => {
    const none = {
      rows: Uint32Array.from(library.faces, ({ faceKey }) => faceKey),
      clusters: new Uint32Array(library.faces.length),
      degrees: new Uint8Array(library.faces.length),
    };
    const clusters = Clusters.restore(none, library.faces, library.vectors, buildConstraints([]));
    const { faceKey } = library.faces[0]!;
    const near = (vectors: FaceVectors) =>
      vectors.neighbours(library.vector(faceKey), 0.5, 1000, faceKey);
    const all = near(library.vectors);
    const inUse = kernels.bytesInUse;
    const batch = await batchVectors(kernels, library.index);
    const some = near(batch);
    expect(some.faceKeys.length).toBeGreaterThan(0.9 * all.faceKeys.length);
    expect([...all.faceKeys]).toEqual(expect.arrayContaining([...some.faceKeys]));

    await clusters.recluster({}, batch);
    batch.dispose();
    expect(kernels.bytesInUse).toBe(inUse);
    const quick = clusters.clusters();
    await clusters.recluster();
    const labels = (groups: number[][]) => {
      const label = new Array<number | undefined>(library.faces.length).fill(undefined);
      groups.forEach((faceKeys, i) => {
        for (const member of faceKeys) label[member - 1] = i;
      });
      return label;
    };
    const exact = labels(clusters.clusters()).map((label, i) => label ?? `alone ${i}`);
    const { precision, recall } = pairwise(labels(quick), exact);
    expect(Math.min(precision, recall)).toBeGreaterThan(0.99);
  }, 60_000);

  it('uses the index itself for a small library', async () => {
    const few = testLibrary(50, 3);
    const batch = await batchVectors(kernels, few.index);
    const [a, b] = [batch, few.vectors].map((vectors) => vectors.neighbours(few.vector(1), 1, 9));
    expect(a).toEqual(b);
    batch.dispose();
  });

  it('frees its memory when aborted', async () => {
    const inUse = kernels.bytesInUse;
    let asked = 0;
    await expect(
      batchVectors(kernels, library.index, { aborted: () => ++asked > 4 }),
    ).rejects.toMatchObject({ code: 'aborted' });
    expect(kernels.bytesInUse).toBe(inUse);
  });
});
