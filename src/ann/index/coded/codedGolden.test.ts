import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { SECTION } from '../../format/header.ts';
import { scalarKernels } from '../../kernels/scalar.ts';
import { loadIndex } from '../load.ts';
import { cellDamages, describeCorrupt, setFloat32, setUint32 } from '../testing/corruptHarness.ts';

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

const RERANK = 0;
const NPROBE = 1;
const OPQ = 2;

describe('pq-v1.akin', () => {
  const index = golden('pq-v1.akin');

  it('loads with the expected contents', () => {
    const { kind, spaceId, metric, d, ntotal } = index;
    expect({ kind, spaceId, metric, d, ntotal }).toEqual({
      kind: 'pq',
      spaceId: 'golden-v1/2',
      metric: 'l2sq',
      d: 2,
      ntotal: 4,
    });
    expect([...index.liveIds()]).toEqual([3, 7, 4096, 4294967295]);
    const vector = new Float32Array(2);
    // Codes 108 and 100; the centroids are (j − 100) / 8 and (j − 100) / 4.
    index.reconstruct(3, vector);
    expect([...vector]).toEqual([1, 0]);
    index.reconstruct(4096, vector);
    expect([...vector]).toEqual([19.375, -25]);
  });

  it('is searched by its codes', () => {
    const { ids, scores } = index.search(Float32Array.of(1, 0.5), { k: 2 });
    expect([...ids]).toEqual([3, 4294967295]);
    expect([...scores]).toEqual([0.25, 0.875 ** 2 + 0.75 ** 2]);
  });

  it('is saved back byte for byte', () => {
    expect(index.serialize()).toEqual(fixture('pq-v1.akin'));
  });
});

describe('opq-v1.akin', () => {
  const index = golden('opq-v1.akin');

  it('loads with the expected contents', () => {
    const { kind, metric, d, ntotal } = index;
    expect({ kind, metric, d, ntotal }).toEqual({ kind: 'opq', metric: 'ip', d: 4, ntotal: 35 });
    const vector = new Float32Array(4);
    index.reconstruct(5 * 34 + 2, vector);
    expect([...vector]).toEqual([1.5, 4.25, 93 / 8, -4]);
  });

  it('is searched by its codes in rotated space', () => {
    // R maps it to (0.75, −0.5, 0, −1). Row 34 is in the second of two blocks of codes:
    // codes 2 and 7, that is (−0.5, 1.5) and (0.75, 3.5).
    const { ids, scores } = index.search(Float32Array.of(0.5, 0.75, 1, 0), { k: 35, rerank: 0 });
    expect(ids).toHaveLength(35);
    expect(scores[ids.indexOf(172)]).toBeCloseTo(0.75 * -0.5 - 0.5 * 1.5 - 3.5, 5);
  });

  it('is reranked with its SQ8 store', () => {
    const { ids, scores } = index.search(Float32Array.of(0, 1, 0, 0), { k: 3 });
    expect([...ids]).toEqual([172, 167, 162]);
    expect([...scores].map((score) => Math.round(score * 100) / 100)).toEqual([4.25, 4, 3.75]);
  });

  it('is saved back byte for byte', () => {
    expect(index.serialize()).toEqual(fixture('opq-v1.akin'));
  });
});

describe('ivfpq-v1.akin', () => {
  const index = golden('ivfpq-v1.akin');

  it('loads with the expected contents', () => {
    const { kind, metric, d, ntotal } = index;
    expect({ kind, metric, d, ntotal }).toEqual({ kind: 'ivfpq', metric: 'ip', d: 4, ntotal: 5 });
    const vector = new Float32Array(4);
    index.reconstruct(4294967295, vector);
    expect([...vector]).toEqual([100, -100, 0.5, 0.25]);
  });

  it('is searched by residual codes within cells', () => {
    // R maps it to (0, −1, 0.5, 0). Id 2 is in the first cell, codes 3 and 12: its residual is
    // (−0.25, 2) and (2, 0.5), its centroid (1, 0, 0.5, 0).
    const query = Float32Array.of(1, 0, 0, 0.5);
    const { ids, scores, stats } = index.search(query, { k: 5, rerank: 0, nprobe: 3 });
    expect(stats).toMatchObject({ codesScanned: 5, cellsVisited: 3 });
    expect(ids).toHaveLength(5);
    expect(scores[ids.indexOf(2)]).toBeCloseTo(-1 * 2 + 0.5 * (0.5 + 2), 5);
  });

  it('uses its stored nprobe and ranks by its vectors', () => {
    // The nearest cell is empty.
    const { ids, scores, stats } = index.search(Float32Array.of(1, 0, 0, 0.5), { k: 2 });
    expect(stats).toMatchObject({ cellsVisited: 2, reranked: 3 });
    expect([...ids]).toEqual([4294967295, 5]);
    expect([...scores]).toEqual([100.125, 0.5]);
  });

  it('is saved back byte for byte', () => {
    expect(index.serialize()).toEqual(fixture('ivfpq-v1.akin'));
  });
});

