import { describe, expect, it } from 'vitest';
import { createPrng } from '../../base/prng.ts';
import { bitsOf, both, floatsOf, normals, onBench, scalar, simd, twins } from './testing/twins.ts';
import { MAX_RUN_D } from './training.ts';

interface Rows {
  readonly values: Float32Array;
  readonly offset: number;
  readonly stride: number;
  readonly d: number;
  readonly count: number;
}

function assignBoth(rows: Rows, centroids: Float32Array, nlist: number) {
  return both((bench) => {
    const cells = bench.room(4 * rows.count);
    const l2sq = bench.room(4 * rows.count);
    const run = { ...rows, block: bench.put(rows.values) };
    const to = bench.put(centroids);
    bench.kernels.assign(run, to, nlist, cells, l2sq);
    const first = { cells: bitsOf(cells, rows.count), l2sq: bitsOf(l2sq, rows.count) };
    bench.kernels.assign(run, to, nlist, cells, null);
    expect(bitsOf(cells, rows.count)).toEqual(first.cells);
    return { ...first, distances: floatsOf(l2sq, rows.count) };
  });
}

const shapes = [
  { d: 1, count: 1, nlist: 1 },
  { d: 3, count: 0, nlist: 5 },
  { d: 4, count: 6, nlist: 8 },
  { d: 7, count: 131, nlist: 9 },
  { d: 16, count: 128, nlist: 16 },
  { d: 37, count: 259, nlist: 23 },
  { d: 130, count: 3, nlist: 257 },
];

function randomRows(seed: number, d: number, count: number): Rows {
  const prng = createPrng(seed);
  const offset = prng.below(6);
  const stride = d + prng.below(4);
  return { values: normals(prng, offset + count * stride + 4), offset, stride, d, count };
}

describe('assign', () => {
  it.each(shapes)('is bit-identical in scalar and SIMD: $count rows of $d to $nlist', (shape) => {
    const { d, count, nlist } = shape;
    const rows = randomRows(31 + d, d, count);
    const centroids = normals(createPrng(32), nlist * d);
    const answer = assignBoth(rows, centroids, nlist);
    expect(answer.simd).toEqual(answer.scalar);

    for (let row = 0; row < count; row++) {
      const distances = Array.from({ length: nlist }, (_, j) => {
        let sum = 0;
        for (let i = 0; i < d; i++) {
          sum += (rows.values[rows.offset + row * rows.stride + i]! - centroids[j * d + i]!) ** 2;
        }
        return sum;
      });
      const least = Math.min(...distances);
      const cell = answer.simd.cells[row]!;
      expect(distances[cell]).toBeLessThanOrEqual(least * (1 + 1e-5));
      expect(answer.simd.distances[row]).toBeCloseTo(least, 3);
    }
  });

  it('picks the lowest of equal centroids, wherever they are', () => {
    const d = 5;
    const nlist = 29;
    const prng = createPrng(33);
    const target = normals(prng, d);
    for (const twins of [[28], [4, 5], [3, 7, 8, 12], [11, 16, 27], [0, 28], [6, 2, 10]]) {
      const centroids = normals(prng, nlist * d).map((x) => x + 10);
      for (const j of twins) centroids.set(target, j * d);
      const rows = { values: target, offset: 0, stride: 0, d, count: 7 };
      const answer = assignBoth(rows, centroids, nlist);
      expect([...answer.simd.cells]).toEqual(new Array(7).fill(Math.min(...twins)));
      expect(answer.simd).toEqual(answer.scalar);
      expect([...answer.simd.distances]).toEqual(new Array(7).fill(0));
    }
  });

  it('assigns a row without a finite distance to the first cell, at infinity', () => {
    const values = Float32Array.of(Number.NaN, 1, Number.POSITIVE_INFINITY, 2, 3, 4);
    const rows = { values, offset: 0, stride: 2, d: 2, count: 3 };
    const answer = assignBoth(rows, Float32Array.of(9, 9, 3, 4), 2);
    expect([...answer.simd.cells]).toEqual([0, 0, 1]);
    expect([...answer.simd.distances]).toEqual([Infinity, Infinity, 0]);
    expect(answer.simd).toEqual(answer.scalar);
  });
});

