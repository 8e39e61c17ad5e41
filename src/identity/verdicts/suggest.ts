import type { Face } from '../faces/face.ts';
import { compareIds } from '../faces/faceId.ts';
import type { Person } from '../people/people.ts';
import { DLIB_CALIBRATION, probabilitySame } from './calibration.ts';
import { closeness, type Evidence, sample } from './evidence.ts';
import { isInPhoto, type Known } from './rank.ts';

/** A face that may be a person's. */
export interface Suggestion {
  readonly face: Face;
  readonly probability: number;
  readonly evidence: readonly Evidence[];
}

/** Faces of the person that are asked for their neighbours, and how many of each. */
const ASKED = 32;
const NEIGHBOURS = 64;
const REACH = 0.65;

/**
 * More faces that may be a person's, likeliest first: those of nobody and of groups without a name,
 * but none that the user has ruled out, and none from a photo that the person is in.
 *
 * @param floor the least probability
 */
export function suggestionsFor(
  person: Person,
  known: Known & { faceOf(row: number): Face | undefined },
  { limit, floor = 0.05 }: { readonly limit: number; readonly floor?: number },
): Suggestion[] {
  const { people, constraints, vectors, faceOf, calibration = DLIB_CALIBRATION } = known;
  const candidates = new Set<number>();
  for (const { row } of sample(person.faces, ASKED)) {
    const vector = vectors.vectorOf(row);
    if (!vector) continue;
    for (const near of vectors.neighbours(vector, REACH, NEIGHBOURS, row).rows)
      candidates.add(near);
  }
  const suggestions: Suggestion[] = [];
  for (const row of candidates) {
    const face = faceOf(row);
    const vector = vectors.vectorOf(row);
    const place = people.ofRow.get(row);
    if (!face || !vector || place === person || place?.id !== undefined) continue;
    if (constraints.notFaces.has(face.id) || isInPhoto(person, constraints, face)) continue;
    if (person.id !== undefined && constraints.rejects(face.id, person.id)) continue;
    const near = closeness(vector, person.faces, vectors, [], row);
    if (!near) continue;
    const probability = probabilitySame(near.l2, calibration);
    if (probability >= floor) suggestions.push({ face, probability, evidence: near.evidence });
  }
  suggestions.sort((a, b) => b.probability - a.probability || compareIds(a.face.id, b.face.id));
  return suggestions.slice(0, limit);
}
