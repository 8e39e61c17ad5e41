import { AkinError } from '../../base/errors.ts';
import type { Face, PersonId } from '../faces/face.ts';
import type { Assertion } from '../log/assertions.ts';
import type { Question } from '../verdicts/questions.ts';
import type { Person } from './people.ts';

// What a command of the user comes to in assertions, so that every caller says it alike. `newId` is an id that
// nobody has yet; it is used where a group is spoken of for the first time.

/** Gives a person or group a name, or another; an empty one takes it away. */
export function nameAssertions(person: Person, name: string, newId: PersonId): Assertion[] {
  const id = person.id ?? newId;
  return [...labelIfNew(person, id), { kind: 'name', person: id, name }];
}

/** Hides somebody, or shows them again. */
export function hideAssertions(person: Person, hidden: boolean, newId: PersonId): Assertion[] {
  const id = person.id ?? newId;
  return [...labelIfNew(person, id), { kind: 'hide', person: id, hidden }];
}

export function coverAssertions(person: Person, face: Face, newId: PersonId): Assertion[] {
  const id = person.id ?? newId;
  return [...labelIfNew(person, id), { kind: 'cover', person: id, face: face.id }];
}

/**
 * Makes one of two. A person that is known takes in a group; of two known ones `into` stays. See
 * `sharedPhotos` first: who is in one photo twice is rarely one person.
 */
export function mergeAssertions(into: Person, from: Person, newId: PersonId): Assertion[] {
  if (into.id !== undefined && from.id !== undefined) {
    return [{ kind: 'merge', into: into.id, from: from.id }];
  }
  const id = into.id ?? from.id ?? newId;
  return [...labelIfNew(into, id), ...labelIfNew(from, id)];
}

/**
 * Moves strangers out into a person of their own. Both sides are spoken of, face by face: else what
 * stays could follow the strangers.
 *
 * @param newIds for the strangers, and for those who stay where they are a group
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

/** Says of suggested faces that they are the person's; what lies with them stays where it is. */
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

/** Says of faces that they are not the person's; whose they are stays open. */
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
 * The answer to "same or different?". Two people that are different are so as people; of groups it is
 * said of the two faces shown, which keeps their groups apart without making people of them.
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

/** The photos that show two people or groups, each as another face. */
export function sharedPhotos(a: Person, b: Person): number[] {
  const photos = new Set(a.faces.map(({ photo }) => photo));
  const shared = new Set(b.faces.flatMap(({ photo }) => (photos.has(photo) ? [photo] : [])));
  return [...shared].sort((x, y) => x - y);
}

/** Makes a person of a group: all its faces are, and what is found to lie with them. */
function labelIfNew(person: Person, id: PersonId): Assertion[] {
  return person.id === undefined ? labelCluster(id, person.faces) : [];
}

function labelCluster(person: PersonId, faces: readonly Face[]): Assertion[] {
  return faces.length === 0
    ? []
    : [{ kind: 'labelCluster', person, faces: faces.map(({ id }) => id) }];
}
