import type { Constraints } from '../constraints/constraints.ts';
import type { Face } from '../faces/face.ts';
import { photoHashOf } from '../faces/faceId.ts';
import type { FaceVectors } from '../faces/faceVectors.ts';
import type { People, Person } from '../people/people.ts';
import { type Calibration, oddsSame, probabilitySame } from './calibration.ts';
import { closeness, type Evidence } from './evidence.ts';

/** The data needed to identify a face. */
export interface LibraryPeople {
  readonly people: People;
  readonly constraints: Constraints;
  readonly vectors: FaceVectors;
  /** Of the model; dlib's by default. */
  readonly calibration?: Calibration;
}

/** The probability that a face is a person's, with evidence. */
export interface RankedPerson {
  readonly person: Person;
  /** 0 to 1; they sum to at most 1, the rest being people without a name. */
  readonly probability: number;
  /** The person's faces that support it, nearest first. */
  readonly evidence: readonly Evidence[];
  /** The person is already in the face's photo, which makes it unlikely. */
  readonly inPhoto: boolean;
}

/** The verdict; its text is up to the caller. */
export type Verdict =
  | { readonly kind: 'almost-surely'; readonly person: Person }
  /** Most likely first. */
  | { readonly kind: 'perhaps'; readonly people: readonly Person[] }
  | { readonly kind: 'nobody-named' };

export interface Ranking {
  readonly verdict: Verdict;
  /** Most likely first. */
  readonly ranked: readonly RankedPerson[];
  /** The unnamed person whose face it more likely is than not; the likeliest of them. */
  readonly unnamed: Person | undefined;
}

/** From here on, the answer is given as good as certain. */
export const ALMOST_SURELY = 0.95;
const PERHAPS = 0.15;
/** Maximum search distance: the probability is 0.04 % there. */
const REACH = 0.8;
const HITS = 256;
const CANDIDATES = 8;
/** Odds factor for a person already in the photo: collages and mirrors are rare. */
const IN_PHOTO_ODDS = 0.02;

/**
 * Identifies a face: ranks named people by probability, without hidden ones and those the user
 * excluded. Each person's odds follow from the mean distance to their nearest faces, and are
 * normalized with "none of these", as a face is one person's.
 *
 * @param query the face's vector
 * @param face the face, if it is in the library: it is no evidence for itself then, and the user's
 *   assertions about it take priority
 */
export function rankPeople(query: Float32Array, known: LibraryPeople, face?: Face): Ranking {
  const { people, constraints, vectors } = known;
  const hits = vectors.neighbours(query, REACH, HITS, face?.faceKey);
  const keysOf = new Map<Person, number[]>();
  const confirmed = face && constraints.personOf(face.id);
  const confirmedPerson = confirmed && people.people.find(({ id }) => id === confirmed);
  if (confirmedPerson && isNamed(confirmedPerson)) keysOf.set(confirmedPerson, []);
  for (const faceKey of hits.faceKeys) {
    const person = people.byFaceKey.get(faceKey);
    if (!person || !isNamed(person)) continue;
    const faceKeys = keysOf.get(person);
    if (faceKeys) faceKeys.push(faceKey);
    else if (keysOf.size < CANDIDATES && !isRuledOut(person, constraints, face)) {
      keysOf.set(person, [faceKey]);
    }
  }
  const candidates = [...keysOf].flatMap(([person, faceKeys]) => {
    const near = closeness(query, person.faces, vectors, faceKeys, face?.faceKey);
    if (!near) return [];
    const inPhoto = isInPhoto(person, constraints, face);
    const odds = oddsSame(near.l2, known.calibration) * (inPhoto ? IN_PHOTO_ODDS : 1);
    return [{ person, odds, evidence: near.evidence, inPhoto }];
  });
  const total = candidates.reduce((sum, { odds }) => sum + odds, 1);
  const ranked = candidates
    .map(({ odds, ...candidate }) => {
      const share =
        confirmed === undefined ? odds / total : Number(candidate.person.id === confirmed);
      return { ...candidate, probability: share };
    })
    .sort((a, b) => b.probability - a.probability || (a.person.key < b.person.key ? -1 : 1));
  const unnamed = unnamedPerson(query, known, hits.faceKeys, face);
  return { ranked, unnamed, verdict: verdictOf(ranked, confirmed !== undefined) };
}

