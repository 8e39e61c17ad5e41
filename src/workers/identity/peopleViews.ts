import type { Constraints, Face, Person } from '../../identity/index.ts';
import { boxOf } from '../../identity/index.ts';
import type { FaceInfo, FaceView, PersonView } from '../../protocol/index.ts';
import type { PeopleLibrary } from './peopleLibrary.ts';

// What the page is shown of people and faces.

export function personView(person: Person): PersonView {
  return {
    key: person.key,
    name: person.name,
    edited: person.id !== undefined,
    hidden: person.hidden,
    faces: person.faces.length,
    photos: new Set(person.faces.map(({ photo }) => photo)).size,
    cover: person.cover?.faceKey ?? null,
  };
}

/** @param info what the store has of the face, where it was asked: its box is finer */
export type ViewFace = (face: Face, info?: Pick<FaceInfo, 'box' | 'drawn'>) => FaceView;

/**
 * What makes views of the faces of a library as it is now. Each person is looked at once, however
 * many faces are theirs.
 */
export function faceViewer({ people }: Pick<PeopleLibrary, 'people'>): ViewFace {
  const views = new Map<Person, PersonView>();
  const viewOf = (person: Person) => {
    const view = views.get(person) ?? personView(person);
    views.set(person, view);
    return view;
  };
  return (face, info) => {
    const person = people.byFaceKey.get(face.faceKey);
    return {
      id: face.faceKey,
      photoId: face.photo,
      box: info?.box ?? boxOf(face.id),
      quality: face.quality,
      manual: info?.drawn === true,
      person: person ? viewOf(person) : null,
      confirmed: person?.confirmed.has(face.faceKey) ?? false,
    };
  };
}

/** Named people by name, then those without one. */
export function byName(a: Person, b: Person): number {
  if ((a.name === '') !== (b.name === '')) return a.name === '' ? 1 : -1;
  return a.name.localeCompare(b.name) || (a.key < b.key ? -1 : 1);
}

/** Whether a face is nothing that should be shown. */
export function isNotFace(face: Face, constraints: Constraints): boolean {
  return constraints.notFaces.has(face.id);
}
