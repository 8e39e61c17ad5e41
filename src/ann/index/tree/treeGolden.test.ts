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

describe('kdtree-v1.akin', () => {
  const index = golden('kdtree-v1.akin');
  const query = Float32Array.of(1, 0, 0);

  it('loads with the expected contents', () => {
    const { kind, spaceId, metric, d, ntotal } = index;
    expect({ kind, spaceId, metric, d, ntotal }).toEqual({
      kind: 'kdtree',
      spaceId: 'golden-v1/3',
      metric: 'l2sq',
      d: 3,
      ntotal: 5,
    });
    const spec = { kind: 'kdtree', leafSize: 2, store: 'float32' };
    expect(savedSpec(fixture('kdtree-v1.akin'))).toEqual(spec);
    expect([...index.liveIds()]).toEqual([1, 2, 9, 4096, 4294967295]);
    const vector = new Float32Array(3);
    index.reconstruct(4294967295, vector);
    expect([...vector]).toEqual([0.5, -1, 0.125]);
  });

  it('is searched leaf by leaf, nearest first', () => {
    const { ids, scores, stats, trace } = index.search(query, { k: 2, trace: true });
    expect([...ids]).toEqual([2, 4294967295]);
    expect([...scores]).toEqual([0.0625, 1.265625]);
    // The last bound, 1.25, is still below the worse of both.
    expect(stats).toMatchObject({ codesScanned: 5, cellsVisited: 4, nodesVisited: 3 });
    expect(trace!.map((each) => ('bound' in each ? [each.node, each.bound] : each.step))).toEqual([
      [0, 0],
      [2, 0],
      [5, 0],
      [6, 1 / 64],
      [1, 1],
      [3, 1],
      [4, 1.25],
      'scan',
    ]);
    expect(trace![1]).toEqual({
      step: 'node',
      tree: 0,
      node: 2,
      depth: 1,
      bound: 0,
      normal: Float32Array.of(0, 0, 1),
      offset: 0.125,
      near: 'left',
    });
    const one = index.search(query, { k: 1, maxLeaves: 1 });
    expect(one.stats).toMatchObject({ codesScanned: 2, cellsVisited: 1, nodesVisited: 2 });
    // The nearest is at 0.0625, so only the empty leaf beside it, at 1/64, is worth opening.
    expect(index.search(query, { k: 1 }).stats.cellsVisited).toBe(2);
  });

  it('is saved back byte for byte', () => {
    expect(index.serialize()).toEqual(fixture('kdtree-v1.akin'));
  });
});

describe('forest-v1.akin', () => {
  const index = golden('forest-v1.akin');

  it('loads with the expected contents', () => {
    const { kind, spaceId, metric, d, ntotal } = index;
    expect({ kind, spaceId, metric, d, ntotal }).toEqual({
      kind: 'forest',
      spaceId: 'golden-v1/2',
      metric: 'ip',
      d: 2,
      ntotal: 4,
    });
    const spec = { kind: 'forest', trees: 2, leafSize: 3, store: 'sq8', seed: 7 };
    expect(savedSpec(fixture('forest-v1.akin'))).toEqual(spec);
    expect([...index.liveIds()]).toEqual([2, 5, 9, 70000]);
    const vector = new Float32Array(2);
    index.reconstruct(5, vector);
    expect([...vector]).toEqual([63.5, 0.25]);
    expect(index.structure().trees![1]).toEqual({
      left: Uint32Array.of(1, 0, 3, 0, 0),
      right: Uint32Array.of(2, 0, 4, 0, 0),
      cutOf: Uint32Array.of(0, 0, 1, 0, 0),
      normals: Float32Array.of(0.6, 0.8, 0, -1),
      offsets: Float32Array.of(0.25, -0.5),
      rows: Uint32Array.of(1, 0, 2, 3),
      firstOf: Uint32Array.of(0, 0, 0, 1, 1),
      countOf: Uint32Array.of(0, 1, 0, 0, 3),
    });
  });

  it('is searched tree by tree, the surest side first', () => {
    // Of length 2: the planes know its direction alone.
    const query = Float32Array.of(2, 0);
    const first = index.search(query, { k: 1, searchK: 1, trace: true });
    expect(first.stats).toMatchObject({ codesScanned: 2, cellsVisited: 1, nodesVisited: 1 });
    expect(first.ids[0]).toBe(5);
    expect(first.scores[0]).toBeCloseTo(127, 2);
    const all = index.search(query, { k: 4, trace: true });
    expect([...all.ids]).toEqual([5, 9, 70000, 2]);
    expect(all.stats).toMatchObject({ codesScanned: 4, nodesVisited: 3 });
    const steps = all.trace!.map((each) =>
      'bound' in each
        ? [each.tree, each.node, Math.round(1000 * each.bound), 'scanned' in each && each.scanned]
        : each.step,
    );
    // Margins: 1 in the first tree; 0.35 and then 0.5 in the second.
    expect(steps).toEqual([
      [0, 0, Number.NEGATIVE_INFINITY, false],
      [0, 2, -1000, 2],
      [1, 0, Number.NEGATIVE_INFINITY, false],
      [1, 2, -350, false],
      [1, 4, -350, 1],
      [1, 1, 350, 1],
      'scan',
    ]);
  });

  it('is saved back byte for byte', () => {
    expect(index.serialize()).toEqual(fixture('forest-v1.akin'));
  });
});

