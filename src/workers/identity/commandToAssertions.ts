import { AkinError } from '../../base/errors.ts';
import {
  type Assertion,
  answerAssertions,
  confirmAssertions,
  coverAssertions,
  type Face,
  hideAssertions,
  MAX_NAME,
  mergeAssertions,
  nameAssertions,
  type Person,
  type PersonId,
  rejectAssertions,
  splitAssertions,
} from '../../identity/index.ts';
import type { FaceKey, PeopleCommand } from '../../protocol/index.ts';
import type { PeopleLibrary } from './peopleLibrary.ts';

/** A command's assertions, and its subject: a person, or whoever has a face. */
export interface CommandAssertions {
  readonly assertions: readonly Assertion[];
  readonly about: PersonId | FaceKey | null;
}

/**
 * Translates a command of the page into assertions.
 *
 * @param ids new ids for people first mentioned, stable across retries
 * @throws AkinError `not-found` if a person or face is gone, `invalid-argument`
 */
export function commandToAssertions(
  library: PeopleLibrary,
  command: PeopleCommand,
  ids: readonly [PersonId, PersonId],
): CommandAssertions {
  const [id] = ids;
  switch (command?.kind) {
    case 'name': {
      const person = library.person(command.person);
      return {
        assertions: nameAssertions(person, checkName(command.name), id),
        about: person.id ?? id,
      };
    }
    case 'hide': {
      const person = library.person(command.person);
      const hidden = checkTruth(command.hidden);
      return { assertions: hideAssertions(person, hidden, id), about: person.id ?? id };
    }
    case 'cover': {
      const person = library.person(command.person);
      const face = checkTheirs(person, [library.face(command.face)])[0]!;
      return { assertions: coverAssertions(person, face, id), about: person.id ?? id };
    }
    case 'merge':
      return merge(library.person(command.into), library.person(command.from), id);
    case 'split': {
      const person = library.person(command.person);
      const strangers = checkTheirs(person, facesOf(library, command.faces));
      return { assertions: splitAssertions(person, strangers, ids), about: id };
    }
    case 'confirm': {
      const person = library.person(command.person);
      const assertions = confirmAssertions(person, facesOf(library, command.faces), id);
      return { assertions, about: person.id ?? id };
    }
    case 'reject': {
      const person = library.person(command.person);
      const assertions = rejectAssertions(person, facesOf(library, command.faces), id);
      return { assertions, about: person.id ?? id };
    }
    case 'not-face': {
      const faces = facesOf(library, command.faces).map((face) => face.id);
      return { assertions: [{ kind: 'notFace', faces }], about: null };
    }
    case 'name-face':
      return nameFace(library, command, id);
    case 'answer':
      return answer(library, command, id);
    default:
      throw new AkinError('invalid-argument', 'There is no such command.');
  }
}

function merge(into: Person, from: Person, id: PersonId): CommandAssertions {
  if (into === from)
    throw new AkinError('invalid-argument', 'These are one person already.', {
      details: { reason: 'merged' },
    });
  return { assertions: mergeAssertions(into, from, id), about: into.id ?? from.id ?? id };
}

/** Uses the pair that was shown; one of its faces may have moved to another person by now. */
function answer(
  library: PeopleLibrary,
  command: Extract<PeopleCommand, { kind: 'answer' }>,
  id: PersonId,
): CommandAssertions {
  const [a, b] = [library.person(command.a), library.person(command.b)];
  const same = checkTruth(command.same);
  const shown = (person: Person, faceKey: FaceKey | undefined) =>
    faceKey === undefined ? person.cover : person.faces.find((face) => face.faceKey === faceKey);
  const [first, second] = [shown(a, command.faces?.[0]), shown(b, command.faces?.[1])];
  if (a === b || !first || !second) {
    throw new AkinError('not-found', 'There is nothing to answer any more.');
  }
  const question = { a, b, faceKeys: [first.faceKey, second.faceKey] as const, probability: 0 };
  return { assertions: answerAssertions(question, same, id), about: first.faceKey };
}

/**
 * Names a face: assigns it to the person of that name, or to a new person, whose group may follow.
 */
function nameFace(
  library: PeopleLibrary,
  command: Extract<PeopleCommand, { kind: 'name-face' }>,
  id: PersonId,
): CommandAssertions {
  const { only = false, another = false } = command;
  const face = library.face(command.face);
  const name = checkName(command.name);
  if (name === '') throw new AkinError('invalid-argument', 'A name has at least one letter.');
  const known = checkTruth(another)
    ? undefined
    : library.people.people.find((person) => person.name === name);
  const assertions: Assertion[] = known
    ? confirmAssertions(known, [face], id)
    : [
        { kind: checkTruth(only) ? 'labelFace' : 'labelCluster', person: id, faces: [face.id] },
        { kind: 'name', person: id, name },
      ];
  return { assertions, about: known?.id ?? id };
}

/** A selection made on a page may belong to another person by now. */
function checkTheirs(person: Person, faces: readonly Face[]): readonly Face[] {
  const faceKeys = new Set(person.faces.map(({ faceKey }) => faceKey));
  if (faces.every(({ faceKey }) => faceKeys.has(faceKey))) return faces;
  throw new AkinError('invalid-argument', 'A face that was chosen is not this person’s.');
}

function facesOf(library: PeopleLibrary, numbers: readonly FaceKey[]): Face[] {
  const faces = [...new Set(Array.isArray(numbers) ? numbers : [])].map((faceKey) =>
    library.face(faceKey),
  );
  if (faces.length > 0) return faces;
  throw new AkinError('invalid-argument', 'No face was chosen.');
}

function checkName(name: unknown): string {
  if (typeof name !== 'string') throw new AkinError('invalid-argument', 'A name is text.');
  const trimmed = name.trim().normalize('NFC');
  if (trimmed.length <= MAX_NAME) return trimmed;
  throw new AkinError('invalid-argument', `A name has at most ${MAX_NAME} letters.`, {
    details: { reason: 'name', limit: MAX_NAME },
  });
}

function checkTruth(value: unknown): boolean {
  if (typeof value === 'boolean') return value;
  throw new AkinError('invalid-argument', 'This is said with true or false.');
}
