import { describe, expect, it } from 'vitest';
import { crc32 } from '../../base/crc32.ts';
import { AkinError } from '../../base/errors.ts';
import { createPrng } from '../../base/prng.ts';
import { FIELD, SECTION_FIELD, TRAILER_BYTES } from '../format/header.ts';
import { scalarKernels } from '../kernels/scalar.ts';
import { FlatIndex } from './flat.ts';
import { loadIndex } from './load.ts';

/** 64 fixed, 8 of space id, then two entries of 24; vectors of 36 bytes padded to 40; 16 of ids. */
const TABLE = 72;
const VECTORS = 120;
const IDS = 160;
const TOTAL = 184;

function container(): ArrayBuffer {
  const index = new FlatIndex(scalarKernels(), { spaceId: 'test/3', metric: 'ip', d: 3 });
  index.add(2, Float32Array.of(1, 2, 3));
  index.add(5, Float32Array.of(-1, 0.5, 0.25));
  index.add(9, Float32Array.of(0, 0, 7));
  return index.serialize();
}

/** Makes the checksum right again, so that it is another check that has to find the fault. */
function withChecksum(buffer: ArrayBuffer): ArrayBuffer {
  const summed = buffer.byteLength - TRAILER_BYTES;
  new DataView(buffer).setUint32(summed, crc32(new Uint8Array(buffer, 0, summed)), true);
  return buffer;
}

/** The code of the error that loading gives, or the bytes that what was loaded is saved as. */
function load(buffer: ArrayBuffer): string | ArrayBuffer {
  try {
    return loadIndex(scalarKernels(), buffer).serialize();
  } catch (error) {
    if (error instanceof AkinError) return error.code;
    throw error;
  }
}

function changed(change: (view: DataView) => void): ArrayBuffer {
  const buffer = container();
  change(new DataView(buffer));
  return withChecksum(buffer);
}

