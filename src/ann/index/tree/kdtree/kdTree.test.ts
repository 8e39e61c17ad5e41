import { describe, expect, it } from 'vitest';
import { nodeSimdKernels } from '../../../../../bench/nodeKernels.ts';
import { createPrng, type Prng } from '../../../../base/prng.ts';
import { clusteredUnitVectors } from '../../../eval/synthetic.ts';
import { bitmapBytes, setBit } from '../../../kernels/bitmap.ts';
import type { Kernels } from '../../../kernels/kernels.ts';
import { scalarKernels } from '../../../kernels/scalar.ts';
import type { IndexSpec } from '../../spec.ts';
import { trainIndex } from '../../train.ts';
import type { Metric, VectorIndex } from '../../vectorIndex.ts';

async function indexOf(
  kernels: Kernels,
  spec: IndexSpec,
  metric: Metric,
  d: number,
  vectors: Float32Array,
): Promise<VectorIndex> {
  const builder = await trainIndex(kernels, { spaceId: 'kd', metric, d }, spec, vectors);
  // In another order than that of the ids.
  const n = vectors.length / d;
  builder.add(
    Array.from({ length: n }, (_, row) => n - row),
    vectors,
  );
  await builder.prepare?.();
  const index = builder.seal();
  builder.dispose();
  return index;
}

const normals = (n: number, d: number, prng: Prng) =>
  Float32Array.from({ length: n * d }, () => prng.normal());

/** Vectors of very different kinds. */
const SETS: readonly (readonly [string, number, (n: number, prng: Prng) => Float32Array])[] = [
  ['normal in 2 dimensions', 2, (n, prng) => normals(n, 2, prng)],
  ['normal in 8 dimensions', 8, (n, prng) => normals(n, 8, prng)],
  ['clustered, of length 1', 24, (n, prng) => clusteredUnitVectors({ d: 24, centres: 9 }, prng)(n)],
  [
    'of lengths from 1/1000 to 1000',
    5,
    (n, prng) => {
      const vectors = normals(n, 5, prng);
      for (let row = 0; row < n; row++) {
        const scale = 10 ** (6 * prng.float() - 3);
        for (let i = 0; i < 5; i++) vectors[row * 5 + i]! *= scale;
      }
      return vectors;
    },
  ],
  ['far from the origin', 3, (n, prng) => normals(n, 3, prng).map((x) => 1000 + x)],
  [
    'on a grid, with many ties',
    4,
    (n, prng) => normals(n, 4, prng).map((x) => Math.round(x) + 0.5),
  ],
  [
    'mostly equal',
    3,
    (n, prng) => {
      const vectors = new Float32Array(3 * n).fill(0.25);
      for (let i = 0; i < n / 10; i++) vectors[prng.below(3 * n)] = prng.normal();
      return vectors;
    },
  ],
];

describe.each(['ip', 'l2sq'] as const)('a k-d tree by %s', (metric) => {
  describe.each(SETS)('of vectors %s', (_, d, draw) => {
    it.each([
      ['float32', 'simd', nodeSimdKernels],
      ['float32', 'scalar', scalarKernels],
      ['sq8', 'simd', nodeSimdKernels],
    ] as const)('finds what flat finds: %s, %s', async (store, _backend, makeKernels) => {
      const prng = createPrng(17);
      const kernels = makeKernels();
      const n = 1_500;
      const vectors = draw(n + 40, prng);
      const base = vectors.subarray(0, n * d);
      const tree = await indexOf(kernels, { kind: 'kdtree', leafSize: 9, store }, metric, d, base);
      const flat = await indexOf(kernels, { kind: 'flat', store }, metric, d, base);
      const allowed = new Uint8Array(bitmapBytes(n + 1));
      for (let id = 1; id <= n; id++) if (prng.below(5) > 0) setBit(allowed, id, true);
      for (let i = 0; i < 40; i++) {
        const query = vectors.slice((n + i) * d, (n + i + 1) * d);
        // Also far shorter and far longer than all.
        if (i % 4 === 1) for (let j = 0; j < d; j++) query[j]! *= 1e-4;
        if (i % 4 === 2) for (let j = 0; j < d; j++) query[j]! *= 1e4;
        for (const options of [{ k: 1 }, { k: 10 }, { k: 10, allowed, exclude: 7 }]) {
          const [found, expected] = [tree, flat].map((index) => index.search(query, options));
          expect([...found!.ids]).toEqual([...expected!.ids]);
          expect([...found!.scores]).toEqual([...expected!.scores]);
        }
      }
      for (const index of [tree, flat]) index.dispose();
      expect(kernels.bytesInUse).toBe(0);
    });
  });
});

