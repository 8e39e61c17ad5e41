import { describe, expect, it } from 'vitest';
import { createPrng } from '../../base/prng.ts';
import type { CodeScan } from './codes.ts';
import { MAX_PQ4_M } from './codes.ts';
import {
  bestOf,
  bitsOf,
  both,
  floatsOf,
  integers,
  normals,
  onBench,
  randomPart,
  rowsOf,
  runPart,
  twins,
} from './testing/twins.ts';

describe('distance tables', () => {
  it.each([
    { M: 1, ksub: 1, dsub: 1 },
    { M: 3, ksub: 16, dsub: 5 },
    { M: 16, ksub: 256, dsub: 8 },
    { M: 2, ksub: 7, dsub: 4 },
    { M: 5, ksub: 18, dsub: 11 },
    { M: 2, ksub: 3, dsub: 130 },
  ])('are bit-identical in scalar and SIMD: $M × $ksub × $dsub', (shape) => {
    const { M, ksub, dsub } = shape;
    const prng = createPrng(61);
    const query = normals(prng, M * dsub);
    const centroids = normals(prng, M * ksub * dsub);
    const answer = both((bench) => {
      const ip = bench.room(4 * M * ksub + 16);
      const l2sq = bench.room(4 * M * ksub + 16);
      const blocks = [bench.put(query), bench.put(centroids)] as const;
      bench.kernels.ipTable(...blocks, shape, ip);
      bench.kernels.l2sqTable(...blocks, shape, l2sq);
      return {
        bits: [bitsOf(ip, M * ksub + 4), bitsOf(l2sq, M * ksub + 4)],
        values: [floatsOf(ip, M * ksub), floatsOf(l2sq, M * ksub)],
      };
    });
    expect(answer.simd).toEqual(answer.scalar);
    for (const bits of answer.simd.bits) {
      expect([...bits.slice(M * ksub)]).toEqual(new Array(4).fill(0xa5a5a5a5));
    }
    for (let entry = 0; entry < M * ksub; entry++) {
      const m = Math.floor(entry / ksub);
      let ip = 0;
      let l2sq = 0;
      for (let i = 0; i < dsub; i++) {
        ip += query[m * dsub + i]! * centroids[entry * dsub + i]!;
        l2sq += (query[m * dsub + i]! - centroids[entry * dsub + i]!) ** 2;
      }
      expect(answer.simd.values[0]![entry]).toBeCloseTo(-ip, 3);
      expect(answer.simd.values[1]![entry]).toBeCloseTo(l2sq, 3);
    }
  });
});

describe('scanPq8', () => {
  it('matches a plain sort, bit for bit in scalar and SIMD', () => {
    const prng = createPrng(62);
    for (let round = 0; round < 120; round++) {
      const M = 1 + prng.below(20);
      const n = prng.below(150);
      const codes = integers(prng, n * M, 256);
      const table = normals(prng, M * 256);
      // Few distinct keys, so many tie.
      if (round % 2) for (let i = 0; i < table.length; i++) table[i] = Math.round(table[i]!);
      const base = round % 3 === 0 ? 0 : prng.normal();
      const norms = round % 4 < 2 ? null : normals(prng, n);
      const part = randomPart(prng, n);
      const answer = both((bench) =>
        runPart(bench, part, codes, (scan, topK) =>
          bench.kernels.scanPq8(scan, bench.put(table), M, base, norms && bench.put(norms), topK),
        ),
      );
      expect(answer.simd).toEqual(answer.scalar);
      expect(answer.simd.scanned).toBe(rowsOf(part).length);
      const expected = bestOf(part, (row) => {
        let sum = 0;
        for (let m = 0; m < M; m++) {
          sum = Math.fround(sum + table[m * 256 + codes[row * M + m]!]!);
        }
        const from = Math.fround(base);
        return Math.fround((norms ? Math.fround(from + norms[row]!) : from) + sum);
      });
      expect(answer.simd.entries).toEqual(expected);
    }
  });
});

describe.each(twins)('%s kernels for product-quantized codes', (_, kernels) => {
  it('reject arguments that exceed their blocks', () => {
    onBench(kernels, (bench) => {
      const internal = expect.objectContaining({ code: 'internal' });
      const invalid = expect.objectContaining({ code: 'invalid-argument' });
      const query = bench.room(4 * 6);
      const centroids = bench.room(4 * 2 * 16 * 3);
      const table = bench.room(4 * 32);
      const lut = bench.room(32);
      const shape = { M: 2, ksub: 16, dsub: 3 };
      for (const fill of [kernels.ipTable, kernels.l2sqTable]) {
        fill(query, centroids, shape, table);
        expect(() => fill(query, centroids, { ...shape, M: 3 }, table)).toThrowError(internal);
        expect(() => fill(query, centroids, { ...shape, dsub: 4 }, table)).toThrowError(internal);
        expect(() => fill(query, centroids, { ...shape, ksub: 17 }, table)).toThrowError(internal);
        expect(() => fill(query, centroids, { ...shape, M: 0 }, table)).toThrowError(invalid);
      }
      kernels.quantizeTable(table, 2, lut);
      expect(() => kernels.quantizeTable(table, 3, lut)).toThrowError(internal);
      expect(() => kernels.quantizeTable(table, MAX_PQ4_M + 1, lut)).toThrowError(invalid);

      const scan = { codes: bench.room(64), ids: null, skip: null, firstRow: 0, rowCount: 32 };
      const table8 = bench.room(4 * 2 * 256);
      const topK = bench.heap(1);
      const short = { ids: bench.room(4 * 31), skip: bench.room(3) };
      for (const run of [
        (given: CodeScan, M: number) => kernels.scanPq8(given, table8, M, 0, null, topK),
        (given: CodeScan, M: number) => kernels.scanPq4(given, lut, M, 1, 0, null, topK),
      ]) {
        expect(run(scan, 2)).toBe(32);
        expect(() => run({ ...scan, firstRow: 33 }, 2)).toThrowError(internal);
        expect(() => run({ ...scan, rowCount: 65 }, 2)).toThrowError(internal);
        expect(() => run({ ...scan, ids: short.ids }, 2)).toThrowError(internal);
        expect(() => run({ ...scan, skip: short.skip }, 2)).toThrowError(internal);
        expect(() => run(scan, 0)).toThrowError(invalid);
        expect(() => run({ ...scan, rowCount: -1 }, 2)).toThrowError(invalid);
      }
      expect(() => kernels.scanPq4(scan, lut, MAX_PQ4_M + 1, 1, 0, null, topK)).toThrowError(
        invalid,
      );
    });
    expect(kernels.bytesInUse).toBe(0);
  });
});