describe('a damaged container', () => {
  it('is one that loads when it is not damaged', () => {
    expect(container().byteLength).toBe(TOTAL);
    expect(load(container())).toEqual(container());
  });

  const fields: readonly (readonly [string, number, number, string])[] = [
    ['magic', FIELD.magic, 0x4e494b42, 'bad-magic'],
    ['version 2', FIELD.version, 2, 'too-new'],
    ['version 2³² − 1', FIELD.version, 0xffffffff, 'too-new'],
    ['version 0', FIELD.version, 0, 'too-old'],
    ['kind 0', FIELD.kind, 0, 'corrupt'],
    ['kind unknown', FIELD.kind, 77, 'corrupt'],
    ['header length short', FIELD.headerBytes, 112, 'corrupt'],
    ['header length huge', FIELD.headerBytes, 0xffffffff, 'corrupt'],
    ['total length short', FIELD.totalBytes, TOTAL - 8, 'corrupt'],
    ['total length long', FIELD.totalBytes, TOTAL + 8, 'corrupt'],
    ['total length beyond 2³²', FIELD.totalBytes + 4, 1, 'corrupt'],
    ['total length beyond 2⁵³', FIELD.totalBytes + 4, 0xffffffff, 'corrupt'],
    ['metric 0', FIELD.metric, 0, 'corrupt'],
    ['metric unknown', FIELD.metric, 3, 'corrupt'],
    ['d 0', FIELD.d, 0, 'corrupt'],
    ['d other', FIELD.d, 4, 'corrupt'],
    ['d huge', FIELD.d, 0xffffffff, 'corrupt'],
    ['ntotal less', FIELD.ntotal, 2, 'corrupt'],
    ['ntotal more', FIELD.ntotal, 4, 'corrupt'],
    ['ntotal huge', FIELD.ntotal, 0xffffffff, 'corrupt'],
    ['nlist', FIELD.nlist, 1, 'corrupt'],
    ['M', FIELD.M, 1, 'corrupt'],
    ['nbits', FIELD.nbits, 8, 'corrupt'],
    ['space id length 0', FIELD.spaceIdLength, 0, 'corrupt'],
    ['space id length other', FIELD.spaceIdLength, 7, 'corrupt'],
    ['space id length less', FIELD.spaceIdLength, 5, 'corrupt'],
    ['space id length huge', FIELD.spaceIdLength, 0xffffffff, 'corrupt'],
    ['section count 0', FIELD.sectionCount, 0, 'corrupt'],
    ['section count more', FIELD.sectionCount, 3, 'corrupt'],
    ['section count huge', FIELD.sectionCount, 0xffffffff, 'corrupt'],
    ['reserved, low', FIELD.reserved, 1, 'corrupt'],
    ['reserved, high', FIELD.reserved + 4, 1, 'corrupt'],
    ['a space id that is no text', 64, 0x07070707, 'corrupt'],
    ['padding of the space id', 68, 0x01002f33, 'corrupt'],
    ['section id', TABLE + SECTION_FIELD.id, 2, 'corrupt'],
    ['section entry reserved', TABLE + SECTION_FIELD.reserved, 1, 'corrupt'],
    ['section offset into the header', TABLE + SECTION_FIELD.byteOffset, 0, 'corrupt'],
    ['section offset unaligned', TABLE + SECTION_FIELD.byteOffset, VECTORS + 1, 'corrupt'],
    ['section offset huge', TABLE + SECTION_FIELD.byteOffset + 4, 0xffffffff, 'corrupt'],
    ['sections that overlap', TABLE + 24 + SECTION_FIELD.byteOffset, VECTORS, 'corrupt'],
    ['section length short', TABLE + SECTION_FIELD.byteLength, 32, 'corrupt'],
    ['section length long', TABLE + SECTION_FIELD.byteLength, 40, 'corrupt'],
    ['section length huge', TABLE + SECTION_FIELD.byteLength + 4, 1, 'corrupt'],
    ['padding of a section', VECTORS + 36, 1, 'corrupt'],
    ['a component that is NaN', VECTORS, 0x7fc00000, 'corrupt'],
    ['a component that is infinite', VECTORS + 4, 0x7f800000, 'corrupt'],
    ['id 0', IDS, 0, 'corrupt'],
    ['the same id twice', IDS + 4, 2, 'corrupt'],
    ['ids that fall', IDS + 8, 3, 'corrupt'],
    ['the bytes after the checksum', TOTAL - 4, 1, 'corrupt'],
  ];

  it.each(fields)('with a right checksum but %s says so', (_, offset, value, code) => {
    expect(load(changed((view) => view.setUint32(offset, value, true)))).toBe(code);
  });

  it('says so of a vector of length zero', () => {
    const zeroed = changed((view) => {
      for (let i = 0; i < 3; i++) view.setFloat32(VECTORS + 4 * i, 0, true);
    });
    expect(load(zeroed)).toBe('corrupt');
  });

  it('with any one byte changed is never loaded', () => {
    const prng = createPrng(31);
    for (let at = 0; at < TOTAL; at++) {
      for (const flip of [1, 0x80, 0xff, 1 + prng.below(255)]) {
        const buffer = container();
        new Uint8Array(buffer)[at]! ^= flip;
        expect(load(buffer), `byte ${at} ^ ${flip}`).toMatch(
          /^(bad-magic|too-new|too-old|truncated|corrupt)$/,
        );
      }
    }
  });

  it('cut short at any length says so', () => {
    for (let length = 0; length < TOTAL; length++) {
      expect(load(container().slice(0, length)), `${length} bytes`).toBe('truncated');
    }
  });

  it('with bytes after its end is not taken', () => {
    const longer = new ArrayBuffer(TOTAL + 8);
    new Uint8Array(longer).set(new Uint8Array(container()));
    expect(load(longer)).toBe('corrupt');
  });

  it('with bytes changed at random and a right checksum fails by a code, or is what it says', () => {
    const prng = createPrng(32);
    let loaded = 0;
    for (let round = 0; round < 4000; round++) {
      const buffer = container();
      const bytes = new Uint8Array(buffer);
      for (let i = prng.below(3); i >= 0; i--) bytes[prng.below(TOTAL)] = prng.below(256);
      withChecksum(buffer);
      const result = load(buffer);
      if (typeof result === 'string') {
        expect(result).toMatch(/^(bad-magic|too-new|too-old|truncated|corrupt)$/);
      } else {
        loaded++;
        expect(new Uint8Array(result)).toEqual(bytes);
      }
    }
    expect(loaded).toBeGreaterThan(0);
  });
});
