import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { scalarKernels } from '../kernels/scalar.ts';
import { FlatIndex } from './flat/flat.ts';
import { loadIndex } from './load.ts';
import type { VectorIndex } from './vectorIndex.ts';

/**
 * Saved indexes of every version ever written, each committed once and NEVER regenerated: they
 * stand for users' files. A version that can't read one of them has lost someone's index.
 *
 * `flat-v1.akin`, `flat-sq8-v1.akin` and `ivf-v1.akin` were packed field by field from
 * `docs/format.md` with Python's `struct` and `zlib.crc32`, so reader and writer are checked
 * against the document rather than against each other.
 */
const FLAT_V1 = 'flat-v1.akin';

const SPACE = { spaceId: 'golden-v1/3', metric: 'ip', d: 3 } as const;
const ROWS = [
  [3, [1, 0, 0]],
  [7, [0.5, -0.25, 0.125]],
  [4096, [-3, 2.5, 0.001]],
  [4294967295, [0.1, 0.2, 0.3]],
] as const;

/** A file of `format/fixtures`. */
function fixture(name: string): ArrayBuffer {
  const url = new URL(`../format/fixtures/${name}`, import.meta.url);
  return new Uint8Array(readFileSync(url)).buffer;
}

function vectorsOf(index: VectorIndex): [number, number[]][] {
  return Array.from(index.liveIds(), (id) => {
    const vector = new Float32Array(index.d);
    expect(index.reconstruct(id, vector)).toBe(true);
    return [id, [...vector]];
  });
}

describe('flat-v1.akin', () => {
  it('loads with the expected contents', () => {
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

  it('matches the current writer’s output byte for byte', () => {
    const index = new FlatIndex(scalarKernels(), SPACE);
    for (const [id, vector] of ROWS.toReversed()) index.add(id, Float32Array.from(vector));
    expect(new Uint8Array(index.serialize())).toEqual(new Uint8Array(fixture(FLAT_V1)));
  });
});

describe('flat-sq8-v1.akin', () => {
  const golden = () => loadIndex(scalarKernels(), fixture('flat-sq8-v1.akin'));

  it('loads with the expected contents', () => {
    const { kind, spaceId, metric, d, ntotal } = golden();
    expect({ kind, spaceId, metric, d, ntotal }).toEqual({ kind: 'flat', ntotal: 4, ...SPACE });
    expect(vectorsOf(golden())).toEqual([
      [3, [1, -1, 127 / 128]],
      [7, [-63.5, 0, 1 / 128]],
      [4096, [0, 0, -127 / 128]],
      [4294967295, [32, 8, 0.125]],
    ]);
  });

  it('is saved back byte for byte', () => {
    expect(golden().serialize()).toEqual(fixture('flat-sq8-v1.akin'));
  });
});

describe('ivf-v1.akin', () => {
  const golden = () => loadIndex(scalarKernels(), fixture('ivf-v1.akin'));

  it('loads with the expected contents', () => {
    const { kind, spaceId, metric, d, ntotal } = golden();
    expect({ kind, spaceId, metric, d, ntotal }).toEqual({
      kind: 'ivf',
      ntotal: 5,
      ...SPACE,
      metric: 'l2sq',
    });
    expect(vectorsOf(golden())).toEqual([
      [1, [-1, 0.5, 0.25]],
      [2, [1, 0.25, 0]],
      [5, [-1.5, 0.5, 0]],
      [9, [0.5, 0, 0.125]],
      [4294967295, [-2, Math.fround(0.001), Math.fround(0.1)]],
    ]);
  });

  it('visits as many cells as requested, or its stored nprobe by default', () => {
    const query = Float32Array.of(1, 0, 0);
    const found = (nprobe?: number) => {
      const { ids, stats } = golden().search(query, { k: 2, ...(nprobe && { nprobe }) });
      return { ids: [...ids], scanned: stats.codesScanned, cells: stats.cellsVisited };
    };
    expect(found(1)).toEqual({ ids: [2, 9], scanned: 2, cells: 1 });
    expect(found()).toEqual({ ids: [2, 9], scanned: 5, cells: 2 });
  });

  it('is saved back byte for byte', () => {
    expect(golden().serialize()).toEqual(fixture('ivf-v1.akin'));
  });
});
