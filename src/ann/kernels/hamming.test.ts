import { describe, expect, it } from 'vitest';
import { createPrng, type Prng } from '../../base/prng.ts';
import { bitmapBytes, setBit } from './bitmap.ts';
import {
  getHammingCode,
  hammingBestBytes,
  hammingBytes,
  MAX_HAMMING_BYTES,
  readHammingBest,
  setHammingCode,
} from './hamming.ts';
import { both, integers, onBench, twins } from './testing/twins.ts';

interface Case {
  readonly codes: readonly Uint8Array[];
  readonly query: Uint8Array;
  readonly skip: Uint8Array | null;
  readonly rowCount: number;
  readonly capacity: number;
}

function store(codes: readonly Uint8Array[], codeBytes: number): Uint8Array {
  const stored = new Uint8Array(hammingBytes(codes.length, codeBytes));
  for (const [row, code] of codes.entries()) setHammingCode(stored, row, code);
  return stored;
}

/** The nearest rows by sorting all of them. */
function expected({ codes, query, skip, rowCount, capacity }: Case) {
  const rows = codes
    .slice(0, rowCount)
    .map((_, row) => row)
    .filter((row) => !(skip && skip[row >> 3]! & (1 << (row & 7))));
  const distance = (row: number) =>
    codes[row]!.reduce((sum, byte, m) => {
      let bits = 0;
      for (let differing = byte ^ query[m]!; differing; differing &= differing - 1) bits++;
      return sum + bits;
    }, 0);
  const best = rows
    .map((row) => ({ row, distance: distance(row) }))
    .sort((a, b) => a.distance - b.distance || a.row - b.row)
    .slice(0, capacity);
  return {
    scanned: rows.length,
    rows: best.map(({ row }) => row),
    distances: best.map((each) => each.distance),
  };
}

function check(given: Case): void {
  const { codes, query, skip, rowCount, capacity } = given;
  const codeBytes = query.length;
  const answer = both((bench) => {
    const size = hammingBestBytes(capacity, rowCount);
    const best = bench.room(size + 16);
    const scan = {
      codes: bench.put(store(codes, codeBytes)),
      codeBytes,
      query: bench.put(query),
      skip: bench.putOrNull(skip),
      rowCount,
    };
    const scanned = bench.kernels.scanHamming(scan, capacity, best);
    const tail = new Uint8Array(best.buffer, best.byteOffset + size, 16);
    expect([...tail]).toEqual(new Array(16).fill(0xa5));
    const { rows, distances } = readHammingBest(best, capacity);
    return { scanned, rows: [...rows], distances: [...distances] };
  });
  expect(answer.simd).toEqual(expected(given));
  expect(answer.scalar).toEqual(answer.simd);
}

function randomSkip(prng: Prng, n: number): Uint8Array | null {
  if (prng.below(2) === 0) return null;
  const skip = new Uint8Array(bitmapBytes(n));
  const share = prng.float();
  for (let row = 0; row < n; row++) setBit(skip, row, prng.float() < share);
  return skip;
}

describe('scanHamming', () => {
  it('finds the nearest rows, ties by row, whatever the length of the code', () => {
    const prng = createPrng(91);
    for (let codeBytes = 1; codeBytes <= MAX_HAMMING_BYTES; codeBytes++) {
      for (let round = 0; round < 8; round++) {
        const n = prng.below(400);
        const rowCount = prng.below(2) === 0 ? n : prng.below(n + 1);
        check({
          codes: Array.from({ length: n }, () => integers(prng, codeBytes, 256)),
          query: integers(prng, codeBytes, 256),
          skip: randomSkip(prng, rowCount),
          rowCount,
          capacity: Math.min(rowCount, prng.below(60)),
        });
      }
    }
  });

  it('keeps the best however the rows are ordered', () => {
    const prng = createPrng(92);
    // Falling distances displace everything kept so far again and again.
    for (const order of [(d: number) => d, (d: number) => 256 - d, (d: number) => (d * 97) % 257]) {
      const codes = Array.from({ length: 5 * 257 }, (_, i) => {
        const code = new Uint8Array(32);
        const bits = order(Math.floor(i / 5));
        for (let bit = 0; bit < bits; bit++) code[bit >> 3]! |= 1 << (bit & 7);
        return code;
      });
      const rowCount = codes.length;
      for (const capacity of [0, 1, 2, 7, 100, rowCount]) {
        check({ codes, query: new Uint8Array(32), skip: null, rowCount, capacity });
        check({
          codes,
          query: new Uint8Array(32).fill(255),
          skip: randomSkip(prng, rowCount),
          rowCount,
          capacity,
        });
      }
    }
  });

  it('distinguishes the largest distances from one another', () => {
    const flipped = (bits: number) => {
      const code = new Uint8Array(32).fill(255);
      for (let bit = 0; bit < bits; bit++) code[bit]! ^= 1;
      return code;
    };
    const codes = [0, 1, 2, 0, 1, 2, 0].map(flipped);
    for (let capacity = 0; capacity <= codes.length; capacity++) {
      check({ codes, query: new Uint8Array(32), skip: null, rowCount: codes.length, capacity });
    }
  });
});

describe('stored binary codes', () => {
  it('are read back as they were', () => {
    const prng = createPrng(93);
    const codes = Array.from({ length: 130 }, () => integers(prng, 16, 256));
    const stored = store(codes, 16);
    const code = new Uint8Array(16);
    codes.forEach((expectedCode, row) => {
      getHammingCode(stored, row, code);
      expect(code).toEqual(expectedCode);
    });
  });
});

describe.each(twins)('%s Hamming kernels', (_, kernels) => {
  it('reject blocks that are too short', () => {
    const internal = expect.objectContaining({ code: 'internal' });
    const invalid = expect.objectContaining({ code: 'invalid-argument' });
    onBench(kernels, (bench) => {
      const codes = bench.room(hammingBytes(70, 16));
      const query = bench.room(16);
      const best = bench.room(hammingBestBytes(5, 70));
      const short = bench.room(8);
      const scan = { codes, codeBytes: 16, query, skip: null, rowCount: 70 };
      expect(kernels.scanHamming(scan, 5, best)).toBe(70);
      for (const bad of [{ rowCount: 129 }, { codes: short }, { query: short }, { skip: short }]) {
        expect(() => kernels.scanHamming({ ...scan, ...bad }, 5, best)).toThrowError(internal);
      }
      expect(() => kernels.scanHamming(scan, 6, best)).toThrowError(internal);
      for (const bad of [{ codeBytes: 0 }, { codeBytes: 33 }, { rowCount: -1 }, { rowCount: 4 }]) {
        expect(() => kernels.scanHamming({ ...scan, ...bad }, 5, best)).toThrowError(invalid);
      }
    });
    expect(kernels.bytesInUse).toBe(0);
  });
});
