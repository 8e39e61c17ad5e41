import { AkinError } from '../../base/errors.ts';
import type { Face, PersonId } from '../faces/face.ts';
import type { Assertion } from '../log/assertions.ts';
import type { Question } from '../verdicts/questions.ts';
import type { Person } from './people.ts';

// Translate user commands to assertions, the same way for every caller. `newId` is an unused id,
// needed when a group first becomes a person.

/** Renames a person or group; an empty name removes it. */
export function nameAssertions(person: Person, name: string, newId: PersonId): Assertion[] {
  const id = person.id ?? newId;
  return [...labelIfNew(person, id), { kind: 'name', person: id, name }];
}

/** Hides or shows a person. */
export function hideAssertions(person: Person, hidden: boolean, newId: PersonId): Assertion[] {
  const id = person.id ?? newId;
  return [...labelIfNew(person, id), { kind: 'hide', person: id, hidden }];
}

export function coverAssertions(person: Person, face: Face, newId: PersonId): Assertion[] {
  const id = person.id ?? newId;
  return [...labelIfNew(person, id), { kind: 'cover', person: id, face: face.id }];
}

/**
 * Merges two. A known person absorbs a group; of two known ones, `into` remains. Check
 * `sharedPhotos` first: people who appear in one photo together are rarely one person.
 */
export function mergeAssertions(into: Person, from: Person, newId: PersonId): Assertion[] {
  if (into.id !== undefined && from.id !== undefined) {
    return [{ kind: 'merge', into: into.id, from: from.id }];
  }
  const id = into.id ?? from.id ?? newId;
  return [...labelIfNew(into, id), ...labelIfNew(from, id)];
}

/**
 * Splits faces off into a new person. Labels both sides face by face, so no label propagates
 * across.
 *
 * @param newIds for the split-off faces, and for the remaining ones if they are a group
 */
export function splitAssertions(
  person: Person,
  strangers: readonly Face[],
  newIds: readonly [PersonId, PersonId],
): Assertion[] {
  const [out, stayId] = newIds;
  const faceKeys = new Set(strangers.map(({ faceKey }) => faceKey));
  const stay = person.faces.filter(({ faceKey }) => !faceKeys.has(faceKey));
  return [
    { kind: 'labelCluster', person: out, faces: strangers.map(({ id }) => id) },
    ...labelCluster(person.id ?? stayId, stay),
  ];
}

/** Confirms suggested faces; other faces of their clusters stay where they are. */
export function confirmAssertions(
  person: Person,
  faces: readonly Face[],
  newId: PersonId,
): Assertion[] {
  const id = person.id ?? newId;
  return [
    ...labelIfNew(person, id),
    { kind: 'labelFace', person: id, faces: faces.map((face) => face.id) },
  ];
}

/** Rejects faces from a person, without saying whose they are. */
export function rejectAssertions(
  person: Person,
  faces: readonly Face[],
  newId: PersonId,
): Assertion[] {
  const id = person.id ?? newId;
  const faceKeys = new Set(faces.map(({ faceKey }) => faceKey));
  const stay = person.faces.filter(({ faceKey }) => !faceKeys.has(faceKey));
  return [
    ...(person.id === undefined ? labelCluster(id, stay) : []),
    { kind: 'exclude', person: id, faces: faces.map((face) => face.id) },
  ];
}

/**
 * The answer to "same or different?". Different people become `distinct`; for groups the two faces
 * shown are cannot-linked, which keeps the groups apart without turning them into people.
 */
export function answerAssertions(
  { a, b, faceKeys }: Question,
  same: boolean,
  newId: PersonId,
): Assertion[] {
  if (same) return mergeAssertions(a, b, newId);
  if (a.id !== undefined && b.id !== undefined) return [{ kind: 'distinct', a: a.id, b: b.id }];
  const idOf = (person: Person, faceKey: number) => {
    const face = person.faces.find((one) => one.faceKey === faceKey);
    if (!face) throw new AkinError('not-found', 'the face asked about is not here any more');
    return face.id;
  };
  return [{ kind: 'cannotLink', a: idOf(a, faceKeys[0]), b: idOf(b, faceKeys[1]) }];
}

/** The photos in which two people or groups appear as different faces. */
export function sharedPhotos(a: Person, b: Person): number[] {
  const photos = new Set(a.faces.map(({ photo }) => photo));
  const shared = new Set(b.faces.flatMap(({ photo }) => (photos.has(photo) ? [photo] : [])));
  return [...shared].sort((x, y) => x - y);
}

/** Turns a group into a person: labels its cluster, including faces found later. */
function labelIfNew(person: Person, id: PersonId): Assertion[] {
  return person.id === undefined ? labelCluster(id, person.faces) : [];
}

function labelCluster(person: PersonId, faces: readonly Face[]): Assertion[] {
  return faces.length === 0
    ? []
    : [{ kind: 'labelCluster', person, faces: faces.map(({ id }) => id) }];
}
