import type { PersonId } from '../faces/face.ts';
import { type FaceId, photoHashOf } from '../faces/faceId.ts';
import type { Assertion } from './assertions.ts';
import type { Log } from './log.ts';
import { narrowLog } from './narrowLog.ts';
import { parseLog } from './parseLog.ts';
import { toVersion1, type Version1Entry } from './version1.ts';

/** Changes to a stored log when photos are removed from it. */
export interface ForgottenLog {
  /** Reduced entries, under their ids. */
  readonly changed: readonly Version1Entry[];
  /** Ids of the rows to delete, ascending. */
  readonly removed: readonly number[];
}

/**
 * Removes permanently deleted photos from a stored log: the only time that history is rewritten,
 * because a log that refers to deleted photos would preserve traces of them.
 *
 * - A face of these photos is removed from assertions with several faces; an assertion about no
 *   other face is removed.
 * - A person all of whose faces are gone is removed, with the name and every assertion about them.
 *   People who were ever merged count as one, so reverting the merge still finds both.
 * - An entry that becomes empty is removed, and so are its reverts. The others keep their ids and
 *   order: they can be reverted as before.
 * - An unreadable row is removed if it mentions one of the photos.
 *
 * People who never had a face in the log stay, as do faces of photos that were never here.
 *
 * @param rows by id, ascending
 * @param hashes of the photos
 * @param maxEntryId the highest valid entry id: see `parseLog`
 */
export function forgetPhotos(
  rows: readonly unknown[],
  hashes: ReadonlySet<string>,
  maxEntryId: number,
): ForgottenLog {
  const { log, unparsed } = parseLog(rows, maxEntryId);
  const isGone = (face: FaceId) => hashes.has(photoHashOf(face));
  const people = peopleGone(log, isGone);
  const { changed, removed } = narrowLog({ log, unparsed }, hashes, (assertion) =>
    withoutFaces(assertion, isGone, people, hashes),
  );
  return { changed: changed.map(toVersion1), removed };
}

/** The rest of an assertion: itself if unchanged, `undefined` if nothing remains. */
function withoutFaces(
  assertion: Assertion,
  isGone: (face: FaceId) => boolean,
  people: ReadonlySet<PersonId>,
  hashes: ReadonlySet<string>,
): Assertion | undefined {
  switch (assertion.kind) {
    case 'labelCluster':
    case 'labelFace':
    case 'exclude':
    case 'notFace': {
      if (assertion.kind !== 'notFace' && people.has(assertion.person)) return undefined;
      const faces = assertion.faces.filter((face) => !isGone(face));
      if (faces.length === assertion.faces.length) return assertion;
      return faces.length > 0 ? { ...assertion, faces } : undefined;
    }
    case 'mustLink':
    case 'cannotLink':
      return isGone(assertion.a) || isGone(assertion.b) ? undefined : assertion;
    case 'merge':
      return people.has(assertion.into) || people.has(assertion.from) ? undefined : assertion;
    case 'distinct':
      return people.has(assertion.a) || people.has(assertion.b) ? undefined : assertion;
    case 'cover':
      return people.has(assertion.person) || isGone(assertion.face) ? undefined : assertion;
    case 'name':
    case 'hide':
      return people.has(assertion.person) ? undefined : assertion;
    case 'collage':
      return hashes.has(assertion.photoHash) ? undefined : assertion;
  }
}

/** People who had faces in any entry, but none left, nor has anyone merged with them. */
function peopleGone(log: Log, isGone: (face: FaceId) => boolean): Set<PersonId> {
  const parent = new Map<PersonId, PersonId>();
  const rootOf = (person: PersonId): PersonId => {
    let at = person;
    for (let up = parent.get(at); up !== undefined && up !== at; up = parent.get(at)) {
      // Path halving.
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
  for (const entry of log) {
    if ('reverts' in entry) continue;
    for (const assertion of entry.assertions) {
      if (assertion.kind === 'labelCluster' || assertion.kind === 'labelFace')
        note(assertion.person, assertion.faces);
      else if (assertion.kind === 'cover') note(assertion.person, [assertion.face]);
      else if (assertion.kind === 'merge') {
        const [into, from] = [rootOf(assertion.into), rootOf(assertion.from)];
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
