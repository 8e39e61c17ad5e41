import { expect, it } from 'vitest';
import { type Polygon, treeRegions } from './tree-regions.ts';

/** The root cuts at u = 1, its right side at v = 2. */
const TREE = {
  left: Uint32Array.of(1, 0, 3, 0, 0),
  right: Uint32Array.of(2, 0, 4, 0, 0),
  cutOf: Uint32Array.of(0, 0, 1, 0, 0),
  normals: Float32Array.of(1, 0, 0, 1),
  offsets: Float32Array.of(1, 2),
  rows: Uint32Array.of(0, 1, 2),
  firstOf: Uint32Array.of(0, 0, 0, 2, 3),
  countOf: Uint32Array.of(0, 2, 0, 1, 0),
};

const area = (polygon: Polygon) =>
  Math.abs(
    polygon.reduce((sum, [u, v], i) => {
      const [u2, v2] = polygon[(i + 1) % polygon.length]!;
      return sum + u * v2 - u2 * v;
    }, 0),
  ) / 2;

it('divides the plane as the tree does', () => {
  const { cuts, leaves, leafCount, depth } = treeRegions(TREE, [0, 0, 4, 4]);
  expect([...leaves].map(([node, region]) => [node, area(region)])).toEqual([
    [1, 4],
    [3, 6],
    [4, 6],
  ]);
  expect(cuts.map(({ depth: at }) => at)).toEqual([0, 1]);
  expect(cuts[0]!.from[0]).toBe(1);
  expect(cuts[1]!.from[1]).toBe(2);
  expect(leafCount).toBe(2);
  expect(depth).toBe(2);
});
