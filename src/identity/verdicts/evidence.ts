import type { Face } from '../faces/face.ts';
import { distance, type FaceVectors } from '../faces/faceVectors.ts';

/** A face of a person beside the one asked about. */
export interface Evidence {
  readonly faceKey: number;
  readonly l2: number;
}

/** How near a face is to a person. */
export interface Closeness {
  /** The mean L2 distance to the person's nearest faces. */
  readonly l2: number;
  /** Those, nearest first. */
  readonly evidence: readonly Evidence[];
}

/**
 * How many of the person's faces are asked. One could be a stranger that slipped in, and the nearest
 * of a great many is near by chance; all of them would fail whoever was a child once.
 */
const NEAREST = 5;
/** Faces of a person that a face is compared with, at most. */
const SAMPLE = 48;

/**
 * How near a vector is to some faces of one person.
 *
 * @param faceKeys faces to compare with besides a sample of `faces`
 * @param exclude the key to leave out: the face itself
 * @returns `undefined` where there is nobody to compare with
 */
export function closeness(
  query: Float32Array,
  faces: readonly Face[],
  vectors: FaceVectors,
  faceKeys: Iterable<number> = [],
  exclude?: number,
): Closeness | undefined {
  const asked = new Set(faceKeys);
  for (const { faceKey } of sample(faces, SAMPLE)) asked.add(faceKey);
  if (exclude !== undefined) asked.delete(exclude);
  const evidence: Evidence[] = [];
  for (const faceKey of asked) {
    const vector = vectors.vectorOf(faceKey);
    if (vector) evidence.push({ faceKey, l2: distance(query, vector) });
  }
  if (evidence.length === 0) return undefined;
  evidence.sort((a, b) => a.l2 - b.l2 || a.faceKey - b.faceKey);
  const nearest = evidence.slice(0, NEAREST);
  return { l2: nearest.reduce((sum, { l2 }) => sum + l2, 0) / nearest.length, evidence: nearest };
}

/** At most `count` of a list, evenly spread over it: the same ones each time. */
export function sample<T>(list: readonly T[], count: number): T[] {
  if (list.length <= count) return [...list];
  return Array.from({ length: count }, (_, i) => list[Math.floor((i * list.length) / count)]!);
}
