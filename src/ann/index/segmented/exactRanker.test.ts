import { describe, expect, it } from 'vitest';
import { nodeSimdKernels } from '../../../../bench/nodeKernels.ts';
import { createPrng } from '../../../base/prng.ts';
import { groundTruth } from '../../eval/groundTruth.ts';
import { recall } from '../../eval/recall.ts';
import { clusteredUnitVectors } from '../../eval/synthetic.ts';
import type { IndexSpec, Rerank } from '../spec.ts';
import { trainIndex } from '../train.ts';
import type { Metric } from '../vectorIndex.ts';
import type { VectorSource } from '../vectorSource.ts';
import { SegmentedIndex } from './segmentedIndex.ts';

const D = 16;
const N = 2_000;
const kernels = nodeSimdKernels();
const vectors = clusteredUnitVectors({ d: D, centres: 12 }, createPrng(3))(N);
const ids = Array.from({ length: N }, (_, row) => row + 1);
const vectorOf = (id: number) => vectors.subarray((id - 1) * D, id * D);

/** Stands in for a file of the original vectors, some of which are unreadable. */
class Shelf implements VectorSource {
  readonly bytes = 4 * N * D;
  readonly unreadable = new Set<number>();
  reads = 0;
  disposed = 0;

  read(id: number, target: Float32Array): boolean {
    this.reads++;
    if (this.unreadable.has(id)) return false;
    target.set(vectorOf(id));
    return true;
  }

  dispose(): void {
    this.disposed++;
  }
}

async function sealed(rerank: Rerank, metric: Metric = 'ip', spec: Partial<IndexSpec> = {}) {
  const space = { spaceId: 'test/16', metric, d: D } as const;
  const asked = { kind: 'ivfpq', nlist: 16, M: 4, nbits: 4, rerank, ...spec } as IndexSpec;
  const builder = await trainIndex(kernels, space, asked, vectors);
  builder.add(ids, vectors);
  const index = new SegmentedIndex(kernels, space);
  const key = index.load(builder.seal().serialize());
  builder.dispose();
  return { index, key };
}

const queries = Array.from({ length: 40 }, (_, i) => vectorOf(1 + i * 47));

function recallOf(index: SegmentedIndex, metric: Metric = 'ip'): number {
  const shares = queries.map((query) => {
    const truth = groundTruth(metric, { d: D, ids, vectors }, query, 10).map(({ id }) => id);
    return recall(truth, [...index.search(query, { k: 10, nprobe: 16 }).ids]);
  });
  return shares.reduce((sum, share) => sum + share, 0) / shares.length;
}

describe.each<[Metric]>([['ip'], ['l2sq']])(
  'reranking with an external vector source, by %s',
  (metric) => {
    it('returns exact scores without losing recall', async () => {
      const { index, key } = await sealed('sq8', metric);
      const before = recallOf(index, metric);
      index.attach(key, new Shelf());
      expect(recallOf(index, metric)).toBeGreaterThanOrEqual(before);
      for (const query of queries) {
        const { ids: found, scores } = index.search(query, { k: 10 });
        const truth = new Map(
          groundTruth(metric, { d: D, ids, vectors }, query, N).map((each) => [
            each.id,
            each.score,
          ]),
        );
        found.forEach((id, i) => {
          expect(scores[i]).toBeCloseTo(truth.get(id)!, 6);
        });
        const sign = metric === 'ip' ? -1 : 1;
        expect([...scores]).toEqual([...scores].sort((a, b) => sign * (a - b)));
      }
    });
  },
);

describe('reranking with an external vector source', () => {
  it('makes up for codes without a rerank store', async () => {
    const { index, key } = await sealed('none');
    const before = recallOf(index);
    index.attach(key, new Shelf());
    expect(before).toBeLessThan(0.8);
    expect(recallOf(index)).toBeGreaterThan(0.97);
  });

  it('reads a limited number of vectors and counts them', async () => {
    const cases: [Rerank, object, number][] = [
      ['sq8', {}, 20],
      ['none', {}, 100],
      ['none', { rerank: 30 }, 30],
      ['sq8', { rerank: 0 }, 0],
    ];
    for (const [rerank, options, reads] of cases) {
      const { index, key } = await sealed(rerank);
      const shelf = new Shelf();
      index.attach(key, shelf);
      const stored = rerank === 'sq8' && reads > 0 ? 100 : 0;
      let time = 0;
      const { stats } = index.search(queries[0]!, { k: 10, now: () => time++, ...options });
      expect(shelf.reads).toBe(reads);
      expect(stats.reranked).toBe(stored + reads);
      if (reads > 0) expect(stats.ms.rerank).toBeGreaterThan(0);
    }
  });

  it('keeps the previous score of a vector that can’t be read', async () => {
    const { index, key } = await sealed('sq8');
    const query = queries[3]!;
    const rough = index.search(query, { k: 10 });
    const shelf = new Shelf();
    for (const id of ids) shelf.unreadable.add(id);
    index.attach(key, shelf);
    const { ids: found, scores } = index.search(query, { k: 10 });
    expect([[...found], [...scores]]).toEqual([[...rough.ids], [...rough.scores]]);
    expect(shelf.reads).toBeGreaterThan(0);
  });

  it('handles k = 0, all results, and added, removed and excluded vectors', async () => {
    const { index, key } = await sealed('sq8');
    const shelf = new Shelf();
    index.attach(key, shelf);
    const query = vectorOf(7);
    expect(index.search(query, { k: 0 }).ids).toHaveLength(0);
    expect(index.search(query, { k: 2 ** 32 - 1, nprobe: 16 }).ids).toHaveLength(N);
    expect(() => index.search(query, { k: 1.5 })).toThrowError(/k/);
    index.remove([7]);
    expect([...index.search(query, { k: 5 }).ids]).not.toContain(7);
    index.restore([7]);
    expect(index.search(query, { k: 5 }).ids[0]).toBe(7);
    expect([...index.searchById(7, { k: 5 }).ids]).not.toContain(7);
    index.add(5_000, query.slice());
    expect([...index.search(query, { k: 2 }).ids]).toEqual([7, 5_000]);
    expect(index.search(query, { k: 2 }).scores[0]).toBeCloseTo(1, 5);
  });

  it('returns original vectors and disposes of the source with its segment', async () => {
    const { index, key } = await sealed('sq8');
    expect(index.exactVectorOf(9)).toBeUndefined();
    const [first, second] = [new Shelf(), new Shelf()];
    index.attach(key, first);
    expect(index.exactVectorOf(9)).toEqual(vectorOf(9).slice());
    expect(index.segments()[0]?.sourceBytes).toBe(4 * N * D);
    index.attach(key, second);
    expect(first.disposed).toBe(1);
    expect(() => index.attach(99, first)).toThrowError(/no segment 99/);
    second.unreadable.add(9);
    expect(index.exactVectorOf(9)).toBeUndefined();
    expect(index.vectorOf(9)).toBeDefined();
    index.dispose();
    expect([first.disposed, second.disposed]).toEqual([1, 1]);
  });
});