/** A face of the library has its place already; another goes to the nearest group. */
function unnamedPerson(
  query: Float32Array,
  { people, vectors, calibration }: LibraryPeople,
  near: Iterable<number>,
  face: Face | undefined,
): Person | undefined {
  const isUnnamed = ({ name, hidden, faces }: Person) => name === '' && !hidden && faces.length > 1;
  if (face) {
    const place = people.byFaceKey.get(face.faceKey);
    return place && isUnnamed(place) ? place : undefined;
  }
  const groups = new Set<Person>();
  for (const faceKey of near) {
    const person = people.byFaceKey.get(faceKey);
    if (person && isUnnamed(person)) groups.add(person);
    if (groups.size === CANDIDATES) break;
  }
  let best: Person | undefined;
  let least = Number.POSITIVE_INFINITY;
  for (const group of groups) {
    const { l2 } = closeness(query, group.faces, vectors) ?? { l2: Number.POSITIVE_INFINITY };
    if (l2 < least && probabilitySame(l2, calibration) >= 0.5) [best, least] = [group, l2];
  }
  return best;
}

/** A photo with a similar face. */
export interface PhotoMatch {
  readonly photo: number;
  /** Its most similar face. */
  readonly faceKey: number;
  /** Of the two being one person. */
  readonly probability: number;
}

/**
 * The photos with this face, best first, each with its most similar face. Faces of the labeled
 * person have probability 1; excluded ones are omitted.
 *
 * @param limit maximum number of faces compared
 */
export function photosWithFace(
  query: Float32Array,
  known: LibraryPeople & { faceOf(faceKey: number): Face | undefined },
  limit: number,
  face?: Face,
): PhotoMatch[] {
  const { constraints, vectors, faceOf } = known;
  const hits = vectors.neighbours(query, REACH, limit, face?.faceKey);
  const best = new Map<number, PhotoMatch>();
  hits.faceKeys.forEach((faceKey, i) => {
    const other = faceOf(faceKey);
    if (!other || constraints.notFaces.has(other.id)) return;
    if (face && constraints.forbids(face.id, other.id)) return;
    const component = face && constraints.componentOf(face.id);
    const confirmed = component !== undefined && component === constraints.componentOf(other.id);
    const probability = confirmed ? 1 : probabilitySame(hits.l2[i]!, known.calibration);
    const before = best.get(other.photo);
    if (!before || before.probability < probability) {
      best.set(other.photo, { photo: other.photo, faceKey, probability });
    }
  });
  return [...best.values()].sort((a, b) => b.probability - a.probability || a.faceKey - b.faceKey);
}

export function isNamed({ id, name, hidden }: Person): boolean {
  return id !== undefined && name !== '' && !hidden;
}

/** Whether another face in the face's photo is this person. */
export function isInPhoto(
  person: Person,
  constraints: Constraints,
  face: Face | undefined,
): boolean {
  if (!face || constraints.collages.has(photoHashOf(face.id))) return false;
  return person.faces.some(
    ({ photo, faceKey }) => photo === face.photo && faceKey !== face.faceKey,
  );
}

function isRuledOut(person: Person, constraints: Constraints, face: Face | undefined): boolean {
  if (!face) return false;
  return constraints.rejects(face.id, person.id!);
}

/**
 * Two faces of a photo are two people unless the user says otherwise, so the verdict is never
 * certain then.
 */
function verdictOf(ranked: readonly RankedPerson[], isSaid: boolean): Verdict {
  const [first] = ranked;
  if (first && first.probability >= ALMOST_SURELY && (!first.inPhoto || isSaid)) {
    return { kind: 'almost-surely', person: first.person };
  }
  const likely = ranked.filter(({ probability }) => probability >= PERHAPS);
  if (likely.length === 0) return { kind: 'nobody-named' };
  return { kind: 'perhaps', people: likely.map(({ person }) => person) };
}
