import { describe, expect, it } from 'vitest';
import { AkinError } from '../../base/errors.ts';
import { createPrng } from '../../base/prng.ts';
import { readFvecs, readIvecs } from './vecs.ts';

const coded = (code: string) => expect.objectContaining({ code });

/** An fvecs file of these rows, each prefixed with its own length. */
function fvecs(...rows: readonly number[][]): Uint8Array {
  return vecs(rows, (data, at, x) => data.setFloat32(at, x, true));
}

function ivecs(...rows: readonly number[][]): Uint8Array {
  return vecs(rows, (data, at, x) => data.setInt32(at, x, true));
}

function vecs(
  rows: readonly number[][],
  write: (data: DataView, at: number, x: number) => void,
): Uint8Array {
  const data = new DataView(
    new ArrayBuffer(rows.reduce((sum, row) => sum + 4 + 4 * row.length, 0)),
  );
  let at = 0;
  for (const row of rows) {
    data.setInt32(at, row.length, true);
    for (const x of row) {
      at += 4;
      write(data, at, x);
    }
    at += 4;
  }
  return new Uint8Array(data.buffer);
}

/** The error code, or `read` if the rows account for every byte. */
function outcome(bytes: Uint8Array): string {
  try {
    const { d, n, rows } = readFvecs(bytes);
    expect(rows).toHaveLength(n * d);
    expect(n * (4 + 4 * d)).toBe(bytes.length);
    return 'read';
  } catch (error) {
    if (error instanceof AkinError) return error.code;
    throw error;
  }
}

describe('readFvecs', () => {
  it('reads rows at any alignment', () => {
    const bytes = fvecs([1, -2.5, 3], [0, 0.5, -0.25]);
    const shifted = new Uint8Array(bytes.length + 1);
    shifted.set(bytes, 1);
    for (const each of [bytes, shifted.subarray(1)]) {
      expect(readFvecs(each)).toEqual({
        d: 3,
        n: 2,
        rows: Float32Array.of(1, -2.5, 3, 0, 0.5, -0.25),
      });
    }
  });

  it('rejects an empty file and one that ends within a row', () => {
    const bytes = fvecs([1, 2], [3, 4]);
    for (let length = 0; length < bytes.length; length++) {
      if (length === bytes.length / 2) continue;
      expect(() => readFvecs(bytes.subarray(0, length))).toThrowError(coded('truncated'));
    }
  });

  it('rejects rows of different lengths, even if the file size happens to fit', () => {
    expect(() => readFvecs(fvecs([1, 2, 3], [1]))).toThrowError(coded('truncated'));
    expect(() => readFvecs(fvecs([1, 2, 3], [1], [1]))).toThrowError(coded('corrupt'));
    const bytes = fvecs([1, 2], [3, 4]);
    new DataView(bytes.buffer).setInt32(12, 3, true);
    expect(() => readFvecs(bytes)).toThrowError(coded('corrupt'));
  });

  it('rejects an impossible row length', () => {
    for (const d of [0, -1, -2147483648, 65_537, 2147483647]) {
      const bytes = fvecs([1]);
      new DataView(bytes.buffer).setInt32(0, d, true);
      expect(() => readFvecs(bytes)).toThrowError(coded('corrupt'));
    }
  });

  it('rejects NaN and infinity and reports their position', () => {
    for (const x of [Number.NaN, Infinity, -Infinity]) {
      expect(() => readFvecs(fvecs([1, 2], [3, x]))).toThrowError(coded('bad-vector'));
      expect(() => readFvecs(fvecs([1, 2], [3, x]))).toThrowError(/component 1 of row 1/);
    }
  });

  it('returns rows or throws an error with a code for arbitrary bytes', () => {
    const prng = createPrng(5);
    const outcomes = new Set<string>();
    for (let round = 0; round < 5000; round++) {
      const bytes = fvecs([1, 2, 3], [4, 5, 6], [7, 8, 9]);
      for (let hit = 0; hit < 2; hit++) bytes[prng.below(bytes.length)] = prng.below(256);
      outcomes.add(outcome(bytes));
    }
    expect([...outcomes].sort()).toEqual(['bad-vector', 'corrupt', 'read', 'truncated']);
  });
});

describe('readIvecs', () => {
  it('reads rows of arbitrary integers', () => {
    expect(readIvecs(ivecs([7, -1], [2147483647, 0]))).toEqual({
      d: 2,
      n: 2,
      rows: Int32Array.of(7, -1, 2147483647, 0),
    });
  });

  it('rejects malformed files like readFvecs', () => {
    expect(() => readIvecs(new Uint8Array(0))).toThrowError(coded('truncated'));
    expect(() => readIvecs(ivecs([1, 2], [3]))).toThrowError(coded('truncated'));
    const bytes = ivecs([1], [2]);
    new DataView(bytes.buffer).setInt32(8, 9, true);
    expect(() => readIvecs(bytes)).toThrowError(coded('corrupt'));
  });
});
