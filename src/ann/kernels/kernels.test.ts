import { describe, expect, it } from 'vitest';
import { createPrng, type Prng } from '../../base/prng.ts';
import { groundTruth } from '../eval/groundTruth.ts';
import { bitmapBytes, getBit, setBit } from './bitmap.ts';
import type { Kernels } from './kernels.ts';
import { bytesView, float32View, uint32View } from './kernels.ts';
import { both, normals, scalar, shuffledIds, simd, twins } from './testing/twins.ts';
import { readTopK, resetTopK, topKBytes } from './topK.ts';

interface Case {
  readonly d: number;
  readonly query: Float32Array;
  readonly vectors: Float32Array;
  readonly ids: Uint32Array;
  readonly skip: Uint8Array | null;
  readonly k: number;
  readonly firstRow?: number;
}

interface Answer {
  readonly ids: number[];
  /** By metric: inner products or squared distances. */
  readonly scores: number[];
  readonly scanned: number;
}

function scan(kernels: Kernels, metric: 'ip' | 'l2sq', given: Case): Answer {
  const { d, query, vectors, ids, skip, k, firstRow = 0 } = given;
  const n = ids.length;
  const blocks = {
    query: kernels.alloc(4 * d),
    vectors: kernels.alloc(4 * n * d),
    ids: kernels.alloc(4 * n),
    skip: skip && kernels.alloc(skip.length),
  };
  const topK = kernels.alloc(topKBytes(k));
  float32View(blocks.query, d).set(query);
  float32View(blocks.vectors, n * d).set(vectors);
  uint32View(blocks.ids, n).set(ids);
  if (blocks.skip && skip) bytesView(blocks.skip).set(skip);
  resetTopK(topK, k);
  const job = { ...blocks, d, firstRow, rowCount: n - firstRow };
  const scanned = metric === 'ip' ? kernels.scanIp(job, topK) : kernels.scanL2sq(job, topK);
  const entries = readTopK(topK);
  for (const block of [topK, ...Object.values(blocks)]) if (block) kernels.free(block);
  const sign = metric === 'ip' ? -1 : 1;
  return { ids: [...entries.ids], scores: Array.from(entries.keys, (x) => sign * x), scanned };
}

const poolPrng = createPrng(10);
/** Enough normals for the largest case, drawn once: otherwise drawing them dominates. */
const pool = Float32Array.from({ length: 400_000 }, () => poolPrng.normal());

function draw(prng: Prng, length: number): Float32Array {
  const start = prng.below(pool.length - length);
  return pool.subarray(start, start + length);
}

function randomCase(prng: Prng): Case {
  const d = 1 + prng.below(300);
  const n = prng.below(501);
  const ids = shuffledIds(prng, n);
  const skip = prng.below(3) === 0 ? null : new Uint8Array(bitmapBytes(n));
  const share = prng.float();
  if (skip) for (let row = 0; row < n; row++) setBit(skip, row, prng.float() < share);
  return {
    d,
    query: draw(prng, d),
    vectors: draw(prng, n * d),
    ids,
    skip,
    k: 1 + prng.below(60),
    firstRow: prng.below(4) === 0 ? prng.below(n + 1) : 0,
  };
}

function norm(vector: Float32Array): number {
  let lengthSq = 0;
  for (const x of vector) lengthSq += x * x;
  return Math.sqrt(lengthSq);
}

/** The rows that a case leaves eligible. */
function remaining({ d, ids, vectors, skip, firstRow = 0 }: Case) {
  const rows = [...ids.keys()].filter((row) => row >= firstRow && !(skip && getBit(skip, row)));
  const kept = new Float32Array(rows.length * d);
  rows.forEach((row, i) => {
    kept.set(vectors.subarray(row * d, (row + 1) * d), i * d);
  });
  return { d, ids: rows.map((row) => ids[row]!), vectors: kept };
}

/** Length of the longest eligible vector. */
function longestNorm({ d, vectors, ids }: ReturnType<typeof remaining>): number {
  return Math.max(0, ...ids.map((_, row) => norm(vectors.subarray(row * d, (row + 1) * d))));
}

