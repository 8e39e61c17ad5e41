import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { SECTION } from '../../format/header.ts';
import { scalarKernels } from '../../kernels/scalar.ts';
import { loadIndex } from '../load.ts';
import { savedSpec } from '../savedSpec.ts';
import { describeCorrupt, setFloat32, setUint32 } from '../testing/corruptHarness.ts';

/**
 * Saved graphs, each committed once and NEVER regenerated (see `golden.test.ts`), packed field by
 * field from `docs/format.md` with Python's `struct` and `zlib.crc32`.
 */
function fixture(name: string): ArrayBuffer {
  const url = new URL(`../../format/fixtures/${name}`, import.meta.url);
  return new Uint8Array(readFileSync(url)).buffer;
}

const golden = (name: string) => loadIndex(scalarKernels(), fixture(name));

describe('hnsw-v1.akin', () => {
  it('loads with the expected contents', () => {
    const index = golden('hnsw-v1.akin');
    const { kind, spaceId, metric, d, ntotal } = index;
    expect({ kind, spaceId, metric, d, ntotal }).toEqual({
      kind: 'hnsw',
      spaceId: 'golden-v1/2',
      metric: 'l2sq',
      d: 2,
      ntotal: 5,
    });
    expect([...index.liveIds()]).toEqual([2, 3, 9, 10, 4294967295]);
    const vector = new Float32Array(2);
    index.reconstruct(4294967295, vector);
    expect([...vector]).toEqual([5, 0.5]);
    expect(savedSpec(fixture('hnsw-v1.akin'))).toEqual({
      kind: 'hnsw',
      M: 2,
      efConstruction: 40,
      store: 'float32',
      seed: 7,
    });
    const { graph } = index.structure();
    expect([graph!.entry, ...graph!.levels]).toEqual([1, 0, 2, 0, 1, 0]);
    const [bottom, first, top] = graph!.layers;
    expect([...bottom!.starts]).toEqual([0, 2, 4, 7, 9, 10]);
    expect([...bottom!.neighbours]).toEqual([1, 2, 0, 2, 1, 3, 0, 2, 4, 3]);
    expect([...first!.starts, ...first!.neighbours]).toEqual([0, 0, 1, 1, 2, 2, 3, 1]);
    expect([...top!.neighbours]).toEqual([]);
  });

  it('is walked from the top', () => {
    const query = Float32Array.of(5, 0);
    const {
      ids: found,
      scores,
      stats,
      trace,
    } = golden('hnsw-v1.akin').search(query, {
      k: 1,
      efSearch: 1,
      trace: true,
    });
    expect([...found, ...scores]).toEqual([4294967295, 0.25]);
    // Of each layer the row where it is entered: 3. And 10; 9 and 4294967295.
    expect(stats.codesScanned).toBe(6);
    const hops = trace!.filter((step) => step.step === 'hop');
    expect(hops.map(({ layer, id, key, neighbours }) => [layer, id, key, ...neighbours])).toEqual([
      [2, 3, 9],
      [1, 3, 9, 10],
      [1, 10, 1],
      [0, 10, 1, 9, 4294967295],
      [0, 4294967295, 0.25],
    ]);
    expect([...hops[3]!.keys]).toEqual([4, 0.25]);
  });

  it('is saved back byte for byte', () => {
    expect(golden('hnsw-v1.akin').serialize()).toEqual(fixture('hnsw-v1.akin'));
  });
});

describe('hnsw-sq8-v1.akin', () => {
  it('loads with the expected contents', () => {
    const index = golden('hnsw-sq8-v1.akin');
    const vector = new Float32Array(2);
    index.reconstruct(10, vector);
    expect([...vector]).toEqual([4, -31.75]);
    const { ids } = index.search(Float32Array.of(0, -1), { k: 1 });
    expect([...ids]).toEqual([10]);
  });

  it('is saved back byte for byte', () => {
    expect(golden('hnsw-sq8-v1.akin').serialize()).toEqual(fixture('hnsw-sq8-v1.akin'));
  });
});

const NONE = 0xffffffff;
const { params, ids, levels, links, upperLinks } = SECTION;

const damages = [
  setUint32('efConstruction 0', params, 0, 0),
  setUint32('an efConstruction too large', params, 0, 4097),
  setUint32('another efConstruction', params, 0, 4096, null),
  setUint32('a list too few above the bottom', params, 1, 2),
  setUint32('a list too many above the bottom', params, 1, 4),
  setUint32('another seed', params, 5, 8, null),
  setUint32('id 0', ids, 0, 0),
  setUint32('the same id twice', ids, 1, 2),
  setUint32('ids that fall', ids, 1, 10),
  setUint32('a level too many', levels, 0, 0x01000201),
  setUint32('a level too high', levels, 0, 0x00001100),
  setUint32('levels that no list is for', levels, 0, 0),
  setUint32('a link to its own row', links, 0, 0),
  setUint32('a link to a row that is not there', links, 0, 5),
  setUint32('a link twice', links, 1, 1),
  setUint32('a link after the end of a list', links, 3, 3),
  setUint32('a list that ends at once', links, 0, NONE),
  setUint32('another link', links, 1, 3, null),
  setUint32('one link less', links, 13, NONE, null),
  setUint32('one link more', links, 14, 1, null),
  setUint32('a link to a row that is not in the layer', upperLinks, 0, 2),
  setUint32('a link to its own row above the bottom', upperLinks, 0, 1),
  setUint32('a link in a layer above a row', upperLinks, 2, 3),
  setUint32('a link less above the bottom', upperLinks, 0, NONE, null),
];

describeCorrupt('HNSW', () => fixture('hnsw-v1.akin'), [
  ...damages,
  setFloat32('a component that is NaN', SECTION.vectors, 3, Number.NaN),
  setFloat32('a vector too long', SECTION.vectors, 7, 1e30),
  setFloat32('a vector of length zero', SECTION.vectors, 0, 0),
]);

describeCorrupt('HNSW of SQ8', () => fixture('hnsw-sq8-v1.akin'), [
  ...damages,
  setFloat32('a scale of 0', SECTION.sq8Scales, 0, 0),
  setUint32('a code of −128', SECTION.sq8Codes, 1, 0x00008000),
]);
