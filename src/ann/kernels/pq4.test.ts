import { describe, expect, it } from 'vitest';
import { createPrng } from '../../base/prng.ts';
import { bytesView } from './block.ts';
import { MAX_PQ4_M } from './codes.ts';
import { packPq4, pq4Bytes, unpackPq4 } from './pq4Blocks.ts';
import type { Part } from './testing/twins.ts';
import {
  bestOf,
  both,
  entriesOf,
  integers,
  normals,
  randomPart,
  rowsOf,
  runPart,
} from './testing/twins.ts';

describe('packPq4', () => {
  it('packs the rows of a block into runs of low and high halves', () => {
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

  it('is reversed by unpackPq4', () => {
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

  it('rejects codes over 4 bits and partial rows', () => {
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
  it('keeps every sum within half a step per sub-quantizer', () => {
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

  it('handles a constant table and rounds halves to even', () => {
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
  function scanBoth(
    part: Part,
    codes: Uint8Array,
    M: number,
    lut: Uint8Array,
    factors: number[],
    norms: Float32Array | null = null,
  ) {
    const [scale, base] = factors as [number, number];
    const packed = packPq4(codes, M);
    const answer = both((bench) =>
      runPart(bench, part, packed, (scan, topK) =>
        bench.kernels.scanPq4(
          scan,
          bench.put(lut),
          M,
          scale,
          base,
          norms && bench.put(norms),
          topK,
        ),
      ),
    );
    expect(answer.simd).toEqual(answer.scalar);
    expect(answer.simd.scanned).toBe(rowsOf(part).length);
    const expected = bestOf(part, (row) => {
      let sum = 0;
      for (let m = 0; m < M; m++) sum += lut[m * 16 + codes[row * M + m]!]!;
      const from = Math.fround(base);
      const own = norms ? Math.fround(from + norms[row]!) : from;
      return Math.fround(own + Math.fround(Math.fround(scale) * sum));
    });
    expect(answer.simd.entries).toEqual(expected);
    return answer.simd.entries;
  }

  it('matches a plain sort, bit for bit in scalar and SIMD', () => {
    const prng = createPrng(66);
    for (let round = 0; round < 150; round++) {
      const M = 1 + prng.below(40);
      const n = prng.below(200);
      const codes = integers(prng, n * M, 16);
      // Every other round has few distinct sums, so many tie.
      const lut = integers(prng, M * 16, round % 2 ? 3 : 256);
      const base = [0, prng.normal(), 1000 * prng.normal(), -1e6][round % 4]!;
      const factors = [0.001 + prng.float(), base];
      const part = randomPart(prng, n);
      scanBoth(part, codes, M, lut, factors);
      scanBoth(part, codes, M, lut, factors, normals(prng, 32 * Math.ceil(n / 32)));
    }
  });

  it('sums correctly up to the 16-bit maximum', () => {
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

  it('keeps the order for extreme scales and bases', () => {
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
      scanBoth(part, codes, M, lut, factors, normals(prng, 128));
    }
  });

  it('accumulates into one heap across scans', () => {
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
      bench.kernels.scanPq4(
        { ...blocks, firstRow: 0, rowCount: n },
        lutBlock,
        M,
        0.1,
        1,
        null,
        whole,
      );
      let firstRow = 0;
      for (const rowCount of [31, 0, 1, 70, 98, 100]) {
        bench.kernels.scanPq4({ ...blocks, firstRow, rowCount }, lutBlock, M, 0.1, 1, null, parts);
        firstRow += rowCount;
      }
      expect(firstRow).toBe(n);
      expect(entriesOf(parts)).toEqual(entriesOf(whole));
      return entriesOf(parts);
    });
    expect(answer.simd).toEqual(answer.scalar);
  });
});
