import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { createPrng } from '../../../base/prng.ts';
import { clusteredUnitVectors } from '../../eval/synthetic.ts';
import { SECTION } from '../../format/header.ts';
import { scalarKernels } from '../../kernels/scalar.ts';
import { loadIndex } from '../load.ts';
import { cellDamages, describeCorrupt, setFloat32, setUint32 } from '../testing/corruptHarness.ts';
import { trainIndex } from '../train.ts';

/**
 * A saved index, committed once and NEVER regenerated (see `golden.test.ts`), packed field by field
 * from `docs/format.md` with Python's `struct` and `zlib.crc32`: a multi-index with two centroids
 * per half, each with a 4-bit codebook.
 */
function fixture(): ArrayBuffer {
  const url = new URL('../../format/fixtures/lopq-v1.akin', import.meta.url);
  return new Uint8Array(readFileSync(url)).buffer;
}

describe('lopq-v1.akin', () => {
  const index = loadIndex(scalarKernels(), fixture());

  it('loads with the expected contents', () => {
    const { kind, spaceId, metric, d, ntotal } = index;
    expect({ kind, spaceId, metric, d, ntotal }).toEqual({
      kind: 'lopq',
      spaceId: 'golden-v1/4',
      metric: 'l2sq',
      d: 4,
      ntotal: 5,
    });
    expect([...index.liveIds()]).toEqual([2, 5, 7, 9, 4294967295]);
  });

  it('decodes vectors as c + mu + Rᵀ ŷ per half, then undoes the global rotation', () => {
    const decoded = (id: number) => {
      const vector = new Float32Array(4);
      expect(index.reconstruct(id, vector)).toBe(true);
      return [...vector].map((x) => Math.round(x * 1e5) / 1e5);
    };
    // Cell 3, codes 8 and 8: (4, 0) + (0, 0.25) + Rᵀ (4, 1) with R a quarter turn is (3, 4.25);
    // (0, −8) + (0, −1) + (−2, 0.5) is (−2, −8.5). The global rotation gives (x₂, −x₀, x₁, x₃).
    expect(decoded(7)).toEqual([-4.25, -2, 3, -8.5]);
    // Cell 2, codes 15 and 1: (4, 0.25) + (−1, 7.5) and Rᵀ (1/8, 1/4), R of 0.6 and 0.8.
    expect(decoded(2)).toEqual([-7.75, -0.125, 3, 0.25]);
    // Cell 0, codes 3 and 12: (0.5, 0) + (0.75, −0.375) and Rᵀ (1.5, 3).
    expect(decoded(5)).toEqual([0.375, -1.5, 1.25, 3]);
  });

  it('uses its stored nprobe and ranks by its codes', () => {
    // The global rotation maps it to (0.5, 0.25, 0, 0): the nearest cells are 0 and 2.
    const { ids, scores, stats } = index.search(Float32Array.of(-0.25, 0, 0.5, 0), { k: 2 });
    expect(stats).toMatchObject({ codesScanned: 3, cellsVisited: 2, reranked: 0 });
    expect([...ids]).toEqual([9, 5]);
    expect(scores[0]).toBeCloseTo(0.25 ** 2 + 0.875 ** 2 + 1.75 ** 2, 5);
    expect(scores[1]).toBeCloseTo(0.75 ** 2 + 0.625 ** 2 + 1.5 ** 2 + 3 ** 2, 5);
  });

  it('is saved back byte for byte', () => {
    expect(index.serialize()).toEqual(fixture());
  });
});

const RERANK = 0;
const NPROBE = 1;
const OPQ = 2;
const COARSE = 3;
const CODEBOOKS = 4;
const SEED = 5;
const OWN = 6;
const NAN = Number.NaN;
const INFINITY = Number.POSITIVE_INFINITY;

