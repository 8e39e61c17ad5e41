import { AkinError } from '../../base/errors.ts';
import { type Cluster, type ClusterFace, CORE_NEIGHBOURS } from './cluster.ts';

/** Cluster assignments as plain data: three columns of equal length. */
export interface ClusterSnapshot {
  readonly rows: Uint32Array;
  /** The cluster of each face, from 1; 0 means none. */
  readonly clusters: Uint32Array;
  /** Good neighbors of each face, up to the counted maximum. */
  readonly degrees: Uint8Array;
}

export function writeSnapshot(faces: Iterable<Readonly<ClusterFace>>): ClusterSnapshot {
  const ordered = [...faces].sort((a, b) => a.face.faceKey - b.face.faceKey);
  const numbers = new Map<Cluster, number>();
  const numberOf = (cluster: Cluster) => {
    const number = numbers.get(cluster) ?? numbers.size + 1;
    numbers.set(cluster, number);
    return number;
  };
  return {
    rows: Uint32Array.from(ordered, ({ face }) => face.faceKey),
    clusters: Uint32Array.from(ordered, ({ cluster }) => (cluster ? numberOf(cluster) : 0)),
    degrees: Uint8Array.from(ordered, ({ degree }) => degree),
  };
}

/**
 * The contents of a snapshot by face key.
 *
 * @throws `corrupt`
 */
export function readSnapshot(value: unknown): Map<number, { cluster: number; degree: number }> {
  const { rows, clusters, degrees } = (value ?? {}) as Record<string, unknown>;
  if (
    !(rows instanceof Uint32Array) ||
    !(clusters instanceof Uint32Array) ||
    !(degrees instanceof Uint8Array) ||
    clusters.length !== rows.length ||
    degrees.length !== rows.length
  ) {
    throw new AkinError('corrupt', 'the saved clusters are no table of faces');
  }
  const read = new Map<number, { cluster: number; degree: number }>();
  rows.forEach((faceKey, i) => {
    const degree = degrees[i]!;
    if (degree > CORE_NEIGHBOURS || read.has(faceKey)) {
      throw new AkinError('corrupt', `the saved clusters are damaged at face ${faceKey}`);
    }
    read.set(faceKey, { cluster: clusters[i]!, degree });
  });
  return read;
}