describe('transform', () => {
  it.each(shapes)('is bit-identical in scalar and SIMD: $count rows of $d to $nlist', (shape) => {
    const { d, count, nlist: dOut } = shape;
    const rows = randomRows(41 + d, d, count);
    const matrix = normals(createPrng(42), dOut * d);
    const answer = both((bench) => {
      const out = bench.room(4 * count * dOut + 64);
      const run = { ...rows, block: bench.put(rows.values) };
      bench.kernels.transform(bench.put(matrix), dOut, run, out);
      return { bits: bitsOf(out, count * dOut + 16), values: floatsOf(out, count * dOut) };
    });
    expect(answer.simd).toEqual(answer.scalar);
    // Nothing is written past the last row.
    expect([...answer.simd.bits.slice(count * dOut)]).toEqual(new Array(16).fill(0xa5a5a5a5));
    for (let row = 0; row < count; row++) {
      for (let j = 0; j < dOut; j++) {
        let sum = 0;
        for (let i = 0; i < d; i++) {
          sum += rows.values[rows.offset + row * rows.stride + i]! * matrix[j * d + i]!;
        }
        expect(Math.abs(answer.simd.values[row * dOut + j]! - sum)).toBeLessThan(1e-4);
      }
    }
  });
});

describe.each(twins)('%s training kernels', (_, kernels) => {
  it('reject arguments that exceed their blocks', () => {
    onBench(kernels, (bench) => {
      const block = bench.room(4 * 12);
      const rows = { block, offset: 0, stride: 4, d: 4, count: 3 };
      const out = bench.room(4 * 6);
      const cells = bench.room(4 * 3);
      const internal = expect.objectContaining({ code: 'internal' });
      const invalid = expect.objectContaining({ code: 'invalid-argument' });
      kernels.assign(rows, block, 3, cells, cells);
      kernels.transform(block, 2, rows, out);
      for (const bad of [{ offset: 1 }, { stride: 5 }, { count: 4 }]) {
        const run = { ...rows, ...bad };
        expect(() => kernels.assign(run, block, 1, out, null)).toThrowError(internal);
        expect(() => kernels.transform(block, 1, run, out)).toThrowError(internal);
      }
      expect(() => kernels.assign(rows, block, 4, cells, null)).toThrowError(internal);
      expect(() => kernels.transform(block, 3, rows, out)).toThrowError(internal);
      for (const bad of [{ d: 0 }, { d: MAX_RUN_D + 1 }, { count: -1 }, { offset: 0.5 }]) {
        const run = { ...rows, ...bad };
        expect(() => kernels.assign(run, block, 1, out, null)).toThrowError(invalid);
        expect(() => kernels.transform(block, 1, run, out)).toThrowError(invalid);
      }
      expect(() => kernels.assign(rows, block, 0, cells, null)).toThrowError(invalid);
      const foreign = (kernels === simd ? scalar : simd).alloc(64);
      expect(() => kernels.assign(rows, foreign, 1, cells, null)).toThrowError(internal);
      (kernels === simd ? scalar : simd).free(foreign);
    });
    expect(kernels.bytesInUse).toBe(0);
  });

  it('accept rows of the maximum dimension', () => {
    onBench(kernels, (bench) => {
      const d = MAX_RUN_D;
      const prng = createPrng(51);
      const values = normals(prng, 9 * d);
      const cells = bench.room(4 * 9);
      const block = bench.put(values);
      kernels.assign({ block, offset: 0, stride: d, d, count: 9 }, block, 9, cells, null);
      expect([...bitsOf(cells, 9)]).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8]);
    });
  });
});
