import type { Constraints, Face, Person } from '../../identity/index.ts';
import { boxOf } from '../../identity/index.ts';
import type { FaceInfo, FaceView, PersonView } from '../../protocol/index.ts';
import type { PeopleLibrary } from './peopleLibrary.ts';

// View objects of people and faces for the page.

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

/** @param info the store's record of the face, if it was read: its box is more precise */
export type ViewFace = (face: Face, info?: Pick<FaceInfo, 'box' | 'drawn'>) => FaceView;

/**
 * Creates views for the library's current faces. Builds each person's view once, however many faces
 * they have.
 */
export function faceViewer({
  people,
  constraints,
}: Pick<PeopleLibrary, 'people' | 'constraints'>): ViewFace {
  const views = new Map<Person, PersonView>();
  const viewOf = (person: Person) => {
    const view = views.get(person) ?? personView(person);
    views.set(person, view);
    return view;
  };
  return (face, info) => {
    const person = people.byFaceKey.get(face.faceKey);
    const labelled = person?.confirmed.has(face.faceKey) ?? false;
    return {
      id: face.faceKey,
      photoId: face.photo,
      box: info?.box ?? boxOf(face.id),
      quality: face.quality,
      manual: info?.drawn === true,
      person: person ? viewOf(person) : null,
      labelled,
      confirmed: labelled && constraints.faces.get(face.id)?.isOwn === true,
    };
  };
}

/** Named people by name, then unnamed ones. */
export function byName(a: Person, b: Person): number {
  if ((a.name === '') !== (b.name === '')) return a.name === '' ? 1 : -1;
  return a.name.localeCompare(b.name) || (a.key < b.key ? -1 : 1);
}

/** Whether the face is marked as a false positive, not to be shown. */
export function isNotFace(face: Face, constraints: Constraints): boolean {
  return constraints.notFaces.has(face.id);
}
