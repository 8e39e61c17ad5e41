import { AkinError } from '../../base/errors.ts';
import {
  answerWords,
  confirmWords,
  coverWords,
  type Face,
  hideWords,
  MAX_NAME,
  mergeWords,
  nameWords,
  type Person,
  type PersonId,
  rejectWords,
  splitWords,
  type Word,
} from '../../identity/index.ts';
import type { Deed, FaceNumber } from '../../protocol/index.ts';
import type { PeopleLibrary } from './peopleLibrary.ts';

/** A deed in the words of the log, with whom it is about: a person for good, or who has a face. */
export interface SpokenDeed {
  readonly words: readonly Word[];
  readonly about: PersonId | FaceNumber | null;
}

/**
 * What a deed of the page comes to.
 *
 * @param ids new ids for people who are spoken of for the first time, the same at each try
 * @throws AkinError `not-found` where a person or face is not here any more, `invalid-argument`
 */
export function speak(
  library: PeopleLibrary,
  deed: Deed,
  ids: readonly [PersonId, PersonId],
): SpokenDeed {
  const [id] = ids;
  switch (deed?.kind) {
    case 'name': {
      const person = library.person(deed.person);
      return { words: nameWords(person, checkName(deed.name), id), about: person.id ?? id };
    }
    case 'hide': {
      const person = library.person(deed.person);
      const hidden = checkTruth(deed.hidden);
      return { words: hideWords(person, hidden, id), about: person.id ?? id };
    }
    case 'cover': {
      const person = library.person(deed.person);
      const face = checkTheirs(person, [library.face(deed.face)])[0]!;
      return { words: coverWords(person, face, id), about: person.id ?? id };
    }
    case 'merge':
      return merge(library.person(deed.into), library.person(deed.from), id);
    case 'split': {
      const person = library.person(deed.person);
      const strangers = checkTheirs(person, facesOf(library, deed.faces));
      return { words: splitWords(person, strangers, ids), about: id };
    }
    case 'confirm': {
      const person = library.person(deed.person);
      const words = confirmWords(person, facesOf(library, deed.faces), id);
      return { words, about: person.id ?? id };
    }
    case 'reject': {
      const person = library.person(deed.person);
      const words = rejectWords(person, facesOf(library, deed.faces), id);
      return { words, about: person.id ?? id };
    }
    case 'not-face': {
      const faces = facesOf(library, deed.faces).map((face) => face.id);
      return { words: [{ kind: 'notFace', faces }], about: null };
    }
    case 'name-face':
      return nameFace(library, deed, id);
    case 'answer':
      return answer(library, deed, id);
    default:
      throw new AkinError('invalid-argument', 'There is no such deed.');
  }
}

function merge(into: Person, from: Person, id: PersonId): SpokenDeed {
  if (into === from)
    throw new AkinError('invalid-argument', 'These are one person already.', {
      details: { reason: 'merged' },
    });
  return { words: mergeWords(into, from, id), about: into.id ?? from.id ?? id };
}

/** Of the pair that was shown; a face of it may have come to somebody else by now. */
function answer(
  library: PeopleLibrary,
  deed: Extract<Deed, { kind: 'answer' }>,
  id: PersonId,
): SpokenDeed {
  const [a, b] = [library.person(deed.a), library.person(deed.b)];
  const same = checkTruth(deed.same);
  const shown = (person: Person, row: FaceNumber | undefined) =>
    row === undefined ? person.cover : person.faces.find((face) => face.row === row);
  const [first, second] = [shown(a, deed.faces?.[0]), shown(b, deed.faces?.[1])];
  if (a === b || !first || !second) {
    throw new AkinError('not-found', 'There is nothing to answer any more.');
  }
  const question = { a, b, rows: [first.row, second.row] as const, probability: 0 };
  return { words: answerWords(question, same, id), about: first.row };
}

/** A face gets a name: it is the person of that name, or somebody new, whom its group follows or not. */
function nameFace(
  library: PeopleLibrary,
  deed: Extract<Deed, { kind: 'name-face' }>,
  id: PersonId,
): SpokenDeed {
  const { only = false, another = false } = deed;
  const face = library.face(deed.face);
  const name = checkName(deed.name);
  if (name === '') throw new AkinError('invalid-argument', 'A name has at least one letter.');
  const known = checkTruth(another)
    ? undefined
    : library.people.people.find((person) => person.name === name);
  const words: Word[] = known
    ? confirmWords(known, [face], id)
    : [
        { kind: checkTruth(only) ? 'is' : 'group', person: id, faces: [face.id] },
        { kind: 'name', person: id, name },
      ];
  return { words, about: known?.id ?? id };
}

/** What was picked on a page may be another person's by now. */
function checkTheirs(person: Person, faces: readonly Face[]): readonly Face[] {
  const rows = new Set(person.faces.map(({ row }) => row));
  if (faces.every(({ row }) => rows.has(row))) return faces;
  throw new AkinError('invalid-argument', 'A face that was chosen is not this person’s.');
}

function facesOf(library: PeopleLibrary, numbers: readonly FaceNumber[]): Face[] {
  const faces = [...new Set(Array.isArray(numbers) ? numbers : [])].map((row) => library.face(row));
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