describe('a k-d tree', () => {
  const kernels = nodeSimdKernels();
  const prng = createPrng(5);
  const vectors = normals(4_000, 2, prng);
  const query = Float32Array.of(0.3, -0.2);

  it('opens few leaves in two dimensions', async () => {
    const index = await indexOf(kernels, { kind: 'kdtree' }, 'l2sq', 2, vectors);
    const { stats } = index.search(query, { k: 10 });
    expect(stats.cellsVisited).toBeLessThan(12);
    expect(stats.codesScanned).toBeLessThan(12 * 32);
    expect(stats.nodesVisited).toBeLessThan(40);
    index.dispose();
  });

  it('opens the nearest leaves first: bounds rise, and none hides a nearer row', async () => {
    for (const metric of ['ip', 'l2sq'] as const) {
      const index = await indexOf(kernels, { kind: 'kdtree', leafSize: 10 }, metric, 2, vectors);
      const { trace } = index.search(query, { k: 4_000, trace: true });
      const leaves = trace!.filter((each) => each.step === 'leaf');
      expect(leaves).toHaveLength(512);
      const vector = new Float32Array(2);
      let previous = Number.NEGATIVE_INFINITY;
      for (const { bound, ids } of leaves) {
        expect(bound).toBeGreaterThanOrEqual(previous);
        previous = bound;
        for (const id of ids) {
          index.reconstruct(id, vector);
          const [dx, dy] = [vector[0]! - query[0]!, vector[1]! - query[1]!];
          const ip = vector[0]! * query[0]! + vector[1]! * query[1]!;
          expect(metric === 'ip' ? -ip : dx * dx + dy * dy).toBeGreaterThanOrEqual(bound - 1e-6);
        }
      }
      index.dispose();
    }
  });

  it('opens as many leaves as asked for, and more only for k results', async () => {
    const index = await indexOf(kernels, { kind: 'kdtree', leafSize: 10 }, 'l2sq', 2, vectors);
    for (const maxLeaves of [1, 2, 3]) {
      const { stats } = index.search(query, { k: 5, maxLeaves });
      expect(stats.cellsVisited).toBe(maxLeaves);
    }
    const { ids, stats } = index.search(query, { k: 100, maxLeaves: 1 });
    expect(ids).toHaveLength(100);
    expect(stats.cellsVisited).toBeGreaterThanOrEqual(10);
    index.dispose();
  });

  it('keeps every leaf within its size and all at one depth, whatever the vectors', async () => {
    for (const leafSize of [1, 7, 32]) {
      const equal = new Float32Array(2 * 333).fill(1);
      for (const rows of [equal, vectors.subarray(0, 2 * 333)]) {
        const index = await indexOf(kernels, { kind: 'kdtree', leafSize }, 'ip', 2, rows);
        const { ids, trees } = index.structure();
        const { left, countOf, firstOf } = trees![0]!;
        const leaves = [...left.keys()].filter((node) => left[node] === 0);
        expect(Math.log2(leaves.length) % 1).toBe(0);
        expect(Math.max(...countOf)).toBeLessThanOrEqual(leafSize);
        expect(leaves.reduce((sum, leaf) => sum + countOf[leaf]!, 0)).toBe(333);
        const rowIds = leaves.flatMap((leaf) => [
          ...ids.subarray(firstOf[leaf]!, firstOf[leaf]! + countOf[leaf]!),
        ]);
        expect(new Set(rowIds).size).toBe(333);
        index.dispose();
      }
    }
  });
});
