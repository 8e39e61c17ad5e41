import { describe, expect, it } from 'vitest';
import { createPrng } from '../../base/prng.ts';
import type { Block } from './block.ts';
import { bytesView } from './block.ts';
import type { CodeScan } from './codes.ts';
import { MAX_PQ4_M } from './codes.ts';
import { packPq4, pq4Bytes, unpackPq4 } from './pq4Blocks.ts';
import type { Bench, Part } from './testing/twins.ts';
import {
  bestOf,
  bitsOf,
  both,
  entriesOf,
  floatsOf,
  integers,
  normals,
  onBench,
  randomPart,
  rowsOf,
  scalar,
  simd,
} from './testing/twins.ts';

/** Runs a scan of the part over `codes` with an empty heap, and reads the heap. */
function runPart(
  bench: Bench,
  part: Part,
  codes: Uint8Array,
  scan: (scan: Parameters<Bench['kernels']['scanPq8']>[0], topK: Block) => number,
) {
  const topK = bench.heap(part.k);
  const scanned = scan(
    {
      codes: bench.put(codes),
      ids: bench.putOrNull(part.ids),
      skip: bench.putOrNull(part.skip),
      firstRow: part.firstRow,
      rowCount: part.rowCount,
    },
    topK,
  );
  return { scanned, entries: entriesOf(topK) };
}

