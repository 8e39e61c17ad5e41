import { expect, it } from 'vitest';
import { sipHash } from './sipHash.ts';

const upTo = (length: number) => Uint8Array.from({ length }, (_, i) => i);

// Test vectors of the reference implementation: key 00 01 … 0f, text 00 01 … of each length.
it.each([
  [0, '310e0edd47db6f72'],
  [1, 'fd67dc93c539f874'],
  [7, '37d1018bf50002ab'],
  [8, '6224939a79f5f593'],
  [15, 'e545be4961ca29a1'],
  [63, '724506eb4c328a95'],
])('matches the reference implementation for %s bytes', (length, hex) => {
  const bytes = new Uint8Array(8);
  new DataView(bytes.buffer).setBigUint64(0, sipHash(upTo(16), upTo(length)), true);
  expect(Buffer.from(bytes).toString('hex')).toBe(hex);
});

it('depends on every byte of the key and rejects keys of another length', () => {
  const hashes = Array.from({ length: 16 }, (_, i) => {
    const key = new Uint8Array(16);
    key[i] = 1;
    return sipHash(key, upTo(10));
  });
  expect(new Set(hashes).size).toBe(16);
  expect(() => sipHash(upTo(15), upTo(1))).toThrow(RangeError);
});
