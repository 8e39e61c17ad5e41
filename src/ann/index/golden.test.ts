import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { scalarKernels } from '../kernels/scalar.ts';
import { FlatIndex } from './flat.ts';
import { loadIndex } from './load.ts';

/**
 * Saved indexes of every version that was ever written, each committed once and NEVER regenerated:
 * they stand for the files that people have. A version that can no longer read one of them has lost
 * somebody's index.
 *
 * `flat-v1.akin` was packed field by field from `docs/format.md` with Python's `struct` and
 * `zlib.crc32`, so the writer is checked against the document and not against itself.
 */
const FLAT_V1 = new URL('../format/fixtures/flat-v1.akin', import.meta.url);

const SPACE = { spaceId: 'golden-v1/3', metric: 'ip', d: 3 } as const;
const ROWS = [
  [3, [1, 0, 0]],
  [7, [0.5, -0.25, 0.125]],
  [4096, [-3, 2.5, 0.001]],
  [4294967295, [0.1, 0.2, 0.3]],
] as const;

function fixture(url: URL): ArrayBuffer {
  return new Uint8Array(readFileSync(url)).buffer;
}

describe('flat-v1.akin', () => {
  it('loads as the index it was', () => {
    const index = loadIndex(scalarKernels(), fixture(FLAT_V1));
    const { kind, spaceId, metric, d, ntotal } = index;
    expect({ kind, spaceId, metric, d, ntotal }).toEqual({ kind: 'flat', ntotal: 4, ...SPACE });
    expect([...index.liveIds()]).toEqual(ROWS.map(([id]) => id));
    for (const [id, vector] of ROWS) {
      const target = new Float32Array(3);
      expect(index.reconstruct(id, target)).toBe(true);
      expect(target).toEqual(Float32Array.from(vector));
    }
  });

  it('is what the current writer makes of those vectors, byte for byte', () => {
    const index = new FlatIndex(scalarKernels(), SPACE);
    for (const [id, vector] of ROWS.toReversed()) index.add(id, Float32Array.from(vector));
    expect(new Uint8Array(index.serialize())).toEqual(new Uint8Array(fixture(FLAT_V1)));
  });
});