const NAN = Number.NaN;
const INFINITY = Number.POSITIVE_INFINITY;
const STORE = 0;
const LEAF_SIZE = 6;

describeCorrupt('k-d tree', () => fixture('kdtree-v1.akin'), [
  setUint32('no store', SECTION.params, STORE, 0),
  setUint32('another store', SECTION.params, STORE, 1),
  setUint32('a seed', SECTION.params, 5, 1),
  setUint32('a leaf size of 0', SECTION.params, LEAF_SIZE, 0),
  setUint32('another leaf size', SECTION.params, LEAF_SIZE, 65_536, null),
  setUint32('id 0', SECTION.ids, 0, 0),
  setUint32('the same id twice', SECTION.ids, 2, 2),
  setUint32('another id', SECTION.ids, 3, 4294967294, null),
  setUint32('ids that fall within a leaf', SECTION.ids, 0, 5000),
  setUint32('leaves that begin after the first row', SECTION.cellStarts, 0, 1),
  setUint32('leaves out of order', SECTION.cellStarts, 1, 4),
  setUint32('leaves beyond the rows', SECTION.cellStarts, 2, 0xffffffff),
  setUint32('leaves that end before the last row', SECTION.cellStarts, 4, 4),
  setUint32('a row in the empty leaf', SECTION.cellStarts, 3, 4, null),
  setUint32('a row in another leaf than its own', SECTION.cellStarts, 1, 1),
  setUint32('a component that is not there', SECTION.treeNodes, 1, 3),
  setUint32('a component that is far too large', SECTION.treeNodes, 2, 0xffffffff),
  setFloat32('a cut at NaN', SECTION.treePlanes, 0, NAN),
  setFloat32('a cut at infinity', SECTION.treePlanes, 2, INFINITY),
  setFloat32('a cut left of a row on its left', SECTION.treePlanes, 1, 0.25),
  setFloat32('a cut right of a row on its right', SECTION.treePlanes, 0, 0.75),
  setFloat32('another cut', SECTION.treePlanes, 1, 0.625, null),
  setFloat32('a vector beyond its cut', SECTION.vectors, 0, 1),
  setFloat32('a vector with a NaN', SECTION.vectors, 3, NAN),
  setFloat32('a vector too long', SECTION.vectors, 7, 1e30),
  setFloat32('another vector', SECTION.vectors, 0, -3, null),
]);

describeCorrupt('forest', () => fixture('forest-v1.akin'), [
  setUint32('no store', SECTION.params, STORE, 0),
  setUint32('another store', SECTION.params, STORE, 2),
  setUint32('a leaf size of 0', SECTION.params, LEAF_SIZE, 0),
  setUint32('another seed', SECTION.params, 5, 0xffffffff, null),
  setUint32('id 0', SECTION.ids, 3, 0),
  setUint32('the same id twice', SECTION.ids, 1, 9),
  setUint32('other ids, in another order', SECTION.ids, 3, 1, null),
  setUint32('a child that is its own parent', SECTION.treeNodes, 0, 0),
  setUint32('a right child that is the left one', SECTION.treeNodes, 0, 1),
  setUint32('a right child in the next tree', SECTION.treeNodes, 0, 3),
  setUint32('a right child beyond all nodes', SECTION.treeNodes, 10, 0xffffffff),
  setUint32('a right child of its parent’s sibling', SECTION.treeNodes, 6, 7),
  setUint32('an inner node with rows', SECTION.treeNodes, 1, 1),
  setUint32('a leaf with children', SECTION.treeNodes, 2, 2),
  setUint32('a leaf of too many rows', SECTION.treeNodes, 3, 3),
  setUint32('a leaf of far too many rows', SECTION.treeNodes, 15, 0xffffffff),
  setUint32('a leaf of too few rows', SECTION.treeNodes, 15, 2),
  setFloat32('a plane with a NaN', SECTION.treePlanes, 3, NAN),
  setFloat32('an offset that is infinite', SECTION.treePlanes, 5, -INFINITY),
  setFloat32('another plane', SECTION.treePlanes, 4, -8, null),
  setUint32('a row twice in a leaf', SECTION.leafRows, 1, 0),
  setUint32('a row in two leaves of a tree', SECTION.leafRows, 4, 3),
  setUint32('rows that fall', SECTION.leafRows, 6, 0),
  setUint32('a row that is not there', SECTION.leafRows, 7, 4),
  setUint32('a root after the first node', SECTION.treeRoots, 0, 1),
  setUint32('a root inside of a tree', SECTION.treeRoots, 1, 2),
  setUint32('a root beyond all nodes', SECTION.treeRoots, 1, 0xffffffff),
  setFloat32('a scale of 0', SECTION.sq8Scales, 0, 0),
  setFloat32('a scale that is NaN', SECTION.sq8Scales, 1, NAN),
  setUint32('an SQ8 code of −128', SECTION.sq8Codes, 1, 0x00000080),
  setUint32('other SQ8 codes', SECTION.sq8Codes, 1, 0x01020304, null),
]);
