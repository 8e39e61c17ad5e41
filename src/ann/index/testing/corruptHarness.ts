import { describe, expect, it } from 'vitest';
import { crc32 } from '../../../base/crc32.ts';
import { AkinError } from '../../../base/errors.ts';
import { createPrng, type Prng } from '../../../base/prng.ts';
import {
  FIELD,
  FIXED_HEADER_BYTES,
  MAX_D,
  type Section,
  TRAILER_BYTES,
} from '../../format/header.ts';
import type { Kernels } from '../../kernels/kernels.ts';
import { scalarKernels } from '../../kernels/scalar.ts';
import { loadIndex } from '../load.ts';
import type { VectorIndex } from '../vectorIndex.ts';
import { type Damage, headerDamages, sectionDamages, sectionsOf } from './damages.ts';

export { cellDamages, type Damage, setFloat32, setUint32 } from './damages.ts';

/**
 * The memory limit for loading a container and searching it once: four times its length, 16 bytes
 * per component of a vector (a query and what is derived from it), and a small constant.
 */
export function mostLoadBytes(container: ArrayBuffer): number {
  const known = container.byteLength >= FIXED_HEADER_BYTES;
  const d = known ? new DataView(container).getUint32(FIELD.d, true) : 0;
  return 4 * container.byteLength + 16 * Math.min(d, MAX_D) + 4096;
}

const CODES = /^(bad-magic|too-new|too-old|truncated|corrupt)$/;
const MUTATIONS = 20_000;
const MUTATIONS_TIMEOUT_MS = 120_000;

/**
 * Damage that every kind's reader must survive: every field of the header, the section table and
 * the params, padding, every byte, every length, and 20,000 random changes with a correct checksum.
 *
 * @param container creates a small valid container, a new one each time
 * @param damages of the kind's own sections
 */
export function describeCorrupt(
  name: string,
  container: () => ArrayBuffer,
  damages: readonly Damage[],
): void {
  const good = container();
  const sections = sectionsOf(good);
  const sectionAt = (id: number) => sections.find((section) => section.id === id)!;

  describe(`loading a ${name} container`, () => {
    it('accepts the undamaged container', () => {
      expect(load(container())).toEqual(good);
    });

    it.each([...headerDamages(good), ...sectionDamages(good), ...damages])(
      'checks for $what despite a valid checksum',
      ({ damage, code }) => {
        const buffer = container();
        damage(new DataView(buffer), sectionAt);
        withChecksum(buffer);
        const result = load(buffer);
        if (code === null) expect(result).toEqual(buffer);
        else expect(result).toBe(code);
      },
    );

    it('rejects a change to any single byte', () => {
      const prng = createPrng(31);
      for (let at = 0; at < good.byteLength; at++) {
        for (const flip of [1, 0x80, 1 + prng.below(255)]) {
          const buffer = container();
          new Uint8Array(buffer)[at]! ^= flip;
          const result = load(buffer);
          if (typeof result !== 'string' || !CODES.test(result)) {
            expect(result, `byte ${at} ^ ${flip}`).toMatch(CODES);
          }
        }
      }
    });

    it('reports truncation at any length', () => {
      for (let length = 0; length < good.byteLength; length++) {
        expect(load(container().slice(0, length)), `${length} bytes`).toBe('truncated');
      }
    });

    it('rejects trailing bytes', () => {
      const longer = new Uint8Array(good.byteLength + 8);
      longer.set(new Uint8Array(good));
      expect(load(longer.buffer)).toBe('corrupt');
    });

    it('fails with an error code or round-trips after random changes with a valid checksum', {
      timeout: MUTATIONS_TIMEOUT_MS,
    }, () => {
      const prng = createPrng(32);
      let loaded = 0;
      for (let round = 0; round < MUTATIONS; round++) {
        const buffer = container();
        mutate(new Uint8Array(buffer), sections, prng);
        withChecksum(buffer);
        const result = load(buffer);
        if (typeof result === 'string') {
          if (!CODES.test(result)) expect(result).toMatch(CODES);
        } else {
          loaded++;
          if (!sameBytes(result, buffer)) {
            expect(new Uint8Array(result)).toEqual(new Uint8Array(buffer));
          }
        }
      }
      expect(loaded).toBeGreaterThan(0);
    });
  });
}

/** Changes one to three bytes anywhere, one number of a section, or one number of the header. */
function mutate(bytes: Uint8Array, sections: readonly Section[], prng: Prng): void {
  if (prng.below(2) === 0) {
    for (let i = prng.below(3); i >= 0; i--) bytes[prng.below(bytes.length)] = prng.below(256);
    return;
  }
  const view = new DataView(bytes.buffer);
  const { byteOffset, byteLength } = sections[prng.below(sections.length)]!;
  const inSection = byteLength >= 4 && prng.below(4) > 0;
  const at = inSection
    ? byteOffset + 4 * prng.below(Math.floor(byteLength / 4))
    : 4 * prng.below(FIXED_HEADER_BYTES / 4);
  const near = view.getUint32(at, true) + prng.below(5) - 2;
  const values = [0, 1, 0xffffffff, 0x80000000, 0x7f800000, 0x7fc00000, prng.uint32(), near];
  view.setUint32(at, values[prng.below(values.length)]!, true);
}

function sameBytes(a: ArrayBuffer, b: ArrayBuffer): boolean {
  const [left, right] = [new Uint8Array(a), new Uint8Array(b)];
  return left.length === right.length && left.every((byte, i) => byte === right[i]);
}

/** Corrects the checksum, so that another check must find the fault. */
export function withChecksum(buffer: ArrayBuffer): ArrayBuffer {
  const summed = buffer.byteLength - TRAILER_BYTES;
  new DataView(buffer).setUint32(summed, crc32(new Uint8Array(buffer, 0, summed)), true);
  return buffer;
}

/**
 * The error code of loading, or the bytes that the loaded index is saved as. Also searches it, and
 * checks that memory is bounded and freed.
 */
function load(buffer: ArrayBuffer): string | ArrayBuffer {
  const kernels = scalarKernels();
  const watched = watchedKernels(kernels, mostLoadBytes(buffer));
  try {
    const index = loadIndex(watched, buffer);
    search(index);
    const saved = index.serialize();
    index.dispose();
    return saved;
  } catch (error) {
    if (error instanceof AkinError) return error.code;
    throw error;
  } finally {
    if (kernels.bytesInUse > 0) expect(kernels.bytesInUse, 'bytes not given back').toBe(0);
  }
}

function search(index: VectorIndex): void {
  const query = new Float32Array(index.d).fill(0.5);
  const { ids } = index.search(query, { k: 3, nprobe: 2 });
  if (!ids.every((id) => index.has(id))) throw new Error('an id that is not there');
  const all = index.search(query, { k: 2 ** 31, nprobe: 2 ** 31 });
  if (all.ids.length > index.ntotal) throw new Error('more results than rows');
}

/** Kernels that fail if more is allocated than a file of that length may request. */
function watchedKernels(kernels: Kernels, mostBytes: number): Kernels {
  return Object.create(kernels, {
    bytesInUse: { get: () => kernels.bytesInUse },
    alloc: {
      value: (byteLength: number) => {
        const bytes = kernels.bytesInUse + byteLength;
        if (bytes > mostBytes) throw new Error(`${bytes} bytes, of ${mostBytes} at most`);
        return kernels.alloc(byteLength);
      },
    },
  }) as Kernels;
}
