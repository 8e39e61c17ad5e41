import { AkinError } from '../../base/errors.ts';
import type { ClusterSnapshot, Clusters, FaceVectors } from '../../identity/index.ts';

/** Clusters as they are kept, with the space of the vectors that they were made of. */
export interface SavedClusters extends ClusterSnapshot {
  readonly spaceId: string;
}

/** What is kept: the faces with a vector. The others are to be added when they have one. */
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
 * A snapshot that was kept, if it is of a space: clusters of one say nothing of the vectors of another.
 *
 * @throws AkinError `corrupt`
 */
export function checkSpace(snapshot: unknown, spaceId: string): object {
  const isObject = typeof snapshot === 'object' && snapshot !== null;
  if (isObject && 'spaceId' in snapshot && snapshot.spaceId === spaceId) return snapshot;
  throw new AkinError('corrupt', 'The kept clusters are of another space.');
}

/** A snapshot as it is kept, without faces that are gone; `null` where it is as it should be. */
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
