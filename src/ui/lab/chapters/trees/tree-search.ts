import type {
  IndexStructure,
  LabAnswer,
  LabSample,
  PhotoId,
  TraceStep,
} from '../../../../protocol/index.ts';
import { t } from '../../../text/t.ts';
import { type Neighbor, neighborsOf } from '../../pure/neighbors.ts';
import { type TreeRegions, treeRegions } from './tree-regions.ts';

export type OpenedLeaf = Extract<TraceStep, { step: 'leaf' }>;

/** Trees of the plane, and what a search of them did. */
export interface TreesOnPlane {
  readonly trees: readonly {
    readonly regions: TreeRegions;
    readonly opened: ReadonlySet<number>;
  }[];
  /** In the order in which they were opened. */
  readonly leaves: readonly OpenedLeaf[];
  /** Photos of the opened leaves. */
  readonly reached: ReadonlySet<PhotoId>;
}

/** Room around the photos that the trees divide, as a part of their extent. */
const MARGIN = 2;

export function treesOf(
  { plane }: Pick<LabSample, 'plane'>,
  { trees = [] }: IndexStructure,
  trace: readonly TraceStep[],
): TreesOnPlane {
  const leaves = trace.filter((step): step is OpenedLeaf => step.step === 'leaf');
  const seen = extent(plane);
  return {
    trees: trees.map((tree, number) => ({
      regions: treeRegions(tree, seen),
      opened: new Set(leaves.filter((leaf) => leaf.tree === number).map(({ node }) => node)),
    })),
    leaves,
    reached: new Set(leaves.flatMap(({ ids }) => [...ids])),
  };
}

/** More of the plane than any drawing shows. */
function extent(plane: Float32Array): [number, number, number, number] {
  let [u0, v0, u1, v1] = [0, 0, 0, 0];
  for (let i = 0; i < plane.length; i += 2) {
    u0 = Math.min(u0, plane[i]!);
    u1 = Math.max(u1, plane[i]!);
    v0 = Math.min(v0, plane[i + 1]!);
    v1 = Math.max(v1, plane[i + 1]!);
  }
  const room = MARGIN * Math.max(u1 - u0, v1 - v0);
  return [u0 - room, v0 - room, u1 + room, v1 + room];
}

/** The true neighbors; those missed lie in leaves that stayed closed. */
export function neighboursByLeaf(
  { reached }: TreesOnPlane,
  answer: Pick<LabAnswer, 'ids' | 'truth'>,
): readonly Neighbor[] {
  return neighborsOf(answer, (id) =>
    t(reached.has(id) ? 'lab.trees.crowdedOut' : 'lab.trees.closed'),
  );
}

/** Photos per leaf so that there are a few dozen leaves to look at, or fewer photos per leaf. */
export function leafSizeFor(photos: number): number {
  return Math.min(32, Math.max(2, Math.round(photos / 40)));
}
