import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { nodeSimdKernels } from '../../../../bench/nodeKernels.ts';
import { createPrng } from '../../../base/prng.ts';
import { groundTruth } from '../../eval/groundTruth.ts';
import { recall } from '../../eval/recall.ts';
import { scalarKernels } from '../../kernels/scalar.ts';
import type { TrainControl } from '../../quantizer/control.ts';
import { loadIndex } from '../load.ts';
import { savedSpec } from '../savedSpec.ts';
import type { SearchPlan } from '../searchPlan.ts';
import type { IndexSpec } from '../spec.ts';
import { resolveSpec } from '../spec.ts';
import { trainIndex } from '../train.ts';
import type { Metric, SearchOptions, VectorIndex } from '../vectorIndex.ts';
import { BASES, build, D, filterOf, N, queryOf } from './base.ts';

const QUERIES = 20;
const METRICS: readonly Metric[] = ['ip', 'l2sq'];
const MOST = 2 ** 20;

function sameBytes(a: ArrayBuffer, b: ArrayBuffer): boolean {
  return Buffer.compare(Buffer.from(a), Buffer.from(b)) === 0;
}

function truthOf(metric: Metric, query: Float32Array, k: number): number[] {
  return groundTruth(metric, BASES[metric], query, k).map(({ id }) => id);
}

type Effort = keyof Pick<SearchPlan, 'maxLeaves' | 'searchK'>;

/**
 * What a kind of tree promises whatever its parameters.
 *
 * @param least recall@10 when everything is opened
 */