describe.each(twins)('%s kernels', (backend, kernels) => {
  it('report their backend', () => {
    expect(kernels.backend).toBe(backend);
  });

  it.each(['ip', 'l2sq'] as const)('match a plain sort by %s', (metric) => {
    const prng = createPrng(metric === 'ip' ? 11 : 12);
    for (let round = 0; round < 50; round++) {
      const given = randomCase(prng);
      const base = remaining(given);
      const answer = scan(kernels, metric, given);
      const truth = groundTruth(metric, base, given.query, base.ids.length);
      expect(answer.scanned).toBe(base.ids.length);
      expect(answer.ids).toHaveLength(Math.min(given.k, base.ids.length));
      const longest = longestNorm(base);
      const trueScore = new Map(truth.map(({ id, score }) => [id, score]));
      answer.ids.forEach((id, rank) => {
        const tolerance =
          metric === 'ip' ? 1e-5 * norm(given.query) * longest : 1e-5 * truth[rank]!.score;
        expect(Math.abs(answer.scores[rank]! - trueScore.get(id)!)).toBeLessThanOrEqual(tolerance);
        // The scores at a rank agree whatever the ids: a different order is a near tie.
        expect(Math.abs(trueScore.get(id)! - truth[rank]!.score)).toBeLessThanOrEqual(
          2 * tolerance,
        );
      });
    }
  });

  it.each(['ip', 'l2sq'] as const)(
    'order equal vectors by id regardless of row, by %s',
    (metric) => {
      const prng = createPrng(13);
      for (const d of [1, 3, 8, 37]) {
        const twin = Float32Array.from({ length: d }, () => prng.normal());
        const n = 41;
        const ids = Uint32Array.from({ length: n }, (_, row) => ((row * 17) % n) + 1);
        const vectors = new Float32Array(n * d);
        for (let row = 0; row < n; row++) vectors.set(twin, row * d);
        const query = Float32Array.from({ length: d }, () => prng.normal());
        const answer = scan(kernels, metric, { d, query, vectors, ids, skip: null, k: 10 });
        expect(answer.ids).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10]);
        expect(new Set(answer.scores).size).toBe(1);
      }
    },
  );

  it.each(['ip', 'l2sq'] as const)('never return NaN and keep infinities in order, by %s', (m) => {
    const query = Float32Array.of(1, 1);
    const rows = [
      [Number.NaN, 0],
      [Number.POSITIVE_INFINITY, 0],
      [1, 1],
      [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY],
      [2, 2],
      [Number.NEGATIVE_INFINITY, 0],
    ];
    const ids = Uint32Array.of(1, 2, 3, 4, 5, 6);
    const vectors = Float32Array.from(rows.flat());
    const answer = scan(kernels, m, { d: 2, query, vectors, ids, skip: null, k: 6 });
    expect(answer.ids).toEqual(m === 'ip' ? [2, 5, 3, 6] : [3, 5, 2, 4, 6]);
  });

  it('accumulate into one heap across scans', () => {
    const prng = createPrng(14);
    const d = 5;
    const n = 100;
    const vectors = kernels.alloc(4 * n * d);
    const ids = kernels.alloc(4 * n);
    const query = kernels.alloc(4 * d);
    float32View(vectors, n * d).forEach((_, i, all) => {
      all[i] = prng.normal();
    });
    uint32View(ids, n).forEach((_, i, all) => {
      all[i] = i + 1;
    });
    float32View(query, d).fill(1);
    const whole = kernels.alloc(topKBytes(7));
    const parts = kernels.alloc(topKBytes(7));
    resetTopK(whole, 7);
    resetTopK(parts, 7);
    const job = { query, vectors, ids, skip: null, d };
    kernels.scanIp({ ...job, firstRow: 0, rowCount: n }, whole);
    for (const [firstRow, rowCount] of [[0, 31] as const, [31, 50] as const, [81, 19] as const]) {
      kernels.scanIp({ ...job, firstRow, rowCount }, parts);
    }
    expect(readTopK(parts)).toEqual(readTopK(whole));
    for (const block of [vectors, ids, query, whole, parts]) kernels.free(block);
  });

  it('keep nothing in a heap of size 0', () => {
    const given = { d: 1, query: Float32Array.of(1), vectors: Float32Array.of(1, 2), skip: null };
    const answer = scan(kernels, 'ip', { ...given, ids: Uint32Array.of(1, 2), k: 0 });
    expect(answer).toEqual({ ids: [], scores: [], scanned: 2 });
  });

  it('sum the words of a block', () => {
    const prng = createPrng(15);
    for (const words of [0, 1, 3, 31, 32, 33, 1000]) {
      const block = kernels.alloc(4 * words);
      let sum = 0n;
      uint32View(block, words).forEach((_, i, all) => {
        all[i] = prng.uint32();
        sum += BigInt(all[i]!);
      });
      expect(kernels.sumWords(block)).toBe(Number(sum & 0xffffffffn));
      kernels.free(block);
    }
  });

  it('reject blocks that are too short, freed or from other kernels', () => {
    const d = 4;
    const block = kernels.alloc(4 * d);
    const ids = kernels.alloc(4);
    const topK = kernels.alloc(topKBytes(1));
    resetTopK(topK, 1);
    const job = { query: block, vectors: block, ids, skip: null, d, firstRow: 0, rowCount: 1 };
    const internal = expect.objectContaining({ code: 'internal' });
    expect(kernels.scanIp(job, topK)).toBe(1);
    expect(() => kernels.scanIp({ ...job, rowCount: 2 }, topK)).toThrowError(internal);
    expect(() => kernels.scanIp({ ...job, firstRow: 1 }, topK)).toThrowError(internal);
    expect(() => kernels.scanIp({ ...job, d: 5 }, topK)).toThrowError(internal);
    resetTopK(topK, 2);
    expect(() => kernels.scanIp(job, topK)).toThrowError(internal);
    resetTopK(topK, 1);
    const foreign = (kernels === simd ? scalar : simd).alloc(4 * d);
    expect(() => kernels.scanIp({ ...job, vectors: foreign }, topK)).toThrowError(internal);
    kernels.free(block);
    expect(() => kernels.scanIp(job, topK)).toThrowError(internal);
    expect(() => kernels.free(block)).toThrowError(internal);
    for (const other of [ids, topK]) kernels.free(other);
    (kernels === simd ? scalar : simd).free(foreign);
  });

  it('have no memory in use after everything is freed', () => {
    expect(kernels.bytesInUse).toBe(0);
  });
});

