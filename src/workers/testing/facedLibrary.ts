import { openDB } from 'idb';
import { nodeSimdKernels } from '../../../bench/nodeKernels.ts';
import { createPrng } from '../../base/prng.ts';
import { forgetPhotos } from '../../identity/index.ts';
import { faceId } from '../../identity/testing/ids.ts';
import type { AkinEvent, FaceKey, FaceWork, PersonView, PhotoId } from '../../protocol/index.ts';
import {
  MAX_ENTRY_ID,
  type NewFace,
  openStore,
  type RewriteLog,
  type Store,
} from '../../store/index.ts';
import { PeopleLibrary } from '../identity/peopleLibrary.ts';
import { PeopleService } from '../identity/peopleService.ts';
import { personView } from '../identity/peopleViews.ts';
import { type OpenedIndex, openIndex } from '../indexing/openIndex.ts';
import { lockOf, photoRow, trainerOf } from './indexedLibrary.ts';

// Libraries in which the same few people are in every photo, and tabs that open them.

const FACE_D = 16;
export const FACE_SPACE = 'faces-test/16';
/** Offset between people and noise per dimension; the distances are about 0.99 and 0.2. */
const APART = 0.7;
const STRAY = 0.035;

let libraries = 0;

/** Writes photos with these ids, as imports leave them; `takenAt` gives their capture times. */
export async function writeFacedPhotos(
  name: string,
  photos: readonly PhotoId[],
  takenAt: (photo: PhotoId) => number | undefined = () => undefined,
): Promise<void> {
  const database = await openDB(name);
  const tx = database.transaction('photos', 'readwrite');
  for (const id of photos) {
    const taken = takenAt(id);
    tx.store.put({ ...photoRow(id), ...(taken !== undefined && { takenAt: taken }) });
  }
  await tx.done;
  database.close();
}

/** The vector of a person's face in a photo, always the same. */
function faceVectorOf(photo: PhotoId, person: number, space = FACE_SPACE) {
  const prng = createPrng(photo * 100 + person + (space === FACE_SPACE ? 0 : 7));
  const shift = space === FACE_SPACE ? 0 : 8;
  return Float32Array.from(
    { length: FACE_D },
    (_, i) => STRAY * prng.normal() + (i === person + shift ? APART : 0),
  );
}

/** The face of person `person` (0 to 7), in the same place in every photo. */
export function facedFace(
  photo: PhotoId,
  person: number,
  spaceId = FACE_SPACE,
): NewFace & { readonly vector: Float32Array<ArrayBuffer> } {
  const box = { x: person / 10, y: 0.2, width: 0.08, height: 0.1 };
  return {
    faceId: faceId(photo, person),
    box,
    points: [0, 1, 2, 3, 4].map((i) => ({ x: box.x + i / 100, y: box.y + i / 100 })),
    score: 0.9,
    flag: 0.95,
    sizePx: 120,
    blur: 300,
    pose: { yaw: 0, pitch: 0, roll: 0 },
    quality: 'good',
    spaceId,
    vector: faceVectorOf(photo, person, spaceId),
    chip: Uint8Array.of(photo, person).buffer,
  };
}

/** Stores a scan's result for a photo: some people, one face each. */
export async function keepPeople(
  store: Store,
  photoId: PhotoId,
  people: readonly number[],
  spaceId = FACE_SPACE,
): Promise<FaceKey[]> {
  const faces = people.map((person) => facedFace(photoId, person, spaceId));
  const kept = await store.faces.keep({ photoId, version: spaceId, faces, leftOut: 0 });
  if (!kept) throw new Error(`there is no photo ${photoId}`);
  return kept.added.map(({ id }) => id);
}

export interface FacedLibrary {
  readonly name: string;
  readonly store: Store;
  /** The face of a person in a photo, as first stored. */
  face(photo: PhotoId, person: number): FaceKey;
}

/** Photos 1 to `photos`, each with the same `people` people. */
export async function facedLibrary(photos = 4, people = 3): Promise<FacedLibrary> {
  const name = `faced-${++libraries}`;
  const rewriteLog: RewriteLog = (rows, hashes) => forgetPhotos(rows, hashes, MAX_ENTRY_ID);
  const store = await openStore({ name, rewriteLog });
  const ids = Array.from({ length: photos }, (_, i) => i + 1);
  const everybody = Array.from({ length: people }, (_, i) => i);
  await writeFacedPhotos(name, ids);
  const numbers = new Map<PhotoId, FaceKey[]>();
  for (const id of ids) numbers.set(id, await keepPeople(store, id, everybody));
  return { name, store, face: (photo, person) => numbers.get(photo)![person]! };
}

export interface FacedTab extends OpenedIndex {
  readonly library: PeopleLibrary;
  readonly service: PeopleService;
  readonly told: AkinEvent[];
  /** The broadcast state of face work when idle. */
  readonly work: { rest: FaceWork };
  /** The current person of this face. */
  whose(face: FaceKey): PersonView;
  personOf(key: string): PersonView;
  /** A person's faces, ascending. */
  facesOf(key: string): FaceKey[];
}

let tabs = 0;

/** @param meanwhile called when the index has been read, but the faces have not */
export async function openFacedTab(
  store: Store,
  spaceId = FACE_SPACE,
  meanwhile: () => Promise<unknown> = async () => {},
): Promise<FacedTab> {
  const made = await openIndex({
    store,
    space: { id: spaceId, d: FACE_D, metric: 'l2sq' },
    kernels: async () => nodeSimdKernels(),
    trainer: trainerOf(store),
    withIndexLock: lockOf(),
    report: () => {},
    prefix: 'faces.',
  });
  await meanwhile();
  const { faces, meta, photos } = store;
  const library = await PeopleLibrary.open({
    faces,
    meta,
    photos,
    index: made.index,
    // Run sequentially, tabs need no locks, which Node doesn't have.
    writing: (write) => write(),
  });
  const told: AkinEvent[] = [];
  const broadcast = (event: AkinEvent) => told.push(event);
  const work: { rest: FaceWork } = { rest: { state: 'idle' } };
  const service = new PeopleService({
    library,
    faces,
    photos,
    tab: `tab ${++tabs}`,
    broadcast: broadcast,
    idleStatus: async () => work.rest,
  });
  return {
    ...made,
    library,
    service,
    told,
    work,
    whose(face) {
      const person = library.people.byFaceKey.get(face);
      if (!person) throw new Error(`face ${face} is nobody's`);
      return personView(person);
    },
    personOf: (key) => personView(library.person(key)),
    facesOf: (key) =>
      library
        .person(key)
        .faces.map(({ faceKey }) => faceKey)
        .sort((a, b) => a - b),
  };
}
