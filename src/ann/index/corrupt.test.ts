import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { MAX_D, SECTION } from '../format/header.ts';
import { scalarKernels } from '../kernels/scalar.ts';
import { FlatIndex } from './flat/flat.ts';
import { loadIndex } from './load.ts';
import {
  cellDamages,
  describeCorrupt,
  mostLoadBytes,
  setFloat32,
  setUint32,
} from './testing/corruptHarness.ts';

function golden(name: string): () => ArrayBuffer {
  const url = new URL(`../format/fixtures/${name}`, import.meta.url);
  return () => new Uint8Array(readFileSync(url)).buffer;
}

const NPROBE = 1;
const SEED = 5;
const NAN = Number.NaN;
const INFINITY = Number.POSITIVE_INFINITY;

describeCorrupt('flat', golden('flat-v1.akin'), [
  setFloat32('a component that is NaN', SECTION.vectors, 0, NAN),
  setFloat32('a component that is infinite', SECTION.vectors, 4, INFINITY),
  setFloat32('a vector too long', SECTION.vectors, 7, 1e30),
  setFloat32('a vector of length zero', SECTION.vectors, 0, 0),
  setFloat32('another vector', SECTION.vectors, 3, 2, null),
  setUint32('id 0', SECTION.ids, 0, 0),
  setUint32('the same id twice', SECTION.ids, 1, 3),
  setUint32('ids that fall', SECTION.ids, 2, 5),
  setUint32('another id', SECTION.ids, 2, 8, null),
]);

describeCorrupt('flat SQ8', golden('flat-sq8-v1.akin'), [
  setUint32('id 0', SECTION.ids, 0, 0),
  setUint32('the same id twice', SECTION.ids, 1, 3),
  setUint32('ids that fall', SECTION.ids, 2, 5),
  setFloat32('a scale of 0', SECTION.sq8Scales, 0, 0),
  setFloat32('a negative scale', SECTION.sq8Scales, 0, -1),
  setFloat32('a scale that is NaN', SECTION.sq8Scales, 1, NAN),
  setFloat32('a scale that is infinite', SECTION.sq8Scales, 2, INFINITY),
  setFloat32('a scale of vectors too long', SECTION.sq8Scales, 2, 1e30),
  setUint32('a code of −128', SECTION.sq8Codes, 1, 0x00008000),
  setUint32('other codes', SECTION.sq8Codes, 1, 0x01817f00, null),
]);

describeCorrupt('IVF', golden('ivf-v1.akin'), [
  setUint32('an nprobe of 0', SECTION.params, NPROBE, 0),
  setUint32('an nprobe over nlist', SECTION.params, NPROBE, 4),
  setUint32('another seed', SECTION.params, SEED, 0xffffffff, null),
  setUint32('a re-rank store', SECTION.params, 0, 1),
  setUint32('id 0', SECTION.ids, 0, 0),
  setUint32('the same id twice in a cell', SECTION.ids, 1, 2),
  setUint32('the same id in two cells', SECTION.ids, 1, 5),
  setUint32('ids that fall within a cell', SECTION.ids, 3, 4294967295),
  ...cellDamages(3),
  setFloat32('a centroid with an infinity', SECTION.coarse, 8, -INFINITY),
  setFloat32('a vector with a NaN', SECTION.vectors, 3, NAN),
  setFloat32('a vector with an infinity', SECTION.vectors, 14, INFINITY),
  setFloat32('a vector too long', SECTION.vectors, 7, 1e30),
]);

describe('a small file with a large d', () => {
  it('uses no more memory than its size allows', () => {
    const space = { spaceId: 'test', metric: 'ip', d: MAX_D } as const;
    const file = new FlatIndex(scalarKernels(), space).serialize();
    const kernels = scalarKernels();
    const index = loadIndex(kernels, file);
    expect(kernels.bytesInUse).toBeLessThanOrEqual(mostLoadBytes(file));
    index.dispose();
  });
});
