import { describe, expect, it } from 'vitest';
import { nodeSimdKernels } from '../../../bench/nodeKernels.ts';
import { createPrng } from '../../base/prng.ts';
import { groundTruth } from '../eval/groundTruth.ts';
import { clusteredUnitVectors } from '../eval/synthetic.ts';
import { scalarKernels } from '../kernels/scalar.ts';
import { neighbourGraph } from './neighbourGraph.ts';

const D = 24;
const N = 1_500;
const K = 10;
const vectors = clusteredUnitVectors({ d: D, centres: 30 }, createPrng(3))(N);

const ids = Uint32Array.from({ length: N }, (_, row) => row);
const truth = Array.from(ids, (row) =>
  groundTruth('l2sq', { vectors, ids, d: D }, vectors.subarray(row * D, (row + 1) * D), K + 1)
    .map(({ id }) => id)
    .filter((id) => id !== row)
    .slice(0, K),
);

function recallOf({ neighbours }: { readonly neighbours: Uint32Array }): number {
  let found = 0;
  truth.forEach((nearest, i) => {
    const row = new Set(neighbours.subarray(i * K, (i + 1) * K));
    found += nearest.filter((j) => row.has(j)).length;
  });
  return found / (N * K);
}

describe.each([
  ['scalar', scalarKernels],
  ['simd', nodeSimdKernels],
])('the neighbour graph with %s kernels', (_name, open) => {
  it('is exact in one cell, and leaves no memory behind', async () => {
    const kernels = open();
    const graph = await neighbourGraph(kernels, vectors, { d: D, k: K, seed: 1 });
    expect(recallOf(graph)).toBeGreaterThan(0.9999);
    expect(kernels.bytesInUse).toBe(0);
    for (let i = 0; i < N; i++) {
      const l2sq = graph.l2sq.subarray(i * K, (i + 1) * K);
      expect([...l2sq]).toEqual([...l2sq].sort((a, b) => a - b));
      expect(graph.neighbours.subarray(i * K, (i + 1) * K)).not.toContain(i);
    }
  });

  it('finds nearly all in a few of many cells', async () => {
    const options = { d: D, k: K, seed: 1, cells: 25 };
    const some = await neighbourGraph(open(), vectors, { ...options, probes: 2 });
    const more = await neighbourGraph(open(), vectors, { ...options, probes: 8 });
    const all = await neighbourGraph(open(), vectors, { ...options, probes: 25 });
    expect(recallOf(more)).toBeGreaterThan(0.9);
    expect(recallOf(more)).toBeGreaterThanOrEqual(recallOf(some));
    expect(recallOf(all)).toBeGreaterThan(0.9999);
  });
});

it('fills every row even if the nearest cells hold too few', async () => {
  // Twenty far pairs: a cell holds two rows, of which one is the row itself.
  const pairs = Float32Array.from({ length: 40 }, (_, i) => Math.floor(i / 2) * 100 + (i % 2));
  const options = { d: 1, k: 5, seed: 1, cells: 20, probes: 1 };
  const { neighbours, l2sq } = await neighbourGraph(scalarKernels(), pairs, options);
  for (let i = 0; i < 40; i++) {
    const row = [...neighbours.subarray(5 * i, 5 * i + 5)];
    expect(new Set(row).size).toBe(5);
    expect(row).not.toContain(i);
    expect(l2sq[5 * i]).toBe(1);
  }
});

it('gives copies of a row as neighbours, at distance 0, and never the row itself', async () => {
  const copies = new Float32Array(50 * D).fill(0.5);
  const graph = await neighbourGraph(scalarKernels(), copies, { d: D, k: 4, seed: 1 });
  for (let i = 0; i < 50; i++) {
    const row = [...graph.neighbours.subarray(4 * i, 4 * i + 4)];
    expect(new Set(row).size).toBe(4);
    expect(row).not.toContain(i);
  }
  expect(graph.l2sq.every((each) => each === 0)).toBe(true);
});

it.each([0, 1, 2, 5])('has fewer neighbours among %i rows', async (n) => {
  const few = vectors.slice(0, n * D);
  const graph = await neighbourGraph(scalarKernels(), few, { d: D, k: K, seed: 1 });
  expect(graph.k).toBe(Math.max(0, n - 1));
  expect(graph.neighbours).toHaveLength(n * graph.k);
});

it('can be ended, and leaves no memory behind', async () => {
  const kernels = scalarKernels();
  let steps = 0;
  const shares: number[] = [];
  const control = {
    aborted: () => ++steps > 20,
    progress: (_stage: string, share: number) => void shares.push(share),
  };
  const options = { d: D, k: K, seed: 1, cells: 10 };
  await expect(neighbourGraph(kernels, vectors, options, control)).rejects.toMatchObject({
    code: 'aborted',
  });
  expect(kernels.bytesInUse).toBe(0);
  expect(shares).toEqual([...shares].sort((a, b) => a - b));
});

it('rejects bad options and rows', async () => {
  const graph = (d: number, k: number) =>
    neighbourGraph(scalarKernels(), vectors, { d, k, seed: 1 });
  await expect(graph(D, 0)).rejects.toMatchObject({ code: 'invalid-argument' });
  await expect(graph(D - 1, 5)).rejects.toMatchObject({ code: 'invalid-argument' });
});
