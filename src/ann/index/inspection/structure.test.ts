import { expect, it } from 'vitest';
import { nodeSimdKernels } from '../../../../bench/nodeKernels.ts';
import { createPrng } from '../../../base/prng.ts';
import { clusteredUnitVectors } from '../../eval/synthetic.ts';
import type { IndexSpec } from '../spec.ts';
import { trainIndex } from '../train.ts';
import type { VectorIndex } from '../vectorIndex.ts';

const D = 8;
const N = 1_200;
const vectors = clusteredUnitVectors({ d: D, centres: 12 }, createPrng(4))(N);
const ids = Uint32Array.from({ length: N }, (_, row) => row + 1);

async function indexOf(spec: IndexSpec): Promise<VectorIndex> {
  const space = { spaceId: 'structure/8', metric: 'l2sq', d: D } as const;
  const builder = await trainIndex(nodeSimdKernels(), space, spec, vectors);
  builder.add(ids, vectors);
  return builder.seal();
}

const vectorOf = (id: number) => vectors.subarray((id - 1) * D, id * D);

function l2sq(a: Float32Array, b: Float32Array): number {
  return a.reduce((sum, x, i) => sum + (x - b[i]!) ** 2, 0);
}

it.each<IndexSpec>([
  { kind: 'ivf', nlist: 10 },
  { kind: 'ivfpq', nlist: 10, opq: true },
  { kind: 'lopq', nlist: 10 },
])('lists each row of $kind in the cell of its nearest centroid', async (spec) => {
  const { ids: rows, cells } = (await indexOf(spec)).structure();
  expect(rows).toHaveLength(N);
  for (let cell = 0; cell < 10; cell++) {
    for (const id of rows.subarray(cells!.starts[cell], cells!.starts[cell + 1])) {
      const to = (other: number) =>
        l2sq(vectorOf(id), cells!.centroids.subarray(other * D, (other + 1) * D));
      const nearest = Math.min(...Array.from({ length: 10 }, (_, other) => to(other)));
      expect(to(cell)).toBeLessThanOrEqual(nearest + 1e-5);
    }
  }
});

it.each<IndexSpec>([
  { kind: 'pq', M: 4, nbits: 4, rerank: 'none' },
  { kind: 'opq', M: 4, nbits: 8, rerank: 'none' },
])('decodes the codes of $kind as the index does', async (spec) => {
  const index = await indexOf(spec);
  const { ids: rows, codes } = index.structure();
  const { M, ksub, dsub, centroids, rotation } = codes!;
  const decoded = new Float32Array(D);
  for (const row of [0, 17, N - 1]) {
    index.reconstruct(rows[row]!, decoded);
    const rotated = Float32Array.from({ length: D }, (_, i) => {
      const m = Math.floor(i / dsub);
      return centroids[(m * ksub + codes!.codes[row * M + m]!) * dsub + (i % dsub)]!;
    });
    const expected = rotation
      ? rotated.map((_, i) => rotated.reduce((sum, y, j) => sum + rotation[j * D + i]! * y, 0))
      : rotated;
    for (let i = 0; i < D; i++) expect(decoded[i]).toBeCloseTo(expected[i]!, 5);
  }
});

it('has the local rotations of LOPQ', async () => {
  const { local } = (await indexOf({ kind: 'lopq', nlist: 10 })).structure();
  expect(local!.mu).toHaveLength(10 * D);
  expect(local!.rotations).toHaveLength(Math.max(...local!.rotationOf) * D * D);
});

it('has the links of a graph, each layer within the one below', async () => {
  const { graph } = (await indexOf({ kind: 'hnsw', M: 4 })).structure();
  const { entry, levels, layers } = graph!;
  expect(levels[entry]).toBe(Math.max(...levels));
  expect(layers).toHaveLength(levels[entry]! + 1);
  layers.forEach(({ starts, neighbours }, layer) => {
    expect(starts[N]).toBe(neighbours.length);
    for (let row = 0; row < N; row++) {
      const own = [...neighbours.subarray(starts[row], starts[row + 1])];
      expect(own.length).toBeLessThanOrEqual(layer === 0 ? 8 : levels[row]! < layer ? 0 : 4);
      expect(own.every((other) => other !== row && levels[other]! >= layer)).toBe(true);
    }
  });
});

it('names only the rows of a kind without structure', async () => {
  for (const spec of [{ kind: 'flat' }, { kind: 'lopq', coarse: 'multi', nlist: 4 }] as const) {
    expect(Object.keys((await indexOf(spec)).structure())).toEqual(['ids']);
  }
});
