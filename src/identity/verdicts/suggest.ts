import type { Face } from '../faces/face.ts';
import { compareIds } from '../faces/faceId.ts';
import type { Person } from '../people/people.ts';
import { DLIB_CALIBRATION, probabilitySame } from './calibration.ts';
import { closeness, type Evidence, sample } from './evidence.ts';
import { isInPhoto, type LibraryPeople } from './rank.ts';

/** A face that may be a person's. */
export interface Suggestion {
  readonly face: Face;
  readonly probability: number;
  readonly evidence: readonly Evidence[];
}

/** The person's faces queried for neighbors, and the number of neighbors of each. */
const ASKED = 32;
const NEIGHBOURS = 64;
const REACH = 0.65;

/**
 * Suggests more faces of a person, most likely first: from unassigned faces and unnamed groups,
 * except those the user excluded and those from photos that the person is already in.
 *
 * @param floor the minimum probability
 */
export function suggestionsFor(
  person: Person,
  known: LibraryPeople & { faceOf(faceKey: number): Face | undefined },
  { limit, floor = 0.05 }: { readonly limit: number; readonly floor?: number },
): Suggestion[] {
  const { people, constraints, vectors, faceOf, calibration = DLIB_CALIBRATION } = known;
  const candidates = new Set<number>();
  for (const { faceKey } of sample(person.faces, ASKED)) {
    const vector = vectors.vectorOf(faceKey);
    if (!vector) continue;
    for (const near of vectors.neighbours(vector, REACH, NEIGHBOURS, faceKey).faceKeys)
      candidates.add(near);
  }
  const suggestions: Suggestion[] = [];
  for (const faceKey of candidates) {
    const face = faceOf(faceKey);
    const vector = vectors.vectorOf(faceKey);
    const place = people.byFaceKey.get(faceKey);
    if (!face || !vector || place === person || place?.id !== undefined) continue;
    if (constraints.notFaces.has(face.id) || isInPhoto(person, constraints, face)) continue;
    if (person.id !== undefined && constraints.rejects(face.id, person.id)) continue;
    const near = closeness(vector, person.faces, vectors, [], faceKey);
    if (!near) continue;
    const probability = probabilitySame(near.l2, calibration);
    if (probability >= floor) suggestions.push({ face, probability, evidence: near.evidence });
  }
  suggestions.sort((a, b) => b.probability - a.probability || compareIds(a.face.id, b.face.id));
  return suggestions.slice(0, limit);
}
