import { describe, expect, it } from 'vitest';
import { createPrng } from '../../base/prng.ts';
import { bytesView, int8View, int16View } from './block.ts';
import { MAX_SQ8_D, sq8QueryLimit } from './codes.ts';
import {
  bestOf,
  both,
  entriesOf,
  normals,
  onBench,
  randomPart,
  rowsOf,
  runPart,
  twins,
} from './testing/twins.ts';

const { fround } = Math;

function encodeBoth(
  values: Float32Array,
  scales: Float32Array,
  offset = 0,
  stride = scales.length,
) {
  const d = scales.length;
  const count = stride === 0 ? 1 : Math.floor((values.length - offset) / stride);
  return both((bench) => {
    const codes = bench.room(count * d + 16);
    const rows = { block: bench.put(values), offset, stride, d, count };
    bench.kernels.encodeSq8(rows, bench.put(scales), codes);
    expect([...bytesView(codes).slice(count * d)]).toEqual(new Array(16).fill(0xa5));
    return int8View(codes, count * d).slice();
  });
}

describe('encodeSq8', () => {
  it('is within half a step of every component, bit for bit in scalar and SIMD', () => {
    const prng = createPrng(71);
    for (const d of [1, 3, 4, 15, 16, 37, 128]) {
      const count = 1 + prng.below(20);
      const values = normals(prng, count * (d + 3) + 2);
      const scales = Float32Array.from({ length: d }, () => (0.5 + prng.float()) / 20);
      const answer = encodeBoth(values, scales, 2, d + 3);
      expect(answer.simd).toEqual(answer.scalar);
      expect(answer.simd).toHaveLength(count * d);
      answer.simd.forEach((code, at) => {
        const row = Math.floor(at / d);
        const x = values[2 + row * (d + 3) + (at % d)]!;
        const scale = scales[at % d]!;
        const within = Math.max(-127 * scale, Math.min(127 * scale, x));
        expect(Math.abs(code * scale - within)).toBeLessThanOrEqual(scale * 0.50001);
      });
    }
  });

  it('rounds halves to even, clamps between −127 and 127, and encodes a zero scale as 0', () => {
    const x = [0.5, 1.5, -0.5, -1.5, 126.5, 127.5, 1e30, -1e30, Infinity, -Infinity, NaN, 3, 0, -7];
    const scales = Float32Array.from(x, (_, i) => (i > 10 ? 0 : 1));
    const answer = encodeBoth(Float32Array.from(x), scales);
    expect([...answer.simd]).toEqual([0, 2, 0, -2, 126, 127, 127, -127, 127, -127, 0, 0, 0, 0]);
    expect(answer.simd).toEqual(answer.scalar);
  });
});

function prepareBoth(query: Float32Array, scales: Float32Array) {
  const d = query.length;
  return both((bench) => {
    const query16 = bench.room(2 * d);
    const factor = bench.kernels.prepareSq8(bench.put(query), bench.put(scales), d, query16);
    return { factor, query16: int16View(query16, d).slice() };
  });
}

describe('prepareSq8', () => {
  it('is within half a step of every product', () => {
    const prng = createPrng(72);
    for (const d of [1, 5, 128, 512, 2000]) {
      const query = normals(prng, d);
      const scales = Float32Array.from({ length: d }, () => prng.float());
      const answer = prepareBoth(query, scales);
      expect(answer.simd).toEqual(answer.scalar);
      const { factor, query16 } = answer.simd;
      expect(Math.max(...query16.map(Math.abs))).toBe(sq8QueryLimit(d));
      query16.forEach((whole, i) => {
        const exact = query[i]! * scales[i]!;
        expect(Math.abs(factor * whole - exact)).toBeLessThanOrEqual(factor * 0.51);
      });
    }
  });

  it('returns zeros for a zero query', () => {
    for (const x of [0, 1e-45]) {
      const answer = prepareBoth(new Float32Array(5).fill(x), new Float32Array(5).fill(1));
      expect(answer.simd).toEqual({ factor: 0, query16: new Int16Array(5) });
      expect(answer.scalar).toEqual(answer.simd);
    }
  });

  it('leaves room for the largest possible sum', () => {
    for (const d of [1, 511, 512, 513, 4096, MAX_SQ8_D]) {
      // −128 is never written, but a damaged file may contain it.
      expect(sq8QueryLimit(d) * 128 * d).toBeLessThan(2 ** 31);
      expect(sq8QueryLimit(d)).toBeGreaterThanOrEqual(127);
      const codes = new Int8Array(d).fill(-128);
      const query = new Float32Array(d).fill(-1);
      const answer = both((bench) => {
        const query16 = bench.room(2 * d);
        const ones = bench.put(new Float32Array(d).fill(1));
        const factor = bench.kernels.prepareSq8(bench.put(query), ones, d, query16);
        const topK = bench.heap(1);
        const scan = { codes: bench.put(codes), ids: null, skip: null, firstRow: 0, rowCount: 1 };
        bench.kernels.scanSq8(scan, d, query16, factor, null, 0, topK);
        return entriesOf(topK).keys[0]!;
      });
      expect(answer.simd).toBe(answer.scalar);
      expect(Math.abs(answer.simd / (128 * d) - 1)).toBeLessThan(1e-5);
    }
  });
});

