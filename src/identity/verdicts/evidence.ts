import type { Face } from '../faces/face.ts';
import { distance, type FaceVectors } from '../faces/faceVectors.ts';

/** A person's face compared with the query. */
export interface Evidence {
  readonly faceKey: number;
  readonly l2: number;
}

/** Distance of a face to a person. */
export interface Closeness {
  /** The mean L2 distance to the person's nearest faces. */
  readonly l2: number;
  /** These faces, nearest first. */
  readonly evidence: readonly Evidence[];
}

/**
 * Number of nearest faces averaged. A single one could be misassigned, and the nearest of very many
 * is near by chance; averaging all would fail for photos from childhood.
 */
const NEAREST = 5;
/** Maximum number of a person's faces compared. */
const SAMPLE = 48;

/**
 * Distance of a vector to the faces of one person.
 *
 * @param faceKeys faces to compare with, besides a sample of `faces`
 * @param exclude the key to skip: the face itself
 * @returns `undefined` if there is nothing to compare with
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

/** At most `count` items of a list, evenly spaced and deterministic. */
export function sample<T>(list: readonly T[], count: number): T[] {
  if (list.length <= count) return [...list];
  return Array.from({ length: count }, (_, i) => list[Math.floor((i * list.length) / count)]!);
}