describeCorrupt('LOPQ', fixture, [
  setUint32('id 0', SECTION.ids, 0, 0),
  setUint32('the same id in two cells', SECTION.ids, 2, 9),
  setUint32('ids that fall within a cell', SECTION.ids, 0, 10),
  setUint32('a re-rank store that is not there', SECTION.params, RERANK, 1),
  setUint32('an nprobe of 0', SECTION.params, NPROBE, 0),
  setUint32('an nprobe over the pairs', SECTION.params, NPROBE, 5),
  setUint32('an nprobe of all pairs', SECTION.params, NPROBE, 4, null),
  setUint32('a rotation as of IVF-PQ', SECTION.params, OPQ, 1),
  setUint32('one coarse quantizer', SECTION.params, COARSE, 0),
  setUint32('three coarse quantizers', SECTION.params, COARSE, 2),
  setUint32('shared codebooks', SECTION.params, CODEBOOKS, 1),
  setUint32('another seed', SECTION.params, SEED, 7, null),
  setUint32('fewer rotations', SECTION.params, OWN, 1),
  setUint32('more rotations than centroids', SECTION.params, OWN, 5),
  ...cellDamages(4),
  setFloat32('a rotation of the whole with a NaN', SECTION.rotation, 0, NAN),
  setFloat32('a rotation of the whole that stretches', SECTION.rotation, 2, 1.25),
  setFloat32('another rotation of the whole', SECTION.rotation, 2, -1, null),
  setFloat32('a mean residual with an infinity', SECTION.mu, 1, -INFINITY),
  setFloat32('a mean residual with a NaN', SECTION.mu, 7, NAN),
  setFloat32('a mean residual too long', SECTION.mu, 3, 1e30),
  setFloat32('another mean residual', SECTION.mu, 3, 1, null),
  setUint32('a rotation used twice', SECTION.rotationOf, 2, 1),
  setUint32('a rotation not used', SECTION.rotationOf, 1, 0),
  setUint32('a rotation that is not there', SECTION.rotationOf, 2, 3),
  setUint32('a rotation far beyond the last', SECTION.rotationOf, 3, 0xffffffff),
  setUint32('rotations out of order', SECTION.rotationOf, 1, 2),
  setFloat32('a local rotation with a NaN', SECTION.rotations, 5, NAN),
  setFloat32('a local rotation that flattens', SECTION.rotations, 1, 0),
  setFloat32('another local rotation', SECTION.rotations, 1, -1, null),
  setFloat32('a sub-centroid with a NaN', SECTION.pqCentroids, 127, NAN),
  setFloat32('a sub-centroid with an infinity', SECTION.pqCentroids, 70, INFINITY),
  setFloat32('a sub-centroid too long', SECTION.pqCentroids, 33, 1e30),
  setFloat32('another sub-centroid', SECTION.pqCentroids, 33, 0.125, null),
  setUint32('other codes', SECTION.codes, 0, 0x0f0e0d0c, null),
  setUint32('codes of rows that are not there', SECTION.codes, 2, 1),
  setUint32('codes in the high halves', SECTION.codes, 4, 0x10),
]);

/** One part and one codebook: the sections that differ from a multi-index's. */
async function single(): Promise<ArrayBuffer> {
  const sample = clusteredUnitVectors({ d: 4, centres: 3 }, createPrng(6))(40);
  const space = { spaceId: 'test/4', metric: 'ip', d: 4 } as const;
  const spec = { kind: 'lopq', nlist: 3, M: 2, nbits: 4, rerank: 'sq8' } as const;
  const builder = await trainIndex(scalarKernels(), space, spec, sample);
  builder.add(
    Array.from({ length: 9 }, (_, i) => 3 * i + 1),
    sample.subarray(0, 36),
  );
  return builder.seal().serialize();
}

const SINGLE = await single();

describeCorrupt('LOPQ of one part', () => SINGLE.slice(0), [
  setUint32('a multi-index', SECTION.params, COARSE, 1),
  setUint32('local codebooks', SECTION.params, CODEBOOKS, 0),
  setUint32('no re-rank store', SECTION.params, RERANK, 0),
  setUint32('an nprobe over nlist', SECTION.params, NPROBE, 4),
  setUint32('more rotations', SECTION.params, OWN, 4),
  setUint32('a rotation not used', SECTION.rotationOf, 2, 0),
  setFloat32('a local rotation that stretches', SECTION.rotations, 0, 2),
  setFloat32('a mean residual with a NaN', SECTION.mu, 11, NAN),
  setFloat32('a scale of 0', SECTION.sq8Scales, 3, 0),
  setUint32('an SQ8 code of −128', SECTION.sq8Codes, 8, 0x80000000),
]);