describe('SIMD kernels compared with scalar kernels', () => {
  it.each(['ip', 'l2sq'] as const)('give the same results on random shapes, by %s', (metric) => {
    const prng = createPrng(metric === 'ip' ? 21 : 22);
    for (let round = 0; round < 100; round++) {
      const given = randomCase(prng);
      const expected = scan(scalar, metric, given);
      const actual = scan(simd, metric, given);
      expect(actual.scanned).toBe(expected.scanned);
      expect(actual.ids).toHaveLength(expected.ids.length);
      const longest = longestNorm(remaining(given));
      expected.scores.forEach((score, rank) => {
        const tolerance =
          metric === 'ip' ? 1e-5 * norm(given.query) * longest : 1e-5 * Math.abs(score);
        expect(Math.abs(actual.scores[rank]! - score)).toBeLessThanOrEqual(tolerance);
        const other = expected.ids.indexOf(actual.ids[rank]!);
        // Another id at this rank: its own score must tie within the tolerance.
        if (other !== rank && other >= 0) {
          expect(Math.abs(expected.scores[other]! - score)).toBeLessThanOrEqual(2 * tolerance);
        }
      });
    }
  });
});

describe('bareScan', () => {
  it('returns the largest inner product, the same in scalar and SIMD', () => {
    const prng = createPrng(76);
    for (const d of [1, 15, 16, 37, 130]) {
      const values = normals(prng, 20 * d);
      const query = normals(prng, d);
      const answer = both((bench) =>
        bench.kernels.bareScan(bench.put(query), bench.put(values), d, 20),
      );
      expect(answer.simd).toBeCloseTo(answer.scalar, 3);
    }
  });
});