const shared = [
  setUint32('id 0', SECTION.ids, 0, 0),
  setUint32('the same id twice', SECTION.ids, 1, 2),
  setFloat32('a sub-centroid with a NaN', SECTION.pqCentroids, 3, Number.NaN),
  setFloat32('a sub-centroid with an infinity', SECTION.pqCentroids, 8, Number.NEGATIVE_INFINITY),
  setFloat32('a sub-centroid too long', SECTION.pqCentroids, 0, 1e30),
  setFloat32('another sub-centroid', SECTION.pqCentroids, 5, 0.125, null),
];
const rotated = [
  setFloat32('a rotation with a NaN', SECTION.rotation, 0, Number.NaN),
  setFloat32('a rotation with an infinity', SECTION.rotation, 5, Number.POSITIVE_INFINITY),
  setFloat32('a rotation that stretches', SECTION.rotation, 1, 1.25),
  setFloat32('a rotation that flattens', SECTION.rotation, 1, 0),
  setFloat32('another rotation', SECTION.rotation, 1, -1, null),
];

describeCorrupt('PQ', () => fixture('pq-v1.akin'), [
  ...shared,
  setUint32('ids that fall', SECTION.ids, 2, 6),
  setUint32('an nprobe', SECTION.params, NPROBE, 1),
  setUint32('a rotation of a kind without', SECTION.params, OPQ, 1),
  setUint32('a re-rank store that is not there', SECTION.params, RERANK, 1),
  setUint32('other codes', SECTION.codes, 1, 0xff00ff00, null),
]);

describeCorrupt('OPQ', () => fixture('opq-v1.akin'), [
  ...shared,
  ...rotated,
  setUint32('ids that fall', SECTION.ids, 2, 6),
  setUint32('no re-rank store', SECTION.params, RERANK, 0),
  setUint32('another re-rank store', SECTION.params, RERANK, 2),
  setUint32('an nprobe', SECTION.params, NPROBE, 1),
  setUint32('other codes', SECTION.codes, 2, 0x12345678, null),
  // Two blocks of 32 bytes: rows 35 to 47 are in the low halves of bytes 3 to 15 of a run.
  setUint32('codes of rows that are not there', SECTION.codes, 9, 0x00000001),
  setUint32('codes in the high halves of the last block', SECTION.codes, 12, 0x00000010),
  setFloat32('a scale of 0', SECTION.sq8Scales, 0, 0),
  setUint32('an SQ8 code of −128', SECTION.sq8Codes, 1, 0x00000080),
]);

describeCorrupt('IVF-PQ', () => fixture('ivfpq-v1.akin'), [
  ...shared,
  ...rotated,
  setUint32('the same id in two cells', SECTION.ids, 2, 9),
  setUint32('ids that fall within a cell', SECTION.ids, 3, 4294967295),
  setUint32('an nprobe of 0', SECTION.params, NPROBE, 0),
  setUint32('an nprobe over nlist', SECTION.params, NPROBE, 4),
  setUint32('no rotation', SECTION.params, OPQ, 0),
  setUint32('a rotation and a half', SECTION.params, OPQ, 2),
  setUint32('no re-rank store', SECTION.params, RERANK, 0),
  ...cellDamages(3),
  setUint32('codes of rows that are not there', SECTION.codes, 3, 0x01000000),
  setFloat32('a vector with a NaN', SECTION.vectors, 3, Number.NaN),
  setFloat32('a vector too long', SECTION.vectors, 7, 1e30),
]);
