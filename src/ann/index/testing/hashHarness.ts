import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { nodeSimdKernels } from '../../../../bench/nodeKernels.ts';
import { createPrng } from '../../../base/prng.ts';
import { groundTruth } from '../../eval/groundTruth.ts';
import { recall } from '../../eval/recall.ts';
import { clusteredUnitVectors } from '../../eval/synthetic.ts';
import { bitmapBytes, setBit } from '../../kernels/bitmap.ts';
import type { Kernels } from '../../kernels/kernels.ts';
import { scalarKernels } from '../../kernels/scalar.ts';
import { loadIndex } from '../load.ts';
import type { SearchPlan } from '../searchPlan.ts';
import type { IndexSpec } from '../spec.ts';
import { trainIndex } from '../train.ts';
import type { Metric, SearchOptions, VectorIndex } from '../vectorIndex.ts';

/* Shared by the tests of the hash kinds: a set of vectors, indexes of it, what both promise. */

export const D = 40;
export const N = 1_600;
const QUERIES = 20;
const DRAWN = clusteredUnitVectors({ d: D, centres: 12 }, createPrng(8))(N + QUERIES);
/** In a different order from the rows, with gaps. */
export const IDS = Uint32Array.from({ length: N }, (_, row) => 1 + ((row * 7) % N) * 3);
const MOST_ID = 3 * N + 1;

/** Inner product: unit vectors. Squared L2: of varying lengths, and far from the origin. */
export const BASES: Readonly<Record<Metric, Float32Array<ArrayBuffer>>> = {
  ip: DRAWN,
  l2sq: DRAWN.map((x, at) => x * (1 + (Math.floor(at / D) & 1)) + 0.5),
};

export const METRICS: readonly Metric[] = ['ip', 'l2sq'];

export function queryOf(metric: Metric, i: number): Float32Array<ArrayBuffer> {
  return BASES[metric].slice((N + i) * D, (N + i + 1) * D);
}

export function truthOf(
  metric: Metric,
  query: Float32Array,
  k: number,
  passes = (_id: number) => true,
) {
  const rows = [...IDS.keys()].filter((row) => passes(IDS[row]!));
  const ids = rows.map((row) => IDS[row]!);
  const vectors = new Float32Array(rows.length * D);
  rows.forEach((row, i) => {
    vectors.set(BASES[metric].subarray(row * D, (row + 1) * D), i * D);
  });
  return groundTruth(metric, { d: D, ids, vectors }, query, k).map(({ id }) => id);
}

/** Adds the rows in the given order, in blocks of 250. */
export async function buildHash(
  kernels: Kernels,
  metric: Metric,
  spec: IndexSpec,
  order = [...IDS.keys()],
): Promise<VectorIndex> {
  const vectors = BASES[metric].subarray(0, N * D);
  const space = { spaceId: 'test/40', metric, d: D };
  const builder = await trainIndex(kernels, space, spec, vectors);
  for (let first = 0; first < N; first += 250) {
    const rows = order.slice(first, first + 250);
    const block = new Float32Array(rows.length * D);
    rows.forEach((row, i) => {
      block.set(vectors.subarray(row * D, (row + 1) * D), i * D);
    });
    builder.add(
      rows.map((row) => IDS[row]!),
      block,
    );
  }
  const index = builder.seal();
  builder.dispose();
  return index;
}

export function meanRecall(index: VectorIndex, options: Partial<SearchOptions>): number {
  let sum = 0;
  for (let i = 0; i < QUERIES; i++) {
    const query = queryOf(index.metric, i);
    const { ids } = index.search(query, { k: 10, ...options });
    sum += recall(truthOf(index.metric, query, 10), ids);
  }
  return sum / QUERIES;
}

export function scoreOf(metric: Metric, query: Float32Array, vector: Float32Array): number {
  let sum = 0;
  for (let i = 0; i < D; i++) {
    sum += metric === 'ip' ? query[i]! * vector[i]! : (query[i]! - vector[i]!) ** 2;
  }
  return sum;
}

function filter(share: number, seed: number) {
  const prng = createPrng(seed);
  const allowed = new Uint8Array(bitmapBytes(MOST_ID));
  const ids = new Set([...IDS].filter(() => prng.float() < share));
  for (const id of ids) setBit(allowed, id, true);
  return { allowed, ids };
}

export function sameBytes(a: ArrayBuffer, b: ArrayBuffer): boolean {
  return Buffer.compare(Buffer.from(a), Buffer.from(b)) === 0;
}

type Effort = keyof Pick<SearchPlan, 'rerank' | 'probes'>;

/**
 * What a hash kind promises whatever its parameters.
 *
 * @param thorough options with which it finds nearly everything, by comparing with its store
 */
