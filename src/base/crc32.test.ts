import { crc32 as zlibCrc32 } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { crc32 } from './crc32.ts';
import { createPrng } from './prng.ts';

describe('crc32', () => {
  it('matches the published check value', () => {
    expect(crc32(new TextEncoder().encode('123456789'))).toBe(0xcbf43926);
    expect(crc32(new Uint8Array(0))).toBe(0);
  });

  it('agrees with zlib at every length around the group size', () => {
    const prng = createPrng(1);
    for (let length = 0; length < 70; length++) {
      const bytes = Uint8Array.from({ length }, () => prng.below(256));
      expect(crc32(bytes), `length ${length}`).toBe(zlibCrc32(bytes));
    }
  });

  it('can be computed in pieces, split anywhere', () => {
    const prng = createPrng(2);
    const bytes = Uint8Array.from({ length: 61 }, () => prng.below(256));
    for (let cut = 0; cut <= bytes.length; cut++) {
      expect(crc32(bytes.subarray(cut), crc32(bytes.subarray(0, cut)))).toBe(crc32(bytes));
    }
  });
});
