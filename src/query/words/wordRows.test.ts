import { describe, expect, it } from 'vitest';
import { readWordRows, wordRowsBytes, wordVector } from './wordRows.ts';

const header = { version: 1, space: 'visual/0123456789ab/2', d: 2, classes: 3 };

/** Directions: +x, +y, -x. */
function file(): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(wordRowsBytes(3, 2));
  new Float32Array(bytes.buffer, 0, 3).fill(1 / 127);
  new Int8Array(bytes.buffer, 12).set([127, 0, 0, 127, -127, 0]);
  return bytes;
}

describe('wordVector', () => {
  const rows = readWordRows(header, file(), 3);

  it('is the sum of the classes’ directions, scaled to unit length', () => {
    expect([...wordVector(rows, [0])]).toEqual([1, 0]);
    const both = wordVector(rows, Uint16Array.of(0, 1));
    expect(both[0]).toBeCloseTo(Math.SQRT1_2, 6);
    expect(both[1]).toBeCloseTo(Math.SQRT1_2, 6);
  });

  it('is zero when they cancel out', () => {
    expect([...wordVector(rows, [0, 2])]).toEqual([0, 0]);
  });
});

describe('readWordRows', () => {
  it('reads bytes at any alignment', () => {
    const shifted = new Uint8Array(file().byteLength + 1);
    shifted.set(file(), 1);
    expect([...wordVector(readWordRows(header, shifted.subarray(1), 3), [1])]).toEqual([0, 1]);
  });

  it.each<[string, unknown, Uint8Array<ArrayBuffer>]>([
    ['no header', null, file()],
    ['another version', { ...header, version: 2 }, file()],
    ['another number of classes', { ...header, classes: 4 }, file()],
    ['no dimensions', { ...header, d: 0 }, file()],
    ['too many dimensions', { ...header, d: 1e9 }, file()],
    ['too few bytes', header, file().subarray(1)],
    ['a scale that is no number', header, file().fill(255, 0, 4)],
  ])('rejects %s', (_, json, bytes) => {
    expect(() => readWordRows(json, bytes, 3)).toThrowError(
      expect.objectContaining({ code: 'model-corrupt' }),
    );
  });
});
