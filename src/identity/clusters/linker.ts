import type { Constraints } from '../constraints/constraints.ts';
import type { FaceVectors } from '../faces/faceVectors.ts';
import { Cluster, type ClusterFace, isCore } from './cluster.ts';

/** How near is near. L2 distances. */
export interface ClusterSettings {
  /** Two faces this near are neighbours. */
  readonly radius: number;
  /** Two clusters are one only where their faces are this near on average, all with all. */
  readonly meanRadius: number;
  /** Neighbours asked for, at most. */
  readonly maxNeighbours: number;
}

/**
 * For the vectors of dlib's net. At 0.50 hardly any two people's faces are neighbours (0 to 0.2 % in
 * every set measured), while 80 to 100 % of one person's are; 0.55 is where the net's "same" ends.
 */
export const DLIB_SETTINGS: ClusterSettings = {
  radius: 0.5,
  meanRadius: 0.55,
  maxNeighbours: 48,
};

/**
 * Joins the clusters of two near faces, if one of them is a core, nothing keeps the clusters apart,
 * and they are near as wholes. The last is what stops a chain: one face between two siblings is near
 * both, but the siblings' other faces are not near each other.
 *
 * A face that is no core joins one cluster and draws no other in.
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

/** A cluster of one face, for the time of a trial; `undefined` where its vector is gone. */
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
