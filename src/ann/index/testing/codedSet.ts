import { expect } from 'vitest';
import { nodeSimdKernels } from '../../../../bench/nodeKernels.ts';
import { createPrng } from '../../../base/prng.ts';
import { groundTruth } from '../../eval/groundTruth.ts';
import { recall } from '../../eval/recall.ts';
import { clusteredUnitVectors } from '../../eval/synthetic.ts';
import type { Kernels } from '../../kernels/kernels.ts';
import { scalarKernels } from '../../kernels/scalar.ts';
import { loadIndex } from '../load.ts';
import type { IndexSpec } from '../spec.ts';
import { trainIndex } from '../train.ts';
import type { Metric, VectorIndex } from '../vectorIndex.ts';

/* Shared by the tests of the coded kinds: a set of vectors, and indexes of it. */

export const D = 24;
export const N = 1500;
export const VECTORS = clusteredUnitVectors({ d: D, centres: 12 }, createPrng(3))(N + 40);
export const BASE = VECTORS.subarray(0, N * D);
/** In a different order from the rows. */
export const IDS = Uint32Array.from({ length: N }, (_, row) => 1 + ((row * 7) % N) * 3);

export const row = (i: number) => VECTORS.subarray(i * D, (i + 1) * D);
export const queryOf = (i: number) => row(N + i);
export const QUERIES = Array.from({ length: 40 }, (_, i) => queryOf(i));

export async function train(kernels: Kernels, spec: IndexSpec, metric: Metric, n = N) {
  const space = { spaceId: 'test/24', metric, d: D };
  const builder = await trainIndex(kernels, space, spec, BASE.subarray(0, n * D));
  builder.add(IDS.subarray(0, n), BASE.subarray(0, n * D));
  const index = builder.seal();
  builder.dispose();
  return index;
}

/**
 * Cache of built indexes: training takes longest, and gives the same result with both kernel
 * implementations.
 */
const built = new Map<string, Promise<ArrayBuffer>>();

export async function build(
  spec: IndexSpec,
  metric: Metric = 'ip',
  kernels: Kernels = scalarKernels(),
): Promise<VectorIndex> {
  const key = JSON.stringify([spec, metric]);
  const saved =
    built.get(key) ?? train(nodeSimdKernels(), spec, metric).then((index) => index.serialize());
  built.set(key, saved);
  return loadIndex(kernels, await saved);
}

export function truth(metric: Metric, query: Float32Array, k: number) {
  return groundTruth(metric, { vectors: BASE, ids: IDS, d: D }, query, k);
}

export function meanRecall(index: VectorIndex, k: number, options: object = {}): number {
  const all = QUERIES.map((query) => {
    const ids = Uint32Array.from(truth(index.metric, query, k), ({ id }) => id);
    return recall(ids, index.search(query, { k, ...options }).ids);
  });
  return all.reduce((sum, x) => sum + x, 0) / all.length;
}

export function distance(metric: Metric, query: Float32Array, vector: Float32Array): number {
  let sum = 0;
  for (let i = 0; i < D; i++) {
    sum += metric === 'ip' ? query[i]! * vector[i]! : (query[i]! - vector[i]!) ** 2;
  }
  return sum;
}

export function reconstructionError(index: VectorIndex): number {
  const vector = new Float32Array(D);
  let sum = 0;
  IDS.forEach((id, i) => {
    expect(index.reconstruct(id, vector)).toBe(true);
    sum += distance('l2sq', row(i), vector);
  });
  return sum / N;
}

/** Every cell, however many there are. */
export const ALL_CELLS = { nprobe: 1e6 };
