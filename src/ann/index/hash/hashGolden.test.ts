import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { SECTION } from '../../format/header.ts';
import { scalarKernels } from '../../kernels/scalar.ts';
import { loadIndex } from '../load.ts';
import { savedSpec } from '../savedSpec.ts';
import { describeCorrupt, setFloat32, setUint32 } from '../testing/corruptHarness.ts';

/**
 * Saved indexes, each committed once and NEVER regenerated (see `golden.test.ts`), packed field by
 * field from `docs/format.md` with Python's `struct` and `zlib.crc32`.
 */
function fixture(name: string): ArrayBuffer {
  const url = new URL(`../../format/fixtures/${name}`, import.meta.url);
  return new Uint8Array(readFileSync(url)).buffer;
}

function golden(name: string) {
  return loadIndex(scalarKernels(), fixture(name));
}

describe('itq-v1.akin', () => {
  const index = golden('itq-v1.akin');
  /** The components of the mean are multiples of 1/64; the normals are half the axes. */
  const mean = Float32Array.from({ length: 32 }, (_, i) => (i - 16) / 64);

  it('loads with the expected contents', () => {
    const { kind, spaceId, metric, d, ntotal } = index;
    expect({ kind, spaceId, metric, d, ntotal }).toEqual({
      kind: 'itq',
      spaceId: 'golden-v1/32',
      metric: 'l2sq',
      d: 32,
      ntotal: 5,
    });
    expect(savedSpec(fixture('itq-v1.akin'))).toEqual({
      kind: 'itq',
      nbits: 32,
      rerank: 'sq8',
      seed: 7,
    });
    expect([...index.liveIds()]).toEqual([2, 3, 5, 4096, 4294967295]);
    const vector = new Float32Array(32);
    // Component i of row r is ((37 r + 11 i) mod 255 − 127) / 64.
    index.reconstruct(5, vector);
    expect([vector[0], vector[1], vector[31]]).toEqual([-53 / 64, -42 / 64, 33 / 64]);
  });

  it('is searched by its codes', () => {
    // Near the mean, on the positive side of hyperplane 0 alone: id 5 has this code.
    const query = mean.map((x, i) => x + (i === 0 ? 0.25 : -0.25));
    const { ids, scores, stats } = index.search(query, { k: 5, rerank: 0 });
    expect(stats).toMatchObject({ codesScanned: 5, reranked: 0 });
    // Each bit that differs costs (0.75² − 0.25²) more; these codes differ in 0, 1, 7, 30 and 31.
    expect([...ids]).toEqual([5, 2, 4294967295, 4096, 3]);
    const expected = [0, 1, 7, 30, 31].map((bits) => 32 * 0.0625 + bits * 0.5);
    scores.forEach((score, rank) => {
      expect(score).toBeCloseTo(expected[rank]!, 5);
    });
  });

  it('is reranked with its SQ8 store', () => {
    const query = new Float32Array(32);
    index.reconstruct(4096, query);
    const { ids, scores, stats } = index.search(query, { k: 1 });
    expect([ids[0], stats.reranked]).toEqual([4096, 5]);
    expect(scores[0]).toBeCloseTo(0, 3);
  });

  it('is saved back byte for byte', () => {
    expect(index.serialize()).toEqual(fixture('itq-v1.akin'));
  });
});

