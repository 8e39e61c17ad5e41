import { AkinError } from '../../base/errors.ts';
import type { ClusterSnapshot, Clusters, FaceVectors } from '../../identity/index.ts';

/** Saved clusters, with the space of the vectors they were computed from. */
export interface SavedClusters extends ClusterSnapshot {
  readonly spaceId: string;
}

/** The snapshot to save: only faces with a vector. The others are added once they have one. */
export function savedClusters(
  clusters: Clusters,
  vectors: FaceVectors,
  spaceId: string,
): SavedClusters {
  const all = clusters.snapshot();
  const isSeen = Uint8Array.from(all.rows, (faceKey) => (vectors.vectorOf(faceKey) ? 1 : 0));
  const kept = (_: number, i: number) => isSeen[i] === 1;
  return {
    spaceId,
    rows: all.rows.filter(kept),
    clusters: all.clusters.filter(kept),
    degrees: all.degrees.filter(kept),
  };
}

/**
 * Checks that a saved snapshot belongs to a space: clusters of one space say nothing about another.
 *
 * @throws AkinError `corrupt`
 */
export function checkSpace(snapshot: unknown, spaceId: string): object {
  const isObject = typeof snapshot === 'object' && snapshot !== null;
  if (isObject && 'spaceId' in snapshot && snapshot.spaceId === spaceId) return snapshot;
  throw new AkinError('corrupt', 'The kept clusters are of another space.');
}

/** The snapshot to save without deleted faces; `null` if it needs no change. */
export function withoutFaces(
  snapshot: unknown,
  isHere: (faceKey: number) => boolean,
): SavedClusters | null {
  const { rows, clusters, degrees, ...rest } = (snapshot ?? {}) as Partial<SavedClusters>;
  const isKept = rows instanceof Uint32Array && clusters instanceof Uint32Array;
  if (!isKept || !(degrees instanceof Uint8Array) || rows.every(isHere)) return null;
  const stays = (_: number, i: number) => isHere(rows[i]!);
  return {
    ...(rest as Pick<SavedClusters, 'spaceId'>),
    rows: rows.filter(stays),
    clusters: clusters.filter(stays),
    degrees: degrees.filter(stays),
  };
}
