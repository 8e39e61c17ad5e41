import type { IndexStructure } from '../../../../protocol/index.ts';

type TreeStructure = NonNullable<IndexStructure['trees']>[number];

/** A convex polygon on the plane: u and v of each corner in turn. */
export type Polygon = readonly (readonly [u: number, v: number])[];

/** One cut of a tree, as long as its node's region. */
export interface TreeCut {
  readonly from: readonly [u: number, v: number];
  readonly to: readonly [u: number, v: number];
  /** Of its node; the root is 0. */
  readonly depth: number;
}

/** How a tree divides a part of the plane. */
export interface TreeRegions {
  readonly cuts: readonly TreeCut[];
  /** By number of the leaf's node. */
  readonly leaves: ReadonlyMap<number, Polygon>;
  /** The number of leaves with photos. */
  readonly leafCount: number;
  readonly depth: number;
}

/**
 * Cuts a rectangle as a tree of two dimensions cuts the plane.
 *
 * @param seen u and v of its lowest corner, then of the highest
 */
export function treeRegions(
  tree: TreeStructure,
  [u0, v0, u1, v1]: readonly [number, number, number, number],
): TreeRegions {
  const cuts: TreeCut[] = [];
  const leaves = new Map<number, Polygon>();
  let depthMost = 0;
  const visit = (node: number, region: Polygon, depth: number) => {
    const left = tree.left[node]!;
    const right = tree.right[node]!;
    depthMost = Math.max(depthMost, depth);
    if (left === 0 && right === 0) {
      leaves.set(node, region);
      return;
    }
    const cut = tree.cutOf[node]!;
    const normal = [tree.normals[2 * cut]!, tree.normals[2 * cut + 1]!] as const;
    const sides = split(region, normal, tree.offsets[cut]!);
    const [from, to] = sides.line;
    if (from && to) cuts.push({ from, to, depth });
    visit(left, sides.below, depth + 1);
    visit(right, sides.above, depth + 1);
  };
  visit(
    0,
    [
      [u0, v0],
      [u1, v0],
      [u1, v1],
      [u0, v1],
    ],
    0,
  );
  const leafCount = [...leaves.keys()].filter((node) => tree.countOf[node]! > 0).length;
  return { cuts, leaves, leafCount, depth: depthMost };
}

/** Cuts a polygon into the part with `normal · x < offset`, and the rest. */
function split(
  polygon: Polygon,
  [a, b]: readonly [number, number],
  offset: number,
): { below: Polygon; above: Polygon; line: Polygon } {
  const below: (readonly [number, number])[] = [];
  const above: (readonly [number, number])[] = [];
  const line: (readonly [number, number])[] = [];
  const side = ([u, v]: readonly [number, number]) => a * u + b * v - offset;
  polygon.forEach((corner, i) => {
    const next = polygon[(i + 1) % polygon.length]!;
    const here = side(corner);
    const there = side(next);
    (here < 0 ? below : above).push(corner);
    if (here < 0 === there < 0) return;
    const part = here / (here - there);
    const crossing = [
      corner[0] + part * (next[0] - corner[0]),
      corner[1] + part * (next[1] - corner[1]),
    ] as const;
    below.push(crossing);
    above.push(crossing);
    line.push(crossing);
  });
  return { below, above, line };
}
