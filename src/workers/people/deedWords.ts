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
  rejectWords,
  splitWords,
  type Word,
} from '../../people/index.ts';
import type { Deed, FaceNumber } from '../../protocol/index.ts';
import type { PeopleLibrary } from './peopleLibrary.ts';

/** A deed in the words of the log, with a face by which the person is found again afterwards. */
export interface SpokenDeed {
  readonly words: readonly Word[];
  readonly about: FaceNumber | null;
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
  ids: readonly [string, string],
): SpokenDeed {
  const [id] = ids;
  switch (deed.kind) {
    case 'name': {
      const person = library.person(deed.person);
      return about(person, nameWords(person, checkName(deed.name), id));
    }
    case 'hide': {
      const person = library.person(deed.person);
      return about(person, hideWords(person, deed.hidden === true, id));
    }
    case 'cover': {
      const person = library.person(deed.person);
      return about(person, coverWords(person, library.face(deed.face), id));
    }
    case 'merge': {
      const [into, from] = [library.person(deed.into), library.person(deed.from)];
      if (into === from) throw new AkinError('invalid-argument', 'These are one person already.');
      return about(into, mergeWords(into, from, id));
    }
    case 'split': {
      const person = library.person(deed.person);
      const strangers = facesOf(library, deed.faces);
      return { words: splitWords(person, strangers, ids), about: strangers[0]!.row };
    }
    case 'confirm': {
      const person = library.person(deed.person);
      return about(person, confirmWords(person, facesOf(library, deed.faces), id));
    }
    case 'reject': {
      const person = library.person(deed.person);
      return about(person, rejectWords(person, facesOf(library, deed.faces), id));
    }
    case 'not-face': {
      const faces = facesOf(library, deed.faces).map((face) => face.id);
      return { words: [{ kind: 'notFace', faces }], about: null };
    }
    case 'name-face':
      return nameFace(library, library.face(deed.face), checkName(deed.name), id);
    case 'answer': {
      const [a, b] = [library.person(deed.a), library.person(deed.b)];
      const [first, second] = [a.cover ?? a.faces[0], b.cover ?? b.faces[0]];
      if (a === b || !first || !second) {
        throw new AkinError('not-found', 'There is nothing to answer any more.');
      }
      const question = { a, b, rows: [first.row, second.row] as const, probability: 0 };
      return { words: answerWords(question, deed.same, id), about: first.row };
    }
    default:
      throw new AkinError('invalid-argument', 'There is no such deed.');
  }
}

/** A face alone gets a name: it is the person of that name, or somebody new. */
function nameFace(library: PeopleLibrary, face: Face, name: string, id: string): SpokenDeed {
  if (name === '') throw new AkinError('invalid-argument', 'A name has at least one letter.');
  const known = library.people.people.find((person) => person.name === name);
  const words: Word[] = known
    ? confirmWords(known, [face], id)
    : [
        { kind: 'group', person: id, faces: [face.id] },
        { kind: 'name', person: id, name },
      ];
  return { words, about: face.row };
}

function about(person: Person, words: readonly Word[]): SpokenDeed {
  return { words, about: person.faces[0]?.row ?? null };
}

function facesOf(library: PeopleLibrary, numbers: readonly FaceNumber[]): Face[] {
  const faces = [...new Set(numbers)].map((row) => library.face(row));
  if (faces.length > 0) return faces;
  throw new AkinError('invalid-argument', 'No face was chosen.');
}

function checkName(name: unknown): string {
  if (typeof name !== 'string') throw new AkinError('invalid-argument', 'A name is text.');
  const trimmed = name.trim().normalize('NFC');
  if (trimmed.length <= MAX_NAME) return trimmed;
  throw new AkinError('invalid-argument', `A name has at most ${MAX_NAME} letters.`);
}
