import type { Constraints } from '../constraints/constraints.ts';
import type { FaceVectors } from '../faces/faceVectors.ts';
import { Cluster, type ClusterFace, isCore } from './cluster.ts';

/** Distance thresholds, L2. */
export interface ClusterSettings {
  /** Two faces within this distance are neighbors. */
  readonly radius: number;
  /** Two clusters merge only if their faces are within this distance on average over all pairs. */
  readonly meanRadius: number;
  /** Maximum number of neighbors requested. */
  readonly maxNeighbours: number;
}

/**
 * For dlib's vectors. Within 0.50 hardly any faces of different people are neighbors (0 to 0.2 %
 * in every set measured), but 80 to 100 % of one person's are; dlib's own threshold for "same" is
 * 0.55.
 */
export const DLIB_SETTINGS: ClusterSettings = {
  radius: 0.5,
  meanRadius: 0.55,
  maxNeighbours: 48,
};

/**
 * Merges the clusters of two near faces if one of them is a core, no constraint forbids it, and the
 * clusters are near as a whole. The last condition prevents chaining: a face between two siblings
 * may be near both, but the siblings' other faces are far apart.
 *
 * A border point joins one cluster and does not extend it.
 */
export function link(
  a: ClusterFace,
  b: ClusterFace,
  vectors: FaceVectors,
  constraints: Constraints,
  settings: ClusterSettings,
): void {
  if (a.cluster !== undefined && a.cluster === b.cluster) return;
  const coreA = isCore(a);
  const coreB = isCore(b);
  if (!coreA && !coreB) return;
  if ((!coreA && a.cluster) || (!coreB && b.cluster)) return;
  const clusterA = a.cluster ?? alone(a, vectors);
  const clusterB = b.cluster ?? alone(b, vectors);
  if (clusterA && clusterB) {
    const apart =
      clusterA.distanceTo(clusterB) > settings.meanRadius ||
      clusterA.conflictsWith(clusterB, constraints);
    if (!apart) {
      const [kept, gone] =
        clusterA.size >= clusterB.size ? [clusterA, clusterB] : [clusterB, clusterA];
      kept.absorb(gone);
      return;
    }
  }
  dissolve(a);
  dissolve(b);
}

/** A temporary cluster of one face; `undefined` if its vector is gone. */
function alone(known: ClusterFace, vectors: FaceVectors): Cluster | undefined {
  const vector = vectors.vectorOf(known.face.faceKey);
  if (!vector) return undefined;
  const cluster = new Cluster(vectors.d);
  cluster.add(known, vector);
  return cluster;
}

function dissolve(known: ClusterFace): void {
  if (known.cluster?.size === 1) known.cluster = undefined;
}
