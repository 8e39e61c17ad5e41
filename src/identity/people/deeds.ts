import { AkinError } from '../../base/errors.ts';
import type { Face, PersonId } from '../faces/face.ts';
import type { Word } from '../log/words.ts';
import type { Question } from '../verdicts/questions.ts';
import type { Person } from './people.ts';

// What a deed of the user comes to in words, so that every caller says it alike. `newId` is an id that
// nobody has yet; it is used where a group is spoken of for the first time.

/** Gives a person or group a name, or another; an empty one takes it away. */
export function nameWords(person: Person, name: string, newId: PersonId): Word[] {
  const id = person.id ?? newId;
  return [...introduce(person, id), { kind: 'name', person: id, name }];
}

/** Hides somebody, or shows them again. */
export function hideWords(person: Person, hidden: boolean, newId: PersonId): Word[] {
  const id = person.id ?? newId;
  return [...introduce(person, id), { kind: 'hide', person: id, hidden }];
}

export function coverWords(person: Person, face: Face, newId: PersonId): Word[] {
  const id = person.id ?? newId;
  return [...introduce(person, id), { kind: 'cover', person: id, face: face.id }];
}

/**
 * Makes one of two. A person that is known takes in a group; of two known ones `into` stays. See
 * `sharedPhotos` first: who is in one photo twice is rarely one person.
 */
export function mergeWords(into: Person, from: Person, newId: PersonId): Word[] {
  if (into.id !== undefined && from.id !== undefined) {
    return [{ kind: 'merge', into: into.id, from: from.id }];
  }
  const id = into.id ?? from.id ?? newId;
  return [...introduce(into, id), ...introduce(from, id)];
}

/**
 * Moves strangers out into a person of their own. Both sides are spoken of, face by face: else what
 * stays could follow the strangers.
 *
 * @param newIds for the strangers, and for those who stay where they are a group
 */
export function splitWords(
  person: Person,
  strangers: readonly Face[],
  newIds: readonly [PersonId, PersonId],
): Word[] {
  const [out, stayId] = newIds;
  const rows = new Set(strangers.map(({ row }) => row));
  const stay = person.faces.filter(({ row }) => !rows.has(row));
  return [
    { kind: 'group', person: out, faces: strangers.map(({ id }) => id) },
    ...gathered(person.id ?? stayId, stay),
  ];
}

/** Says of suggested faces that they are the person's; what lies with them stays where it is. */
export function confirmWords(person: Person, faces: readonly Face[], newId: PersonId): Word[] {
  const id = person.id ?? newId;
  return [
    ...introduce(person, id),
    { kind: 'is', person: id, faces: faces.map((face) => face.id) },
  ];
}

/** Says of faces that they are not the person's; whose they are stays open. */
export function rejectWords(person: Person, faces: readonly Face[], newId: PersonId): Word[] {
  const id = person.id ?? newId;
  const rows = new Set(faces.map(({ row }) => row));
  const stay = person.faces.filter(({ row }) => !rows.has(row));
  return [
    ...(person.id === undefined ? gathered(id, stay) : []),
    { kind: 'isNot', person: id, faces: faces.map((face) => face.id) },
  ];
}

/**
 * The answer to "same or different?". Two people that are different are so as people; of groups it is
 * said of the two faces shown, which keeps their groups apart without making people of them.
 */
export function answerWords({ a, b, rows }: Question, same: boolean, newId: PersonId): Word[] {
  if (same) return mergeWords(a, b, newId);
  if (a.id !== undefined && b.id !== undefined) return [{ kind: 'apart', a: a.id, b: b.id }];
  const idOf = (person: Person, row: number) => {
    const face = person.faces.find((one) => one.row === row);
    if (!face) throw new AkinError('not-found', 'the face asked about is not here any more');
    return face.id;
  };
  return [{ kind: 'different', a: idOf(a, rows[0]), b: idOf(b, rows[1]) }];
}

/** The photos that show two people or groups, each as another face. */
export function sharedPhotos(a: Person, b: Person): number[] {
  const photos = new Set(a.faces.map(({ photo }) => photo));
  const shared = new Set(b.faces.flatMap(({ photo }) => (photos.has(photo) ? [photo] : [])));
  return [...shared].sort((x, y) => x - y);
}

/** Makes a person of a group: all its faces are, and what is found to lie with them. */
function introduce(person: Person, id: PersonId): Word[] {
  return person.id === undefined ? gathered(id, person.faces) : [];
}

function gathered(person: PersonId, faces: readonly Face[]): Word[] {
  return faces.length === 0 ? [] : [{ kind: 'group', person, faces: faces.map(({ id }) => id) }];
}