export function describeTrees(name: string, spec: IndexSpec, effort: Effort, least: number): void {
  describe.each(METRICS)(`${name} by %s`, (metric) => {
    const kernels = nodeSimdKernels();
    const base = BASES[metric];
    const all: Partial<SearchOptions> = { [effort]: MOST };
    let index: VectorIndex;
    beforeAll(async () => {
      index = await build(kernels, metric, spec);
    });
    afterAll(() => index.dispose());

    it('finds everything with enough effort, and never less with more', () => {
      let sum = 0;
      for (let i = 0; i < QUERIES; i++) {
        const query = queryOf(metric, i);
        const every = index.search(query, { k: 10, ...all });
        expect(every.ids).toHaveLength(10);
        let before = 0;
        for (const value of [1, 2, 3, 5, 8, 13, 30, 80, 200, 500, 1200, MOST]) {
          const found = index.search(query, { k: 10, [effort]: value });
          expect(found.ids).toHaveLength(10);
          const now = recall([...every.ids], found.ids);
          expect(now).toBeGreaterThanOrEqual(before);
          before = now;
        }
        expect(before).toBe(1);
        sum += recall(truthOf(metric, query, 10), every.ids);
      }
      expect(sum / QUERIES).toBeGreaterThanOrEqual(least);
    });

    it('is the same with scalar kernels', async () => {
      const scalar = await build(scalarKernels(), metric, spec);
      expect(sameBytes(scalar.serialize(), index.serialize())).toBe(true);
      for (let i = 0; i < QUERIES; i++) {
        const options = { k: 10, [effort]: 40 };
        const [a, b] = [index, scalar].map((each) => each.search(queryOf(metric, i), options));
        expect([...a!.ids]).toEqual([...b!.ids]);
        expect(a!.stats).toEqual(b!.stats);
        a!.scores.forEach((score, rank) => {
          expect(score).toBeCloseTo(b!.scores[rank]!, 4);
        });
      }
      scalar.dispose();
    });

    it('depends neither on the order of addition nor on preparing', async () => {
      const space = { spaceId: 'test/19', metric, d: D };
      const builder = await trainIndex(kernels, space, spec, base.vectors);
      for (let end = N; end > 0; end -= 250) {
        const rows = base.vectors.subarray((end - 250) * D, end * D);
        builder.add(base.ids.slice(end - 250, end), rows);
      }
      const other = builder.seal();
      builder.dispose();
      expect(sameBytes(other.serialize(), index.serialize())).toBe(true);
      other.dispose();
    });

    it('is loaded as it was saved', () => {
      const saved = index.serialize();
      expect(savedSpec(saved)).toEqual(resolveSpec(spec, N, D));
      const loaded = loadIndex(kernels, saved, index);
      expect(sameBytes(loaded.serialize(), saved)).toBe(true);
      expect(loaded.structure()).toEqual(index.structure());
      expect([...loaded.liveIds()]).toEqual(base.ids.toSorted((a, b) => a - b));
      for (let i = 0; i < QUERIES; i++) {
        const query = queryOf(metric, i);
        expect(loaded.search(query, { k: 9 })).toEqual(index.search(query, { k: 9 }));
      }
      loaded.dispose();
    });

    it('gives a batch what it gives each query', () => {
      const { allowed } = filterOf(metric, 0.8, 3);
      for (const options of [{ k: 7 }, { k: 7, exclude: base.ids[5]! }, { k: 5, allowed }]) {
        const single = Array.from({ length: QUERIES }, (_, i) =>
          index.search(queryOf(metric, i), options),
        );
        expect(index.searchBatch(base.queries, options)).toEqual(single);
      }
    });

    it('fills k from what a filter allows, however little that is', () => {
      for (const share of [0.001, 0.02, 0.4, 0.9, 1]) {
        const { allowed, count, truth } = filterOf(metric, share, 4);
        let sum = 0;
        for (let i = 0; i < QUERIES; i++) {
          const query = queryOf(metric, i);
          const found = index.search(query, { k: 10, allowed, ...all });
          expect(found.ids).toHaveLength(Math.min(10, count));
          sum += recall(truth(query, 10), found.ids);
        }
        expect(sum / QUERIES).toBeGreaterThanOrEqual(least - 0.01);
        const query = queryOf(metric, 0);
        const every = index.search(query, { k: N, allowed, [effort]: 1 });
        expect(new Set(every.ids)).toEqual(new Set(truth(query, N)));
      }
    });

    it('hides removed vectors until they are restored, and does not save them', () => {
      const own = loadIndex(kernels, index.serialize());
      const query = queryOf(metric, 3);
      const before = own.search(query, { k: 40, ...all });
      const [best] = before.ids;
      const excluded = own.search(query, { k: 39, ...all, exclude: best! });
      expect([...excluded.ids]).toEqual([...before.ids].slice(1));
      expect(own.remove(best!)).toBe(true);
      const without = own.search(query, { k: 39, ...all });
      expect([...without.ids]).toEqual([...before.ids].slice(1));
      const reloaded = loadIndex(kernels, own.serialize());
      expect([reloaded.ntotal, reloaded.holds(best!)]).toEqual([N - 1, false]);
      expect(reloaded.search(query, { k: 39, ...all }).ids).toEqual(without.ids);
      expect(own.restore(best!)).toBe(true);
      expect(own.search(query, { k: 40, ...all })).toEqual(before);
      for (const id of base.ids) own.remove(id);
      expect(own.search(query, { k: 3 }).ids).toHaveLength(0);
      const empty = loadIndex(kernels, own.serialize());
      expect([empty.ntotal, empty.search(query, { k: 3 }).ids.length]).toEqual([0, 0]);
      for (const each of [own, reloaded, empty]) each.dispose();
    });

    it('compares at most maxCodes vectors', () => {
      for (const maxCodes of [0, 1, 50, 777]) {
        const { stats, ids } = index.search(queryOf(metric, 5), { k: 5, ...all, maxCodes });
        expect(stats.codesScanned).toBeLessThanOrEqual(maxCodes);
        expect(ids.length).toBe(Math.min(5, maxCodes));
      }
    });

    it('lays out every row once in each tree', () => {
      const { ids, trees } = index.structure();
      for (const { left, right, rows, firstOf, countOf } of trees!) {
        expect(new Set(rows).size).toBe(N);
        const reached: number[] = [];
        const open = [0];
        for (let node = open.pop(); node !== undefined; node = open.pop()) {
          if (left[node] !== 0) open.push(right[node]!, left[node]!);
          else reached.push(...rows.subarray(firstOf[node]!, firstOf[node]! + countOf[node]!));
        }
        expect(reached).toHaveLength(N);
        expect(new Set(reached.map((row) => ids[row]!))).toEqual(new Set(base.ids));
      }
    });

    it('traces nodes and leaves as it lays them out', () => {
      const { ids, trees } = index.structure();
      const { trace } = index.search(queryOf(metric, 2), { k: 5, [effort]: 60, trace: true });
      const steps = trace!.filter((each) => each.step === 'node' || each.step === 'leaf');
      expect(steps.length).toBeGreaterThan(2);
      for (const step of steps) {
        const { left, cutOf, normals, offsets, rows, firstOf, countOf } = trees![step.tree]!;
        if (step.step === 'node') {
          expect(left[step.node]).not.toBe(0);
          const cut = cutOf[step.node]!;
          expect([...step.normal]).toEqual([...normals.subarray(cut * D, (cut + 1) * D)]);
          expect(step.offset).toBe(offsets[cut]);
        } else {
          expect(left[step.node]).toBe(0);
          const first = firstOf[step.node]!;
          const own = rows.subarray(first, first + countOf[step.node]!);
          expect([...step.ids]).toEqual(Array.from(own, (row) => ids[row]!));
        }
      }
    });

    it('frees its memory', async () => {
      const before = kernels.bytesInUse;
      const own = await build(kernels, metric, spec);
      own.search(queryOf(metric, 0), { k: 3, allowed: filterOf(metric, 0.1, 5).allowed });
      own.search(queryOf(metric, 0), { k: N });
      expect(kernels.bytesInUse - before).toBeLessThanOrEqual(own.bytes);
      own.dispose();
      expect(kernels.bytesInUse).toBe(before);
    });

    it('reports its progress, and stops when asked to', async () => {
      const before = kernels.bytesInUse;
      const draw = createPrng(9);
      const n = 20_000;
      const space = { spaceId: 'test/19', metric, d: D };
      const vectors = Float32Array.from({ length: n * D }, () => draw.normal());
      const builder = await trainIndex(kernels, space, spec, vectors.subarray(0, 100 * D));
      builder.add(
        Array.from({ length: n }, (_, i) => i + 1),
        vectors,
      );
      const shares: number[] = [];
      const control = (most: number): TrainControl => ({
        progress: (_stage, share) => shares.push(share),
        pause: async () => {},
        aborted: () => shares.length >= most,
      });
      await expect(builder.prepare!(control(1))).rejects.toThrowError(
        expect.objectContaining({ code: 'aborted' }),
      );
      expect(shares).toHaveLength(1);
      await builder.prepare!(control(Number.POSITIVE_INFINITY));
      const rising = shares.slice(1);
      expect(rising.toSorted((a, b) => a - b)).toEqual(rising);
      expect(rising.every((share) => share >= 0 && share <= 1)).toBe(true);
      builder.dispose();
      expect(kernels.bytesInUse).toBe(before);
    });
  });
}