interface Given {
  readonly codes: Int8Array;
  readonly query16: Int16Array;
  readonly norms: Float32Array | null;
  readonly d: number;
  readonly factor: number;
  readonly base: number;
}

function keyOf({ codes, query16, norms, d, factor, base }: Given, row: number): number {
  let sum = 0;
  for (let i = 0; i < d; i++) sum += query16[i]! * codes[row * d + i]!;
  const from = norms ? fround(fround(base) + norms[row]!) : fround(base);
  return fround(from + fround(fround(factor) * fround(sum)));
}

function randomCodes(seed: number) {
  const prng = createPrng(seed);
  return (round: number) => {
    const d = 1 + prng.below(70);
    const n = prng.below(90);
    const few = round % 2 === 0;
    const given: Given = {
      codes: Int8Array.from({ length: n * d }, () => prng.below(few ? 3 : 255) - (few ? 1 : 127)),
      query16: Int16Array.from(
        { length: d },
        () => prng.below(few ? 3 : 65535) - (few ? 1 : 32767),
      ),
      norms: prng.below(2) ? null : normals(prng, n),
      d,
      factor: few ? -1 : prng.normal(),
      base: prng.below(2) ? 0 : prng.normal(),
    };
    return { given, n, part: randomPart(prng, n), prng };
  };
}

describe('scanSq8', () => {
  it('matches a plain sort, bit for bit in scalar and SIMD', () => {
    const draw = randomCodes(73);
    for (let round = 0; round < 150; round++) {
      const { given, part } = draw(round);
      const answer = both((bench) => {
        const norms = bench.putOrNull(given.norms);
        const { d, factor, base } = given;
        const query16 = bench.put(given.query16);
        return runPart(bench, part, given.codes, (scan, topK) =>
          bench.kernels.scanSq8(scan, d, query16, factor, norms, base, topK),
        );
      });
      expect(answer.simd).toEqual(answer.scalar);
      expect(answer.simd.scanned).toBe(rowsOf(part).length);
      expect(answer.simd.entries).toEqual(bestOf(part, (row) => keyOf(given, row)));
    }
  });
});

describe('rescoreSq8', () => {
  it('gives the listed rows the same keys as a scan', () => {
    const draw = randomCodes(74);
    for (let round = 0; round < 80; round++) {
      const { given, n, part, prng } = draw(round);
      const whole = { ...part, firstRow: 0, rowCount: n, skip: null };
      const listed = new Set(rowsOf(whole).filter(() => prng.below(3) === 0));
      const skip = prng.below(2) ? null : new Uint8Array(Math.ceil(n / 8)).fill(0x5a);
      const list = Uint32Array.from(listed).reverse();
      const answer = both((bench) => {
        const topK = bench.heap(part.k);
        const scan = {
          codes: bench.put(given.codes),
          ids: bench.putOrNull(part.ids),
          skip: bench.putOrNull(skip),
        };
        bench.kernels.rescoreSq8(
          bench.put(list),
          list.length,
          scan,
          given.d,
          bench.put(given.query16),
          given.factor,
          bench.putOrNull(given.norms),
          given.base,
          topK,
        );
        return entriesOf(topK);
      });
      expect(answer.simd).toEqual(answer.scalar);
      const expected = bestOf({ ...whole, skip }, (row) =>
        listed.has(row) ? keyOf(given, row) : Number.NaN,
      );
      expect(answer.simd).toEqual(expected);
    }
  });
});

describe.each(twins)('%s kernels for 8-bit codes', (_, kernels) => {
  it('reject arguments that exceed their blocks', () => {
    onBench(kernels, (bench) => {
      const internal = expect.objectContaining({ code: 'internal' });
      const invalid = expect.objectContaining({ code: 'invalid-argument' });
      const d = 4;
      const block = bench.room(4 * 3 * d);
      const floats = bench.room(4 * d);
      const query16 = bench.room(2 * d);
      const codes = bench.room(3 * d);
      const rows = { block, offset: 0, stride: d, d, count: 3 };
      kernels.encodeSq8(rows, floats, codes);
      expect(() => kernels.encodeSq8({ ...rows, offset: 1 }, floats, codes)).toThrowError(internal);
      expect(() => kernels.encodeSq8(rows, query16, codes)).toThrowError(internal);
      expect(() => kernels.encodeSq8(rows, floats, query16)).toThrowError(internal);
      kernels.prepareSq8(floats, floats, d, query16);
      expect(() => kernels.prepareSq8(floats, floats, d + 1, query16)).toThrowError(internal);
      expect(() => kernels.prepareSq8(floats, floats, 0, query16)).toThrowError(invalid);
      const topK = bench.heap(2);
      const scan = { codes, ids: null, skip: null, firstRow: 0, rowCount: 3 };
      const short = bench.room(8);
      expect(kernels.scanSq8(scan, d, query16, 1, null, 0, topK)).toBe(3);
      for (const bad of [{ rowCount: 4 }, { firstRow: 1 }, { ids: short }]) {
        const given = { ...scan, ...bad };
        expect(() => kernels.scanSq8(given, d, query16, 1, null, 0, topK)).toThrowError(internal);
      }
      expect(() => kernels.scanSq8(scan, d, query16, 1, short, 0, topK)).toThrowError(internal);
    });
    expect(kernels.bytesInUse).toBe(0);
  });
});