export function describeHash(
  name: string,
  spec: IndexSpec,
  effort: Effort,
  thorough: Partial<SearchOptions>,
): void {
  describe.each(METRICS)(`${name} by %s`, (metric) => {
    const kernels = nodeSimdKernels();
    let index: VectorIndex;
    beforeAll(async () => {
      index = await buildHash(kernels, metric, spec);
    });
    afterAll(() => index.dispose());

    it('finds nearly everything with enough effort, and never less with more', () => {
      for (let i = 0; i < QUERIES; i++) {
        const query = queryOf(metric, i);
        // What its store makes of all rows: rounding may have reordered the true ones.
        const truth = index.search(query, { k: 10, [effort]: 2 ** 20 }).ids;
        let before = 0;
        for (const value of [1, 2, 3, 5, 8, 13, 30, 80, 200, 500, 2 ** 20]) {
          const now = recall(truth, index.search(query, { k: 10, [effort]: value }).ids);
          expect(now).toBeGreaterThanOrEqual(before);
          before = now;
        }
        expect(before).toBe(1);
      }
      expect(meanRecall(index, thorough)).toBeGreaterThan(0.97);
    });

    it('is the same with scalar kernels', async () => {
      const scalar = await buildHash(scalarKernels(), metric, spec);
      expect(sameBytes(scalar.serialize(), index.serialize())).toBe(true);
      for (let i = 0; i < QUERIES; i++) {
        const query = queryOf(metric, i);
        const [a, b] = [index, scalar].map((each) => each.search(query, { k: 10 }));
        expect([...a!.ids]).toEqual([...b!.ids]);
        expect(a!.stats).toEqual(b!.stats);
        a!.scores.forEach((score, rank) => {
          expect(score).toBeCloseTo(b!.scores[rank]!, 3);
        });
      }
    });

    it('does not depend on the order of addition', async () => {
      const other = await buildHash(kernels, metric, spec, [...IDS.keys()].reverse());
      expect(sameBytes(other.serialize(), index.serialize())).toBe(true);
      other.dispose();
    });

    it('is loaded as it was saved', () => {
      const saved = index.serialize();
      const loaded = loadIndex(kernels, saved, index);
      expect(sameBytes(loaded.serialize(), saved)).toBe(true);
      const [a, b] = [loaded, index].map((each) => each.structure().hashes!.codes);
      expect(sameBytes(a!.slice().buffer, b!.slice().buffer)).toBe(true);
      for (let i = 0; i < QUERIES; i++) {
        const query = queryOf(metric, i);
        expect(loaded.search(query, { k: 9 })).toEqual(index.search(query, { k: 9 }));
      }
      loaded.dispose();
    });

    it('gives a batch what it gives each query', () => {
      const queries = BASES[metric].subarray(N * D);
      const { allowed } = filter(0.8, 3);
      for (const options of [{ k: 7 }, { k: 7, exclude: IDS[5]! }, { k: 5, allowed }]) {
        const single = Array.from({ length: QUERIES }, (_, i) =>
          index.search(queryOf(metric, i), options),
        );
        expect(index.searchBatch(queries, options)).toEqual(single);
      }
    });

    it('fills k from what a filter allows, however little that is', () => {
      for (const share of [0.001, 0.02, 0.4, 0.9, 1]) {
        const { allowed, ids } = filter(share, 4);
        let found = 0;
        for (let i = 0; i < QUERIES; i++) {
          const query = queryOf(metric, i);
          const result = index.search(query, { k: 10, allowed, ...thorough });
          expect(result.ids).toHaveLength(Math.min(10, ids.size));
          expect(result.ids.every((id) => ids.has(id))).toBe(true);
          found += recall(
            truthOf(metric, query, 10, (id) => ids.has(id)),
            result.ids,
          );
        }
        expect(found / QUERIES).toBeGreaterThan(0.95);
        const least = index.search(queryOf(metric, 0), { k: N, allowed, [effort]: 1 });
        expect(new Set(least.ids)).toEqual(ids);
      }
    });

    it('hides removed vectors until they are restored, and does not save them', () => {
      const own = loadIndex(kernels, index.serialize());
      const query = queryOf(metric, 3);
      const before = own.search(query, { k: 40, ...thorough });
      const [best] = before.ids;
      const excluded = own.search(query, { k: 39, ...thorough, exclude: best! });
      expect([...excluded.ids]).toEqual([...before.ids].slice(1));
      expect(own.remove(best!)).toBe(true);
      const without = own.search(query, { k: 39, ...thorough });
      expect([...without.ids]).toEqual([...before.ids].slice(1));
      const reloaded = loadIndex(kernels, own.serialize());
      expect([reloaded.ntotal, reloaded.holds(best!)]).toEqual([N - 1, false]);
      expect(reloaded.search(query, { k: 39, ...thorough }).ids).toEqual(without.ids);
      expect(own.restore(best!)).toBe(true);
      expect(own.search(query, { k: 40, ...thorough })).toEqual(before);
      for (const id of IDS) own.remove(id);
      expect(own.search(query, { k: 3 }).ids).toHaveLength(0);
      const empty = loadIndex(kernels, own.serialize());
      expect([empty.ntotal, empty.search(query, { k: 3 }).ids.length]).toEqual([0, 0]);
      for (const each of [own, reloaded, empty]) each.dispose();
    });

    it('compares at most maxCodes vectors', () => {
      for (const maxCodes of [0, 1, 50, 777]) {
        const { stats, ids } = index.search(queryOf(metric, 5), { k: 5, ...thorough, maxCodes });
        expect(stats.codesScanned).toBeLessThanOrEqual(maxCodes);
        expect(ids.length).toBeLessThanOrEqual(maxCodes);
      }
    });

    it('decodes what it compares with', () => {
      const vector = new Float32Array(D);
      const query = queryOf(metric, 6);
      const { ids, scores } = index.search(query, { k: 20, ...thorough });
      ids.forEach((id, rank) => {
        expect(index.reconstruct(id, vector)).toBe(true);
        const score = scoreOf(metric, query, vector);
        expect(Math.abs(scores[rank]! - score)).toBeLessThan(metric === 'ip' ? 0.002 : 0.1);
      });
      expect(index.reconstruct(2, vector)).toBe(false);
    });

    it('frees its memory', async () => {
      const before = kernels.bytesInUse;
      const own = await buildHash(kernels, metric, spec);
      own.search(queryOf(metric, 0), { k: 3, allowed: filter(0.1, 5).allowed });
      own.search(queryOf(metric, 0), { k: N });
      expect(kernels.bytesInUse - before).toBeLessThanOrEqual(own.bytes);
      own.dispose();
      expect(kernels.bytesInUse).toBe(before);
    });
  });
}