describe('tables', () => {
  it.each([
    { M: 1, ksub: 1, dsub: 1 },
    { M: 3, ksub: 16, dsub: 5 },
    { M: 16, ksub: 256, dsub: 8 },
    { M: 2, ksub: 7, dsub: 4 },
    { M: 5, ksub: 18, dsub: 11 },
    { M: 2, ksub: 3, dsub: 130 },
  ])('have the same bits in both twins: $M × $ksub × $dsub', (shape) => {
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
  it('finds what a plain sort finds, in both twins with the same bits', () => {
    const prng = createPrng(62);
    for (let round = 0; round < 120; round++) {
      const M = 1 + prng.below(20);
      const n = prng.below(150);
      const codes = integers(prng, n * M, 256);
      const table = normals(prng, M * 256);
      // Few different keys, so that many are ties.
      if (round % 2) for (let i = 0; i < table.length; i++) table[i] = Math.round(table[i]!);
      const base = round % 3 === 0 ? 0 : prng.normal();
      const part = randomPart(prng, n);
      const answer = both((bench) =>
        runPart(bench, part, codes, (scan, topK) =>
          bench.kernels.scanPq8(scan, bench.put(table), M, base, topK),
        ),
      );
      expect(answer.simd).toEqual(answer.scalar);
      expect(answer.simd.scanned).toBe(rowsOf(part).length);
      const expected = bestOf(part, (row) => {
        let sum = 0;
        for (let m = 0; m < M; m++) {
          sum = Math.fround(sum + table[m * 256 + codes[row * M + m]!]!);
        }
        return Math.fround(Math.fround(base) + sum);
      });
      expect(answer.simd.entries).toEqual(expected);
    }
  });
});

describe('packPq4', () => {
  it('lays the rows of a block out in runs of two halves', () => {
    const M = 3;
    const codes = integers(createPrng(63), 40 * M, 16);
    const packed = packPq4(codes, M);
    expect(packed).toHaveLength(2 * M * 16);
    for (let m = 0; m < M; m++) {
      for (let j = 0; j < 16; j++) {
        expect(packed[m * 16 + j]).toBe(codes[j * M + m]! | (codes[(j + 16) * M + m]! << 4));
        expect(packed[(M + m) * 16 + j]).toBe(j < 8 ? codes[(32 + j) * M + m]! : 0);
      }
    }
  });

  it('is undone by unpackPq4', () => {
    const prng = createPrng(64);
    for (let round = 0; round < 50; round++) {
      const M = 1 + prng.below(40);
      const n = prng.below(100);
      const codes = integers(prng, n * M, 16);
      const packed = packPq4(codes, M);
      expect(packed).toHaveLength(pq4Bytes(n, M));
      expect(unpackPq4(packed, n, M)).toEqual(codes);
    }
  });

  it('refuses codes of more than 4 bits, and half a row', () => {
    const invalid = expect.objectContaining({ code: 'invalid-argument' });
    expect(() => packPq4(Uint8Array.of(1, 16), 2)).toThrowError(invalid);
    expect(() => packPq4(Uint8Array.of(1, 2, 3), 2)).toThrowError(invalid);
    expect(() => unpackPq4(new Uint8Array(31), 1, 2)).toThrowError(
      expect.objectContaining({ code: 'internal' }),
    );
  });
});

function quantizeBoth(table: Float32Array, M: number) {
  return both((bench) => {
    const lut = bench.room(M * 16);
    const { bias, scale } = bench.kernels.quantizeTable(bench.put(table), M, lut);
    return { bias, scale, lut: bytesView(lut).slice() };
  });
}

describe('quantizeTable', () => {
  it('keeps every sum within half a step a sub-quantizer', () => {
    const prng = createPrng(65);
    for (const M of [1, 2, 7, 32, 64, MAX_PQ4_M]) {
      const table = normals(prng, M * 16);
      for (let i = 0; i < table.length; i++) table[i]! *= 1 + (i % 5);
      const answer = quantizeBoth(table, M);
      expect(answer.simd).toEqual(answer.scalar);
      const { bias, scale, lut } = answer.simd;
      expect(Math.max(...lut)).toBe(255);
      let most = 0;
      for (let m = 0; m < M; m++) most += Math.max(...lut.subarray(m * 16, m * 16 + 16));
      expect(most).toBeLessThan(65536);
      for (let round = 0; round < 50; round++) {
        let exact = 0;
        let sum = 0;
        for (let m = 0; m < M; m++) {
          const entry = m * 16 + prng.below(16);
          exact += table[entry]!;
          sum += lut[entry]!;
        }
        const rounding = 1e-5 * M * 255 * scale;
        expect(Math.abs(bias + scale * sum - exact)).toBeLessThanOrEqual(
          (M * scale) / 2 + rounding,
        );
      }
    }
  });

  it('takes a table that is everywhere the same, and halves to the even', () => {
    const flat = quantizeBoth(new Float32Array(32).fill(2.5), 2);
    expect(flat.simd).toEqual({ bias: 5, scale: 0, lut: new Uint8Array(32) });
    expect(flat.scalar).toEqual(flat.simd);
    const halves = Float32Array.from({ length: 16 }, (_, j) => (j === 15 ? 255 : j + 0.5));
    halves[0] = 0;
    const answer = quantizeBoth(halves, 1);
    expect([...answer.simd.lut]).toEqual([0, 2, 2, 4, 4, 6, 6, 8, 8, 10, 10, 12, 12, 14, 14, 255]);
    expect(answer.simd).toEqual(answer.scalar);
  });
});

describe('scanPq4', () => {
  function scanBoth(part: Part, codes: Uint8Array, M: number, lut: Uint8Array, factors: number[]) {
    const [scale, base] = factors as [number, number];
    const packed = packPq4(codes, M);
    const answer = both((bench) =>
      runPart(bench, part, packed, (scan, topK) =>
        bench.kernels.scanPq4(scan, bench.put(lut), M, scale, base, topK),
      ),
    );
    expect(answer.simd).toEqual(answer.scalar);
    expect(answer.simd.scanned).toBe(rowsOf(part).length);
    const expected = bestOf(part, (row) => {
      let sum = 0;
      for (let m = 0; m < M; m++) sum += lut[m * 16 + codes[row * M + m]!]!;
      return Math.fround(Math.fround(base) + Math.fround(Math.fround(scale) * sum));
    });
    expect(answer.simd.entries).toEqual(expected);
    return answer.simd.entries;
  }

  it('finds what a plain sort finds, in both twins with the same bits', () => {
    const prng = createPrng(66);
    for (let round = 0; round < 150; round++) {
      const M = 1 + prng.below(40);
      const n = prng.below(200);
      const codes = integers(prng, n * M, 16);
      // Every other round few different sums, so that many are ties.
      const lut = integers(prng, M * 16, round % 2 ? 3 : 256);
      const base = [0, prng.normal(), 1000 * prng.normal(), -1e6][round % 4]!;
      scanBoth(randomPart(prng, n), codes, M, lut, [0.001 + prng.float(), base]);
    }
  });

  it('adds up to the largest sum 16 bits hold', () => {
    const M = MAX_PQ4_M;
    const lut = new Uint8Array(M * 16).fill(255);
    lut[16] = 254;
    const codes = new Uint8Array(33 * M).fill(1);
    codes[32 * M + 1] = 0;
    const part = { ids: null, skip: null, firstRow: 0, rowCount: 33, k: 2 };
    const entries = scanBoth(part, codes, M, lut, [1, 0]);
    expect([...entries.keys]).toEqual([65534, 65535]);
    expect([...entries.ids]).toEqual([32, 0]);
  });

  it('keeps the order where scale and base are not of the ordinary', () => {
    const prng = createPrng(67);
    const M = 6;
    const n = 100;
    const codes = integers(prng, n * M, 16);
    const lut = integers(prng, M * 16, 256);
    const part = { ids: null, skip: null, firstRow: 3, rowCount: 90, k: 12 };
    for (const factors of [
      [0, 5],
      [-1, 0],
      [1e38, 0],
      [1e-42, 0],
      [1e-30, 1],
      [1e-8, -1],
      [1, Number.POSITIVE_INFINITY],
      [1, Number.NEGATIVE_INFINITY],
      [Number.POSITIVE_INFINITY, 0],
      [Number.NaN, 0],
      [1, Number.NaN],
    ]) {
      scanBoth(part, codes, M, lut, factors);
    }
  });

  it('goes on filling one heap over several scans', () => {
    const prng = createPrng(68);
    const M = 8;
    const n = 300;
    const codes = integers(prng, n * M, 16);
    const lut = integers(prng, M * 16, 256);
    const answer = both((bench) => {
      const blocks = { codes: bench.put(packPq4(codes, M)), ids: null, skip: null };
      const lutBlock = bench.put(lut);
      const whole = bench.heap(20);
      const parts = bench.heap(20);
      bench.kernels.scanPq4({ ...blocks, firstRow: 0, rowCount: n }, lutBlock, M, 0.1, 1, whole);
      let firstRow = 0;
      for (const rowCount of [31, 0, 1, 70, 98, 100]) {
        bench.kernels.scanPq4({ ...blocks, firstRow, rowCount }, lutBlock, M, 0.1, 1, parts);
        firstRow += rowCount;
      }
      expect(firstRow).toBe(n);
      expect(entriesOf(parts)).toEqual(entriesOf(whole));
      return entriesOf(parts);
    });
    expect(answer.simd).toEqual(answer.scalar);
  });
});

describe.each([
  ['scalar', scalar],
  ['simd', simd],
])('%s kernels of product-quantized codes', (_, kernels) => {
  it('refuse what does not fit its blocks', () => {
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
        (given: CodeScan, M: number) => kernels.scanPq8(given, table8, M, 0, topK),
        (given: CodeScan, M: number) => kernels.scanPq4(given, lut, M, 1, 0, topK),
      ]) {
        expect(run(scan, 2)).toBe(32);
        expect(() => run({ ...scan, firstRow: 33 }, 2)).toThrowError(internal);
        expect(() => run({ ...scan, rowCount: 65 }, 2)).toThrowError(internal);
        expect(() => run({ ...scan, ids: short.ids }, 2)).toThrowError(internal);
        expect(() => run({ ...scan, skip: short.skip }, 2)).toThrowError(internal);
        expect(() => run(scan, 0)).toThrowError(invalid);
        expect(() => run({ ...scan, rowCount: -1 }, 2)).toThrowError(invalid);
      }
      expect(() => kernels.scanPq4(scan, lut, MAX_PQ4_M + 1, 1, 0, topK)).toThrowError(invalid);
    });
    expect(kernels.bytesInUse).toBe(0);
  });
});
