import type { PersonId } from '../faces/face.ts';
import { type FaceId, photoHashOf } from '../faces/faceId.ts';
import { readKeptLog } from './keptLog.ts';
import type { Log, Step } from './log.ts';
import type { Word } from './words.ts';

/** What becomes of a kept log that some photos are taken out of. */
export interface ForgottenLog {
  /** Steps that say less than they did, under their numbers. */
  readonly changed: readonly Step[];
  /** Numbers of the rows that are to go, rising. */
  readonly removed: readonly number[];
}

/**
 * Takes photos that were deleted for good out of a kept log: the one time that what was said is
 * rewritten, because a log that names what is gone would be a memory of it.
 *
 * - A face of these photos is left out of the words that name several; a word about nothing else goes.
 * - A person all of whose faces are gone goes, with the name and every word about them. Two who were
 *   ever merged count as one, so that taking the merger back still finds both.
 * - A step that says nothing any more goes, and so does what takes it back. The others keep their
 *   numbers and order: they can be taken back as before.
 * - A row that can't be read goes if it names one of the photos, whatever else it says.
 *
 * People of whom the log never named a face stay, as do faces of photos that were never here.
 *
 * @param rows by number, rising
 * @param hashes of the photos
 * @param greatest the greatest number of a step: see `readKeptLog`
 */
export function forgetPhotos(
  rows: readonly unknown[],
  hashes: ReadonlySet<string>,
  greatest: number,
): ForgottenLog {
  const { log, unread } = readKeptLog(rows, greatest);
  const isGone = (face: FaceId) => hashes.has(photoHashOf(face));
  const people = peopleGone(log, isGone);
  const changed: Step[] = [];
  const removed = new Set<number>();
  for (const step of log) {
    if ('undo' in step) {
      if (removed.has(step.undo)) removed.add(step.id);
      continue;
    }
    const words = step.words.flatMap((word) => withoutFaces(word, isGone, people, hashes) ?? []);
    if (words.length === 0) removed.add(step.id);
    else if (words.length < step.words.length || words.some((word, i) => word !== step.words[i])) {
      changed.push({ ...step, words });
    }
  }
  for (const row of unread) {
    const { id } = row as { readonly id?: unknown };
    if (typeof id === 'number' && names(row, hashes)) removed.add(id);
  }
  return { changed, removed: [...removed].sort((a, b) => a - b) };
}

/** The word with what is left of it: itself where that is all, `undefined` where it is nothing. */
function withoutFaces(
  word: Word,
  isGone: (face: FaceId) => boolean,
  people: ReadonlySet<PersonId>,
  hashes: ReadonlySet<string>,
): Word | undefined {
  switch (word.kind) {
    case 'group':
    case 'is':
    case 'isNot':
    case 'notFace': {
      if (word.kind !== 'notFace' && people.has(word.person)) return undefined;
      const faces = word.faces.filter((face) => !isGone(face));
      if (faces.length === word.faces.length) return word;
      return faces.length > 0 ? { ...word, faces } : undefined;
    }
    case 'same':
    case 'different':
      return isGone(word.a) || isGone(word.b) ? undefined : word;
    case 'merge':
      return people.has(word.into) || people.has(word.from) ? undefined : word;
    case 'apart':
      return people.has(word.a) || people.has(word.b) ? undefined : word;
    case 'cover':
      return people.has(word.person) || isGone(word.face) ? undefined : word;
    case 'name':
    case 'hide':
      return people.has(word.person) ? undefined : word;
    case 'collage':
      return hashes.has(word.photoHash) ? undefined : word;
  }
}

/** People who had faces, in whatever step, and have none that is left, nor has anyone merged with them. */
function peopleGone(log: Log, isGone: (face: FaceId) => boolean): Set<PersonId> {
  const parent = new Map<PersonId, PersonId>();
  const rootOf = (person: PersonId): PersonId => {
    let at = person;
    for (let up = parent.get(at); up !== undefined && up !== at; up = parent.get(at)) {
      // Halves the way for the next who asks.
      const beyond = parent.get(up) ?? up;
      parent.set(at, beyond);
      at = beyond;
    }
    return at;
  };
  const had = new Set<PersonId>();
  const has = new Set<PersonId>();
  const note = (person: PersonId, faces: readonly FaceId[]) => {
    if (faces.some(isGone)) had.add(person);
    if (!faces.every(isGone)) has.add(person);
  };
  for (const step of log) {
    if ('undo' in step) continue;
    for (const word of step.words) {
      if (word.kind === 'group' || word.kind === 'is') note(word.person, word.faces);
      else if (word.kind === 'cover') note(word.person, [word.face]);
      else if (word.kind === 'merge') {
        const [into, from] = [rootOf(word.into), rootOf(word.from)];
        if (!parent.has(into)) parent.set(into, into);
        parent.set(from, into);
      }
    }
  }
  const alive = new Set([...has].map(rootOf));
  const everyone = new Set([...had, ...parent.keys()]);
  const lost = new Set([...had].map(rootOf).filter((root) => !alive.has(root)));
  return new Set([...everyone].filter((person) => lost.has(rootOf(person))));
}

/** Whether a value, however deep, has a text that contains one of the hashes. */
function names(value: unknown, hashes: ReadonlySet<string>): boolean {
  const open: unknown[] = [value];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    if (typeof next === 'string') {
      for (const [hash] of next.matchAll(/[0-9a-f]{64}/g)) if (hashes.has(hash)) return true;
    } else if (typeof next === 'object' && next !== null) {
      for (const [key, each] of Object.entries(next)) open.push(key, each);
    }
  }
  return false;
}
