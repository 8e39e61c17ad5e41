import { describe, expect, it } from 'vitest';
import { faceId } from './faceId.ts';

const hash = 'ab'.repeat(32);
const box = { x: 0.25, y: 0.5, width: 0.125, height: 0.1 };

describe('faceId', () => {
  it('combines the photo’s hash and the quantized box', () => {
    expect(faceId(hash, box)).toBe(`${hash}:100200080066`);
    expect(faceId(hash, { x: 0, y: 0, width: 1, height: 1 })).toBe(`${hash}:000000400400`);
  });

  it('is not affected by the numeric noise of another backend', () => {
    for (const noise of [-1e-5, 1e-5]) {
      expect(faceId(hash, { ...box, x: box.x + noise, y: box.y + noise })).toBe(faceId(hash, box));
    }
  });

  it('differs for another face or another photo', () => {
    expect(faceId(hash, { ...box, x: 0.3 })).not.toBe(faceId(hash, box));
    expect(faceId('cd'.repeat(32), box)).not.toBe(faceId(hash, box));
  });

  it.each([{ x: -0.01 }, { width: 1.5 }, { y: Number.NaN }])('rejects %o', (wrong) => {
    expect(() => faceId(hash, { ...box, ...wrong })).toThrow(
      expect.objectContaining({ code: 'invalid-argument' }),
    );
  });
});