describe('lsh-v1.akin', () => {
  const index = golden('lsh-v1.akin');

  it('loads with the expected contents', () => {
    const { kind, spaceId, metric, d, ntotal } = index;
    expect({ kind, spaceId, metric, d, ntotal }).toEqual({
      kind: 'lsh',
      spaceId: 'golden-v1/3',
      metric: 'ip',
      d: 3,
      ntotal: 5,
    });
    expect(savedSpec(fixture('lsh-v1.akin'))).toEqual({
      kind: 'lsh',
      tables: 2,
      bits: 2,
      store: 'float32',
      seed: 4,
    });
    const vector = new Float32Array(3);
    index.reconstruct(700, vector);
    expect([...vector]).toEqual([-1, 0.5, 0]);
    expect([...index.structure().hashes!.codes]).toEqual([1, 2, 2, 0, 0, 3, 2, 0, 1, 3]);
  });

  it('is searched by its buckets', () => {
    // Keys 1 and 2, as id 1. The rows with key 1 in the first table are ids 1 and 4294967295; with
    // key 2 in the second, id 1.
    const query = Float32Array.of(1, 0.125, 0.25);
    const found = index.search(query, { k: 1, probes: 1, trace: true });
    expect(found.stats).toMatchObject({ codesScanned: 2, cellsVisited: 2 });
    expect([found.ids[0], found.scores[0]]).toEqual([1, 1]);
    expect(found.trace!.slice(0, 2)).toEqual([
      {
        step: 'bucket',
        table: 0,
        key: 1,
        flipped: [],
        cost: 0,
        ids: Uint32Array.of(1, 4294967295),
        collected: 2,
      },
      {
        step: 'bucket',
        table: 1,
        key: 2,
        flipped: [],
        cost: 0,
        ids: Uint32Array.of(1),
        collected: 0,
      },
    ]);
    const all = index.search(query, { k: 5, probes: 4 });
    expect(all.stats.codesScanned).toBe(5);
    expect([...all.ids]).toEqual([1, 6, 4294967295, 4, 700]);
  });

  it('is saved back byte for byte', () => {
    expect(index.serialize()).toEqual(fixture('lsh-v1.akin'));
  });
});

const NAN = Number.NaN;
const INFINITY = Number.POSITIVE_INFINITY;
const shared = [
  setUint32('id 0', SECTION.ids, 0, 0),
  setUint32('ids that fall', SECTION.ids, 2, 1),
  setUint32('another seed', SECTION.params, 5, 0xffffffff, null),
  setUint32('an nprobe', SECTION.params, 1, 1),
  setFloat32('a mean with a NaN', SECTION.mu, 0, NAN),
  setFloat32('a mean with an infinity', SECTION.mu, 2, INFINITY),
  setFloat32('a mean too far out', SECTION.mu, 1, 1e30),
  setFloat32('another mean', SECTION.mu, 1, 0.5, null),
];

describeCorrupt('ITQ', () => fixture('itq-v1.akin'), [
  ...shared,
  setUint32('the same id twice', SECTION.ids, 1, 2),
  setUint32('no rerank store', SECTION.params, 0, 0),
  setUint32('another rerank store', SECTION.params, 0, 2),
  setFloat32('a direction with a NaN', SECTION.hashProjection, 40, NAN),
  setFloat32('a direction with an infinity', SECTION.hashProjection, 1023, -INFINITY),
  setFloat32('a direction too long', SECTION.hashProjection, 0, 1e19),
  setFloat32('another direction', SECTION.hashProjection, 0, -2, null),
  setUint32('other codes', SECTION.hashCodes, 1, 0x12345678, null),
  setFloat32('a scale of 0', SECTION.sq8Scales, 0, 0),
  setUint32('an SQ8 code of −128', SECTION.sq8Codes, 1, 0x00000080),
]);

describeCorrupt('LSH', () => fixture('lsh-v1.akin'), [
  ...shared,
  setUint32('the same id twice', SECTION.ids, 1, 1),
  setUint32('no store', SECTION.params, 0, 0),
  setUint32('another store', SECTION.params, 0, 1),
  setFloat32('a hyperplane with a NaN', SECTION.hyperplanes, 11, NAN),
  setFloat32('a hyperplane with an infinity', SECTION.hyperplanes, 0, INFINITY),
  setFloat32('a hyperplane too long', SECTION.hyperplanes, 0, 1e19),
  setFloat32('another hyperplane', SECTION.hyperplanes, 3, 2, null),
  setUint32('a key of three bits', SECTION.bucketKeys, 4, 4),
  setUint32('a key of 32 bits', SECTION.bucketKeys, 9, 0xffffffff),
  setUint32('another key', SECTION.bucketKeys, 0, 3, null),
  setFloat32('a vector with a NaN', SECTION.vectors, 3, NAN),
  setFloat32('a vector too long', SECTION.vectors, 7, 1e30),
]);
